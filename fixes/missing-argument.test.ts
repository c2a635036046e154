import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './missing-argument.ts';

const READ_YEAR = "Cannot read properties of undefined (reading 'year')";
const FEE = 'function fee(hours, day) {\n  return hours * day.year;\n}\n';
/** The commit that gave `fee` its second parameter. */
const GREW = {
  message: READ_YEAR,
  line: 2,
  hunks: [
    {
      commit: 'a1b2c3d',
      file: 'example.tsx',
      oldStart: 1,
      oldLines: ['function fee(hours) {'],
      newStart: 1,
      newLines: ['function fee(hours, day) {'],
    },
  ],
};

fixerTable(fixer, {
  offers: [
    [
      'callers that hand over what has no meaning here, and what has',
      GREW,
      `${FEE}const a = (own) => fee(1, own.day);\nconst b = (body) => fee(1, { day: body.on });\nconst c = (body) => fee(1, Date.now());\nconst d = (body) => fee(2);`,
    ],
    [
      'a call without any argument',
      {
        ...GREW,
        hunks: GREW.hunks.map((hunk) => ({
          ...hunk,
          oldLines: ['function fee() {'],
          newLines: ['function fee(day) {'],
        })),
      },
      'function fee(day) {\n  return day.year;\n}\nshow(fee(start.day));\nadd(fee());',
    ],
    [
      'a variable of the name that others hand over as well',
      GREW,
      `${FEE}const a = (day) => fee(1, day);\nconst b = (day) => fee(2);`,
    ],
  ],
  cures: [
    [
      'a caller beside one that does',
      GREW,
      `${FEE}show(fee(1, start.day));\nadd(fee(2));`,
      `${FEE}show(fee(1, start.day));\nadd(fee(2, start.day));`,
    ],
    [
      'with what is made of what is there',
      GREW,
      `${FEE}const a = (body) => fee(1, new Date(body.on));\nconst b = (body) => fee(2);`,
      `${FEE}const a = (body) => fee(1, new Date(body.on));\nconst b = (body) => fee(2, new Date(body.on));`,
    ],
    [
      'with a variable of the same name',
      GREW,
      `${FEE}function add(day) {\n  return fee(2);\n}`,
      `${FEE}function add(day) {\n  return fee(2, day);\n}`,
    ],
    [
      'a caller in another file',
      {
        ...GREW,
        file: 'fee.ts',
        hunks: GREW.hunks.map((hunk) => ({ ...hunk, file: 'fee.ts' })),
        others: { 'desk.ts': 'export const a = (body) => fee(1, body.day);\nexport const b = (body) => fee(2);\n' },
      },
      `export ${FEE}`,
      'export const a = (body) => fee(1, body.day);\nexport const b = (body) => fee(2, body.day);\n',
    ],
    [
      'one caller beside others that hand it over, where nobody knows what changed',
      "Cannot read properties of undefined (reading 'year')",
      'function fee(hours, day) { return hours * day.year; }\nshow(fee(1, start.day));\nadd(fee(2));',
      'function fee(hours, day) { return hours * day.year; }\nshow(fee(1, start.day));\nadd(fee(2, start.day));',
    ],
  ],
  leaves: [
    ['a call that lacks two', GREW, `${FEE}show(fee(1, start.day));\nadd(fee());`],
    ['what another caller made of its own', GREW, `${FEE}function f(own) {\n  return fee(1, own);\n}\nadd(fee(2));`],
    [
      'a parameter that was there before',
      {
        ...GREW,
        hunks: [{ commit: 'a', file: 'other.ts', oldStart: 1, oldLines: ['a'], newStart: 1, newLines: ['b'] }],
      },
      `${FEE}show(fee(1, start.day));\nadd(fee(2));`,
    ],
    ['callers that all hand it over', GREW, `${FEE}show(fee(1, start.day));\nadd(fee(2, end.day));`],
    [
      'what has no meaning at the caller',
      GREW,
      `${FEE}const a = (body) => fee(1, body.day);\nconst b = (form) => fee(2);`,
    ],
    ['a caller that lacks more than that', GREW, `${FEE}show(fee(1, start.day));\nadd(fee());`],
    [
      'a parameter that nobody hands over',
      "Cannot read properties of undefined (reading 'year')",
      'function fee(hours, day) { return hours * day.year; }\nadd(fee(2));',
    ],
  ],
});
