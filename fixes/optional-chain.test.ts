import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './optional-chain.ts';

const READ_TOTAL = "Cannot read properties of undefined (reading 'total')";

fixerTable(fixer, {
  best: [
    [
      'the value that was seen to be missing',
      { message: "Cannot read properties of null (reading 'name')", values: { member: { company: null }, team: {} } },
      'show(team.name, member.company.name);',
      'show(team.name, member.company?.name);',
    ],
    [
      'the read whose key says what was read',
      "Cannot read properties of undefined (reading 'full.name')",
      'go(rows[selectedIndex][FIELDS.FULL_NAME]);',
      'go(rows[selectedIndex]?.[FIELDS.FULL_NAME]);',
    ],
    [
      'the read whose key counts',
      "Cannot read properties of undefined (reading '3')",
      'go(rows[selectedIndex][FIELDS.FULL_NAME]);',
      'go(rows?.[selectedIndex][FIELDS.FULL_NAME]);',
    ],
  ],
  cures: [
    [
      'the inner link of a chain',
      "Cannot read properties of undefined (reading 'net')",
      'show(a.total.net);',
      'show(a.total?.net);',
    ],
    ['a computed key', "Cannot read properties of null (reading '0')", 'show(rows[0]);', 'show(rows?.[0]);'],
    ['an element that is shown', READ_TOTAL, 'const p = <p>{cart.total}</p>;', 'const p = <p>{cart?.total}</p>;'],
    [
      'a sum, with a default that fits',
      READ_TOTAL,
      'const sum = cart.total * 2;',
      'const sum = (cart?.total ?? 0) * 2;',
    ],
    [
      'a list that is spread',
      "Cannot read properties of undefined (reading 'items')",
      'const all = [...cart.items];',
      'const all = [...(cart?.items ?? [])];',
    ],
    [
      'a variable that is walked later',
      { message: "Cannot read properties of undefined (reading 'items')", at: 'cart.items' },
      'const rows = cart.items;\nshow(rows.map(name));',
      'const rows = cart?.items ?? [];\nshow(rows.map(name));',
    ],
    [
      'a variable that is put into a text later',
      { message: "Cannot read properties of null (reading 'name')", at: 'author.name' },
      'const author = review.author.name;\nshow(`by ${author}`);',
      "const author = review.author?.name ?? '';\nshow(`by ${author}`);",
    ],
    [
      'a variable that is tested later',
      { message: "Cannot read properties of undefined (reading 'items')", at: 'cart.items' },
      'const rows = cart.items;\nif (rows) show(rows.map(name));',
      'const rows = cart?.items;\nif (rows) show(rows.map(name));',
    ],
    ['Firefox’s words', 'can\'t access property "total", cart is undefined', 'show(cart.total);', 'show(cart?.total);'],
    [
      'Safari’s words',
      "undefined is not an object (evaluating 'cart.total')",
      'show(cart.total);',
      'show(cart?.total);',
    ],
    [
      'every link of a path',
      "Cannot read properties of undefined (reading 'code')",
      'if (answer.detail.code === 3) go();',
      'if (answer?.detail?.code === 3) go();',
    ],
    [
      'a count that is shown',
      "Cannot read properties of undefined (reading 'length')",
      'show(String(rows.length));',
      'show(String(rows?.length ?? 0));',
    ],
    [
      'a key that is null elsewhere',
      { message: "Cannot read properties of undefined (reading 'detail')", line: 2 },
      'reset({ error: null });\nset({ error: answer.body.detail });',
      'reset({ error: null });\nset({ error: answer.body?.detail ?? null });',
    ],
    [
      'a sum that begins with a number',
      "Cannot read properties of null (reading 'reduce')",
      'show({ all: rows.reduce((sum, row) => sum + row.n, 0) });',
      'show({ all: rows?.reduce((sum, row) => sum + row.n, 0) ?? 0 });',
    ],
    [
      'a value that has the name of another one in reach',
      { message: "Cannot read properties of undefined (reading 'room_id')", at: 'row.room_id' },
      'function find(roomId) {\n  const row = get(roomId);\n  return row.room_id;\n}',
      'function find(roomId) {\n  const row = get(roomId);\n  return row?.room_id ?? roomId;\n}',
    ],
    [
      'every link behind a choice',
      "Cannot read properties of undefined (reading 'total')",
      'const sum = (cart ?? last).sum.total;',
      'const sum = (cart ?? last)?.sum?.total;',
    ],
    [
      'the link that the column names, in brackets',
      { message: "Cannot read properties of undefined (reading 'a.b')" },
      'const x = rows[i][KEYS.A_B];',
      'const x = rows[i]?.[KEYS.A_B];',
    ],
    [
      'a key that others put into a text',
      {
        message: "Cannot read properties of undefined (reading 'reason')",
        others: { 'view.ts': 'show(`closed: ${hours.reason}`);' },
      },
      'send({ day, reason: closed.reason });',
      "send({ day, reason: closed?.reason ?? '' });",
    ],
  ],
  leaves: [
    [
      'a value that was seen to be there',
      { message: "Cannot read properties of null (reading 'name')", values: { member: { company: null } } },
      'show(member.name, nameOf(member));',
    ],
    ['a variable of a text that the line does not read', READ_TOTAL, 'const author = review.name;\nshow(`${author}`);'],
    ['what is counted up', READ_TOTAL, 'cart.total++;'],
    ['the class that is extended', READ_TOTAL, 'class A extends B { m() { show(super.total); } }'],
    ['a name that the line does not read', READ_TOTAL, 'show(a.net);'],
    ['a target of an assignment', "Cannot set properties of undefined (setting 'total')", 'cart.total = 3;'],
    ['a read that is optional already', READ_TOTAL, 'show(cart?.total);'],
    ['a lost this', READ_TOTAL, 'show(this.total);'],
    ['another error', 'total is not defined', 'show(cart.total);'],
    ['another line', { message: READ_TOTAL, line: 2 }, 'show(cart.total);\nshow(3);'],
    ['a constructor', "Cannot read properties of undefined (reading 'Total')", 'const t = new shop.Total();'],
    ['a value that was tested', READ_TOTAL, 'show(a && a.total);'],
    ['a value that an exit has tested', { message: READ_TOTAL, line: 2 }, 'if (!a) throw new Error();\nshow(a.total);'],
    [
      'a key that an object has for sure',
      { message: READ_TOTAL, values: { cart: { total: 3 } } },
      'show({ sum: cart.total });',
    ],
    ['a target', "Cannot set properties of undefined (setting 'total')", 'cart.total = 3;'],
    ['a construction', READ_TOTAL, 'const sum = new cart.total();'],
    ['a choice that is chained', READ_TOTAL, 'const sum = (cart ?? last)?.total;'],
    ['a tag', READ_TOTAL, 'const sum = cart.total`1`;'],
    [
      'a key that is there',
      { message: "Cannot read properties of undefined (reading 'reason')" },
      'send({ reason: closed?.reason });',
    ],
  ],
});
