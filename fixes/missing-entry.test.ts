import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './missing-entry.ts';

const READ_LABEL = {
  message: "Cannot read properties of undefined (reading 'label')",
  at: 'show',
  values: { kind: 'phone' },
};
const KINDS = "const KINDS = { room: { label: 'Room' }, desk: { label: 'Desk' } };\n";
const SHOW = 'show(KINDS[kind].label);';

fixerTable(fixer, {
  cures: [
    [
      'an object on one line',
      READ_LABEL,
      `${KINDS}${SHOW}`,
      `${KINDS.replace(' };', ", phone: { label: 'Phone' } };")}${SHOW}`,
    ],
    [
      'an object on many lines, whose other texts are kept',
      { ...READ_LABEL, values: { row: { kind: 'quietRoom' } } },
      "const KINDS = {\n  room: { label: 'Room', icon: 'r' },\n  desk: { label: 'Desks', icon: 'd' },\n};\nshow(KINDS[row.kind].label);",
      "const KINDS = {\n  room: { label: 'Room', icon: 'r' },\n  desk: { label: 'Desks', icon: 'd' },\n  quietRoom: { label: 'Quiet rooms', icon: 'd' },\n};\nshow(KINDS[row.kind].label);",
    ],
    [
      'a map',
      { ...READ_LABEL, message: "Cannot read properties of undefined (reading 'toUpperCase')" },
      "const KINDS = new Map([\n  ['room', 'Room'],\n  ['desk', 'Desk'],\n]);\nshow(KINDS.get(kind).toUpperCase());",
      "const KINDS = new Map([\n  ['room', 'Room'],\n  ['desk', 'Desk'],\n  ['phone', 'Phone'],\n]);\nshow(KINDS.get(kind).toUpperCase());",
    ],
    [
      'a key that is no name',
      { ...READ_LABEL, values: { kind: "o'clock" } },
      "const KINDS = {\n  'a-b': { label: 'a-b' }\n};\nshow(KINDS[kind].label);",
      "const KINDS = {\n  'a-b': { label: 'a-b' },\n  'o\\'clock': { label: 'o\\'clock' }\n};\nshow(KINDS[kind].label);",
    ],
  ],
  leaves: [
    ['a key that nobody saw', { ...READ_LABEL, values: {} }, `${KINDS}${SHOW}`],
    ['a key that is there', { ...READ_LABEL, values: { kind: 'desk' } }, `${KINDS}${SHOW}`],
    ['amounts', READ_LABEL, `const KINDS = { desk: { label: 'Desk', price: 3 } };\n${SHOW}`],
    ['functions', READ_LABEL, `const KINDS = { desk: { label: 'Desk', draw: () => 1 } };\n${SHOW}`],
    ['texts that say something else', READ_LABEL, `const KINDS = { desk: { label: 'Somewhere to sit' } };\n${SHOW}`],
    ['a table that others fill', READ_LABEL, `const KINDS = { ...others };\n${SHOW}`],
  ],
});
