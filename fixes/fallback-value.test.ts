import { fixerTable, type Told } from '../harness/kit/fixer-table.ts';
import { fixer } from './fallback-value.ts';

/** On the way to the throw, which lies in the function that is called. */
function through(line: number): Told {
  const stack = [
    { file: 'lib.ts', line: 9 },
    { file: 'example.tsx', line },
  ];
  return { message: 'Invalid time value', line, stack };
}

const CALLED = {
  message: 'Invalid time value',
  stack: [
    { file: 'lib.ts', line: 9 },
    { file: 'example.tsx', line: 1 },
  ],
};

fixerTable(fixer, {
  cures: [
    [
      'a call beside it',
      through(2),
      'function print(order) {\n  return [stamp(order.paidOn), stamp(order.madeOn)];\n}',
      'function print(order) {\n  return [stamp(order.paidOn ?? order.madeOn), stamp(order.madeOn)];\n}',
    ],
    [
      'another argument than the first, in a text',
      through(2),
      'function print(order) {\n  const a = `${stamp(1, order.paidOn)}`;\n  return a + stamp(2, order.madeOn);\n}',
      'function print(order) {\n  const a = `${stamp(1, order.paidOn ?? order.madeOn)}`;\n  return a + stamp(2, order.madeOn);\n}',
    ],
    [
      'the nearer of two',
      through(3),
      'function print(order) {\n  stamp(order.sentOn);\n  stamp(order.paidOn);\n  stamp(order.madeOn);\n}',
      'function print(order) {\n  stamp(order.sentOn);\n  stamp(order.paidOn ?? order.sentOn);\n  stamp(order.madeOn);\n}',
    ],
  ],
  leaves: [
    ['the line that throws itself', 'Invalid time value', 'show([stamp(order.paidOn), stamp(order.madeOn)]);'],
    ['what another function gets', through(1), 'show([stamp(order.paidOn), label(order.madeOn)]);'],
    ['what another object has', through(1), 'show([stamp(order.paidOn), stamp(parcel.madeOn)]);'],
    ['a value that is tested', through(1), 'if (order.paidOn) show(stamp(order.paidOn), stamp(order.madeOn));'],
    [
      'a value that was seen to be there',
      { ...CALLED, values: { order: { paidOn: '2026-01-02' } } },
      'show([stamp(order.paidOn), stamp(order.madeOn)]);',
    ],
    [
      'a sibling that was missing, too',
      { ...CALLED, values: { order: { paidOn: null, madeOn: '<undefined>' } } },
      'show([stamp(order.paidOn), stamp(order.madeOn)]);',
    ],
    ['a value that has a fallback', through(1), 'show([stamp(order.paidOn ?? 0), stamp(order.madeOn ?? 0)]);'],
  ],
});
