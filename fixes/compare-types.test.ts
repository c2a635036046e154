import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './compare-types.ts';

const READ = { message: "Cannot read properties of undefined (reading 'status')", at: 'show(' };
const SEEN = { ...READ, values: { id: '104', rows: [{ id: 101 }] } };
const FIND = 'const row = rows.find((one) => one.id === id);\n';

fixerTable(fixer, {
  offers: [
    [
      'a number that is sought among texts',
      { ...READ, values: { id: 104, rows: [{ id: '101' }] } },
      `${FIND}show(row.status);`,
    ],
    ['the other way round', SEEN, 'const row = rows.find((one) => id === one.id);\nshow(row.status);'],
    ['what an address holds', READ, 'const row = rows.find((one) => one.id === query.id);\nshow(row.status);'],
    ['two comparisons', SEEN, 'const row = rows.find((one) => one.id === id && one.kind === kind);\nshow(row.status);'],
  ],
  cures: [
    [
      'a text that is sought among numbers',
      SEEN,
      `${FIND}show(row.status);`,
      `${FIND.replace('=== id', '=== Number(id)')}show(row.status);`,
    ],
    [
      'a number that is sought among texts',
      { ...READ, values: { id: 104, rows: [{ id: '101' }] } },
      `${FIND}show(row.status);`,
      `${FIND.replace('=== id', '=== String(id)')}show(row.status);`,
    ],
    [
      'the other way round',
      SEEN,
      'const row = rows.find((one) => id === one.id);\nshow(row.status);',
      'const row = rows.find((one) => Number(id) === one.id);\nshow(row.status);',
    ],
    [
      'what an address holds, where nobody saw anything',
      READ,
      'const row = rows.find((one) => one.id === request.params.id);\nshow(row.status);',
      'const row = rows.find((one) => one.id === Number(request.params.id));\nshow(row.status);',
    ],
    [
      'a search in the same line',
      { ...SEEN, at: 'show(' },
      'show(rows.find((one) => one.id === id).status);',
      'show(rows.find((one) => one.id === Number(id)).status);',
    ],
  ],
  leaves: [
    ['like and like', { ...READ, values: { id: 104, rows: [{ id: 101 }] } }, `${FIND}show(row.status);`],
    ['what nobody saw', READ, `${FIND}show(row.status);`],
    ['what is converted', SEEN, `${FIND.replace('=== id', '=== Number(id)')}show(row.status);`],
    ['a loose comparison', SEEN, `${FIND.replace('===', '==')}show(row.status);`],
    ['a literal', SEEN, `${FIND.replace('=== id', "=== 'x'")}show(row.status);`],
    ['a list that is not searched', SEEN, 'const row = rows.map((one) => one.id === id);\nshow(row.status);'],
  ],
});
