import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './python-first-element.ts';

const SHORT = { message: 'list index out of range', at: 'rows[' };

fixerTable(fixer, {
  cures: [
    ['the first', SHORT, 'first = rows[0].name\n', 'first = rows[0].name if rows else None\n'],
    ['the last, in a text', SHORT, 'text = "Last: " + rows[-1]\n', 'text = "Last: " + (rows[-1] if rows else "")\n'],
    ['one further on', SHORT, 'third = rows[2]\n', 'third = rows[2] if len(rows) > 2 else None\n'],
    ['one that a variable counts', SHORT, 'one = rows[place]\n', 'one = rows[place] if place < len(rows) else None\n'],
    [
      'the whole function',
      SHORT,
      'def f(rows):\n    first = rows[0]\n    return [first]\n',
      'def f(rows):\n    if not rows:\n        return []\n    first = rows[0]\n    return [first]\n',
    ],
    [
      'what is taken from a list',
      { message: 'pop from an empty deque', at: 'pop' },
      'value = dd.pop()\n',
      'value = dd.pop() if dd else None\n',
    ],
    [
      'what is dropped from a list',
      { message: 'pop from empty list', at: 'pop' },
      'def f(rows):\n    rows.pop()\n',
      'def f(rows):\n    if rows:\n        rows.pop()\n',
    ],
  ],
  leaves: [
    ['a list that is asked for', { message: 'pop from empty list', at: 'pop' }, 'value = dd.pop() if dd else None\n'],
    ['another call', { message: 'pop from empty list', at: 'dd' }, 'value = dd.push()\n'],
    ['another error', { message: 'division by zero', at: 'rows[' }, 'first = rows[0]\n'],
    ['what is asked for', SHORT, 'first = rows[0] if rows else None\n'],
    ['what is set', SHORT, 'rows[0] = 3\n'],
    ['a key', SHORT, 'first = rows["a"]\n'],
    ['a list that is calculated', { message: 'list index out of range', at: 'load' }, 'first = load()[0]\n'],
  ],
});
