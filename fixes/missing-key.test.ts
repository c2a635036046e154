import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './missing-key.ts';

const READ_MAP = "Cannot read properties of undefined (reading 'map')";
const READERS = 'show(filters.seats, filters.sort);\nlist(filters.tags.map(label));\n';

fixerTable(fixer, {
  cures: [
    [
      'an object beside its readers',
      { message: READ_MAP, at: 'tags.map' },
      `const NONE = { seats: 0, sort: 'name' };\n${READERS}`,
      `const NONE = { seats: 0, sort: 'name', tags: [] };\n${READERS}`,
    ],
    [
      'an object in another file, on lines of its own',
      {
        message: READ_MAP,
        at: 'tags.map',
        file: 'list.ts',
        others: { 'none.ts': "export const NONE = {\n  seats: 0,\n  sort: 'name',\n};\n" },
      },
      READERS,
      "export const NONE = {\n  seats: 0,\n  sort: 'name',\n  tags: [],\n};\n",
    ],
    [
      'what a hook begins with',
      { message: "Cannot read properties of undefined (reading 'trim')", at: 'trim' },
      "const [form, setForm] = useState({ name: '', mail: '' });\nsend(form.name, form.mail, form.note.trim());\n",
      "const [form, setForm] = useState({ name: '', mail: '', note: '' });\nsend(form.name, form.mail, form.note.trim());\n",
    ],
    [
      'an object that is handed over and taken apart',
      { message: "Cannot read properties of undefined (reading 'join')", at: 'join' },
      "const NONE = { seats: 0, sort: 'name' };\nconst load = ({ seats, tags, sort }) => send(seats, tags.join(','), sort, tags.map(f));\nload(NONE);",
      "const NONE = { seats: 0, sort: 'name', tags: [] };\nconst load = ({ seats, tags, sort }) => send(seats, tags.join(','), sort, tags.map(f));\nload(NONE);",
    ],
  ],
  leaves: [
    [
      'an object that has the key',
      { message: READ_MAP, at: 'tags.map' },
      `const NONE = { seats: 0, sort: 'name', tags: null };\n${READERS}`,
    ],
    [
      'an object of another kind',
      { message: READ_MAP, at: 'tags.map' },
      `const ROOM = { floor: 1, name: 'Keel', seats: 4 };\n${READERS}`,
    ],
    [
      'an object that is handed over',
      { message: READ_MAP, at: 'tags.map' },
      `log({ seats: 0, sort: 'name' });\n${READERS}`,
    ],
    [
      'an object that others are put into',
      { message: READ_MAP, at: 'tags.map' },
      `const all = { ...NONE, seats: 0, sort: 'name' };\n${READERS}`,
    ],
    ['a value that is no key', READ_MAP, 'const NONE = { seats: 0, sort: 1 };\ntags.map(label);'],
    [
      'a key that has a default',
      { message: "Cannot read properties of undefined (reading 'join')", at: 'join' },
      "const NONE = { seats: 0, sort: 'name' };\nconst load = ({ seats, tags = null, sort }) => tags.join(',');",
    ],
    [
      'a key that is null',
      { message: "Cannot read properties of null (reading 'map')", at: 'tags.map' },
      `const NONE = { seats: 0, sort: 'name' };\n${READERS}`,
    ],
  ],
});
