import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './invalid-format.ts';

const NO_DATE = 'Invalid time value';
const NO_LANGUAGE = 'Incorrect locale information provided';
const NO_DIGITS = 'toFixed() digits argument must be between 0 and 100';

fixerTable(fixer, {
  cures: [
    [
      'a date that is made of nothing',
      NO_DATE,
      'const day = new Date(order.due).toISOString().slice(0, 10);',
      "const day = order.due ? new Date(order.due).toISOString().slice(0, 10) : '';",
    ],
    [
      'a date that is printed in a text',
      NO_DATE,
      'const text = `due ${clock.format(order.due)}`;',
      "const text = `due ${order.due ? clock.format(order.due) : ''}`;",
    ],
    [
      'a date that is none',
      NO_DATE,
      'const text = order.dueDate.toISOString();',
      "const text = !Number.isNaN(order.dueDate.getTime()) ? order.dueDate.toISOString() : '';",
    ],
    [
      'a language that is empty',
      NO_LANGUAGE,
      'const text = sum.toLocaleString(user.language);',
      'const text = sum.toLocaleString(user.language || undefined);',
    ],
    [
      'digits below zero',
      NO_DIGITS,
      'const text = sum.toFixed(digits);',
      'const text = sum.toFixed(Math.min(100, Math.max(0, digits)));',
    ],
    [
      'digits that are missing',
      NO_DIGITS,
      'const text = sum.toFixed(digits);',
      'const text = sum.toFixed(digits ?? 0);',
    ],
  ],
  leaves: [
    ['another error', 'due is not defined', 'const day = new Date(order.due).toISOString();'],
    ['a date that is asked for', NO_DATE, "const day = order.due ? new Date(order.due).toISOString() : '';"],
    [
      'a date that was there',
      { message: NO_DATE, values: { due: '2026' } },
      'const day = new Date(due).toISOString();',
    ],
    ['a date that is written', NO_DATE, "const day = new Date('x').toISOString();"],
    ['a language that is written', NO_LANGUAGE, "const text = sum.toLocaleString('xx-invalid');"],
    ['digits that are written', NO_DIGITS, 'const text = sum.toFixed(200);'],
    ['another call', NO_DATE, 'const day = show(order.due);'],
  ],
});
