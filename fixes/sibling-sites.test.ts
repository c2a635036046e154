import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './sibling-sites.ts';

const READ_NAME = "Cannot read properties of undefined (reading 'name')";

fixerTable(fixer, {
  offers: [
    ['two reads and a write', READ_NAME, 'show(user.name, user.mail);\nuser.age = 3;'],
    [
      'reads in two functions',
      { message: READ_NAME, line: 2 },
      'const user = load();\nconst a = () => user.name;\nconst b = () => user.mail + user.age;',
    ],
    [
      'reads with a need',
      "Cannot read properties of undefined (reading 'map')",
      'const a = rows.map(f);\nshow(rows.length, ...rows.map(g));',
    ],
    [
      'two in one condition and one below',
      { message: READ_NAME, line: 1 },
      'if (user.name && user.mail) go(user.age);\nshow(user.note);',
    ],
    [
      'reads of two things alike',
      "Cannot read properties of undefined (reading 'length')",
      'if (up.length > 0 || down.length > 0) go();',
    ],
    [
      'a declaration that stands twice',
      { message: "Cannot read properties of undefined (reading 'map')", line: 3 },
      'class A {\n  a() { const rows = this.state.rows;\n    return rows.map(f); }\n  b() { const rows = this.state.rows;\n    return rows.map(g); }\n}',
    ],
    [
      'a declaration that stands once',
      { message: "Cannot read properties of undefined (reading 'map')", line: 2 },
      'const rows = this.state.rows;\nconst a = [rows.map(f), rows.map(g)];',
    ],
    [
      'members of this',
      { message: READ_NAME, line: 2 },
      'class A {\n  a() { return this.user.name; }\n  b() { return this.user.mail; }\n}',
    ],
    ['a file of older days that chains nowhere', READ_NAME, 'var a = user.name;\nvar b = user.mail;'],
    [
      'statements that stand twice',
      { message: READ_NAME, line: 2 },
      'function a(user) {\n  show(user.name);\n}\nfunction b(user) {\n  show(user.name);\n}',
    ],
  ],
  cures: [
    ['two reads of one value', READ_NAME, 'show(o.c.name);\nshow(o.c.mail);', 'show(o.c?.name);\nshow(o.c?.mail);'],
    [
      'reads within the function alone',
      { message: READ_NAME, at: 'show(c.name' },
      'function f(c) {\n  show(c.name, c.mail);\n}\nfunction g(c) {\n  show(c.name);\n}',
      'function f(c) {\n  show(c?.name, c?.mail);\n}\nfunction g(c) {\n  show(c.name);\n}',
    ],
    [
      'reads of the whole file',
      { message: READ_NAME, at: 'show(c.name)' },
      'const f = () => {\n  show(c.name);\n};\nconst g = () => show(c.mail);',
      'const f = () => {\n  show(c?.name);\n};\nconst g = () => show(c?.mail);',
    ],
    [
      'the same member of several values',
      "Cannot read properties of undefined (reading 'length')",
      'const any = sent.length > 0 || open.length > 0;',
      'const any = sent?.length > 0 || open?.length > 0;',
    ],
    [
      'counts that are shown',
      "Cannot read properties of undefined (reading 'length')",
      'show([rule.conditions.length, rule.actions.length]);',
      'show([rule.conditions?.length ?? 0, rule.actions?.length ?? 0]);',
    ],
    [
      'the same callback in two places',
      READ_NAME,
      'const a = rows.filter((row) => row.name === name);\nconst b = list().filter((row) => row.name === name);',
      'const a = rows.filter((row) => row?.name === name);\nconst b = list().filter((row) => row?.name === name);',
    ],
    [
      'counts in one object',
      "Cannot read properties of undefined (reading 'length')",
      'const all = rows.map((r) => ({ a: String(r.up.length), b: String(r.down.length) }));',
      'const all = rows.map((r) => ({ a: String(r.up?.length ?? 0), b: String(r.down?.length ?? 0) }));',
    ],
    [
      'a state that two methods read',
      { message: "Cannot read properties of null (reading 'map')", at: 'rows.map' },
      'class P {\n  a() {\n    const { rows } = this.state;\n    return { data: rows.map(f) };\n  }\n  b() {\n    const { rows, busy } = this.state;\n    return { sum: rows.reduce(g, 0) };\n  }\n}',
      'class P {\n  a() {\n    const { rows } = this.state;\n    return { data: rows?.map(f) ?? [] };\n  }\n  b() {\n    const { rows, busy } = this.state;\n    return { sum: rows?.reduce(g, 0) ?? 0 };\n  }\n}',
    ],
    [
      'every link of the places in one function',
      { message: "Cannot read properties of undefined (reading 'code')", line: 2 },
      'function f(answer) {\n  if (answer.detail.code === 1) return;\n  show(answer.detail.text);\n}',
      'function f(answer) {\n  if (answer?.detail?.code === 1) return;\n  show(answer?.detail?.text);\n}',
    ],
    [
      'the places of one condition',
      { message: READ_NAME, line: 2 },
      'function f(user) {\n  if (user.name && user.age) go();\n  show(user.mail);\n}',
      'function f(user) {\n  if (user?.name && user.age) go();\n  show(user?.mail);\n}',
    ],
  ],
  leaves: [
    ['a single read', READ_NAME, 'show(o.c.name);'],
    ['reads of different values', READ_NAME, 'show(o.c.name);\nshow(o.d.mail);'],
    ['a lost this', READ_NAME, 'show(this.name);\nshow(this.mail);'],
    [
      'values that were tested',
      "Cannot read properties of undefined (reading 'length')",
      'const any = (sent && sent.length > 0) || (open && open.length > 0);',
    ],
    [
      'members of unlike values',
      "Cannot read properties of undefined (reading 'name')",
      'show(order.buyer.name, shop.name);',
    ],
    [
      'a state of another name',
      { message: "Cannot read properties of null (reading 'map')", at: 'rows.map' },
      'class P {\n  a() {\n    const { rows } = this.state;\n    return { data: rows.map(f) };\n  }\n  b() {\n    const { lines: rows } = this.state;\n    return rows.map(g);\n  }\n}',
    ],
    [
      'callbacks that differ',
      READ_NAME,
      'const a = rows.filter((row) => row.name === name);\nconst b = list().filter((row) => row.name === other);',
    ],
    ['a callback that stands alone', READ_NAME, 'const a = rows.filter((row) => row.name === name);'],
    [
      'counts of different things',
      "Cannot read properties of undefined (reading 'length')",
      'const all = { a: String(r.up.length), b: String(other.down.length) };',
    ],
    [
      'the same statement where it is guarded',
      { message: READ_NAME, line: 2 },
      'function f(user) {\n  show(user.name);\n}\nfunction g(user) {\n  if (user) show(user.name);\n}',
    ],
  ],
});
