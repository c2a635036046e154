import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './guard.ts';

const READ_NAME = "Cannot read properties of null (reading 'name')";
/** The suspect calls what throws. */
const CALLED = {
  message: 'Invalid time value',
  stack: [
    { file: 'format.ts', line: 3 },
    { file: 'example.tsx', line: 1 },
  ],
};

fixerTable(fixer, {
  best: [
    [
      'what comes after it and asks nothing of it',
      { message: "Cannot set properties of undefined (setting 'open')", line: 2 },
      'function close() {\n  panel.open = false;\n  clean();\n}',
      'function close() {\n  if (panel) {\n    panel.open = false;\n  }\n  clean();\n}',
    ],
  ],
  offers: [
    [
      'what other functions hand over, in a condition, in JSX, as a deed and for a value',
      {
        message: READ_NAME,
        at: 'return user.name',
        others: {
          'a.tsx':
            'const a = <p>{label(first.user)}</p>;\nif (label(second.user)) go();\nlabel(third.user);\nconst b = label(fourth.user);',
        },
      },
      'function label(user) {\n  return user.name;\n}',
    ],
    ['an arrow that gives it', READ_NAME, 'const nameOf = (user) => user.name;'],
    ['an arrow whose test it is', READ_NAME, 'const isAnn = (user) => user.name === ann;'],
    ['a number', READ_NAME, 'const sum = user.name * 2;'],
    ['a list that is spread', "Cannot read properties of null (reading 'rows')", 'const all = [...user.rows];'],
    ['an argument of a call whose result is kept', READ_NAME, 'const label = format({ text: user.name });'],
    ['an argument of a call in a file that chains', READ_NAME, 'const label = format(user.name);\nother?.go();'],
    ['an element that shows it', READ_NAME, 'const view = <p><b title={user.name}>{list(user.name)}</b></p>;'],
    ['an element that a list makes', READ_NAME, 'const view = <ul>{rows.map((row) => <li>{user.name}</li>)}</ul>;'],
    ['two reasons', READ_NAME, 'if (user.name || other) go();'],
    ['three reasons', READ_NAME, 'if (user.name || other || more) go();'],
    ['a negation', READ_NAME, 'if (!user.name) go();'],
    [
      'a negation of a first element',
      "Cannot read properties of undefined (reading 'name')",
      'if (!rows[0].name) go();',
    ],
    [
      'an element of a list by its number',
      "Cannot read properties of undefined (reading 'name')",
      'show(rows[1].name);',
    ],
    ['a loop', READ_NAME, 'while (user.name) next();'],
    ['an assignment of it', READ_NAME, 'label = user.name;'],
    ['an assignment to it', "Cannot set properties of null (setting 'name')", 'user.name = label;'],
    ['two on one line', READ_NAME, 'show(user.name, other.name);'],
    [
      'a deed that others follow which use it',
      { message: READ_NAME, line: 2 },
      'function f() {\n  drop(user.name);\n  show(user.mail);\n}',
    ],
    [
      'a deed that others follow which name it',
      { message: READ_NAME, line: 2 },
      'function f() {\n  drop(user.name);\n  show(user);\n}',
    ],
    ['a deed in a branch without a block', READ_NAME, 'if (ready) drop(user.name);'],
    ['a method that is none', 'list.first is not a function', 'const one = list.first();'],
    ['a chained call', 'list.first is not a function', 'list.first?.();\nlist.first();'],
    ['keys of one value', "Cannot use 'in' operator to search for 'a' in true", "if ('a' in data) go();"],
    [
      'keys of one value, asked for twice',
      "Cannot use 'in' operator to search for 'a' in true",
      "if ('a' in data) go();\nif ('b' in data) stop();\nif ('b' in other) stop();",
    ],
    ['a loop of a list that is none', 'rows is not iterable', 'add(...rows);\nfor (const row of rows) show(row);'],
  ],
  cures: [
    ['a condition', READ_NAME, "if (user.name === 'x') go();", "if (user && user.name === 'x') go();"],
    ['an element that is shown', READ_NAME, 'const p = <p>{user.name}</p>;', 'const p = <p>{user && user.name}</p>;'],
    [
      'a statement',
      { message: "Cannot read properties of null (reading 'focus')", line: 2 },
      'function f() {\n  input.focus();\n}',
      'function f() {\n  if (input) {\n    input.focus();\n  }\n}',
    ],
    [
      'an assignment',
      "Cannot set properties of null (setting 'title')",
      'page.title = text;',
      'if (page) {\n  page.title = text;\n}',
    ],
    [
      'a list that is shown',
      "Cannot read properties of undefined (reading 'map')",
      'const p = <ul>{rows.map(row)}</ul>;',
      'const p = <ul>{rows && rows.map(row)}</ul>;',
    ],
    [
      'a callback that is no function',
      { message: 'onDone is not a function', line: 2 },
      'function f() {\n  onDone(3);\n}',
      "function f() {\n  if (typeof onDone === 'function') {\n    onDone(3);\n  }\n}",
    ],
    [
      'a value with a fitting substitute',
      READ_NAME,
      'const label = user.name + 1;',
      'const label = (user ? user.name : 0) + 1;',
    ],
    [
      'a call that passes on what may be missing',
      { ...CALLED, column: 13 },
      'const p = <p>{format(order.at)}</p>;',
      'const p = <p>{order.at && format(order.at)}</p>;',
    ],
    [
      'a call that passes on a variable which was seen to be missing',
      { ...CALLED, values: { until: null } },
      'const text = `to ${format(until)}`;',
      "const text = `to ${until ? format(until) : ''}`;",
    ],
    [
      'an element of a template that shows it',
      { ...CALLED, values: { member: { phone: '<undefined>' } } },
      'const list = html`<ul><li><a href="tel:${dialled(member.phone)}">${member.phone}</a></li><li>x</li></ul>`;',
      'const list = html`<ul>${member.phone ? html`<li><a href="tel:${dialled(member.phone)}">${member.phone}</a></li>` : \'\'}<li>x</li></ul>`;',
    ],
    [
      'an element of a template whose text reads it',
      READ_NAME,
      'page.innerHTML = `<h1>Hi</h1><p>${user.name}</p>`;',
      "page.innerHTML = `<h1>Hi</h1>${user ? `<p>${user.name}</p>` : ''}`;",
    ],
    [
      'both sides of an or',
      { message: "Cannot read properties of undefined (reading 'includes')" },
      "if (path.includes('a') || path.includes('b')) go();",
      "if (path && (path.includes('a') || path.includes('b'))) go();",
    ],
    [
      'a negation',
      "Cannot read properties of undefined (reading 'ok')",
      'if (!answer.ok) stop();',
      'if (!answer || !answer.ok) stop();',
    ],
    [
      'a key looked for in what is no object',
      "Cannot use 'in' operator to search for 'id' in true",
      "if ('id' in data) go();",
      "if (typeof data === 'object' && 'id' in data) go();",
    ],
    [
      'the first of an empty list',
      READ_NAME,
      'if (rows[0].name === key) go();',
      'if (rows.length > 0 && rows[0].name === key) go();',
    ],
    [
      'a call that takes a part of it',
      { message: READ_NAME, line: 2 },
      'function f() {\n  show({ text: `of ${user.name}` });\n  if (a) {\n    b();\n  }\n}',
      'function f() {\n  if (user) {\n    show({ text: `of ${user.name}` });\n  }\n  if (a) {\n    b();\n  }\n}',
    ],
    [
      'a statement of several lines, but not its text',
      { message: READ_NAME, line: 3 },
      'if (a) {\n  show(\n    user.name,\n    `one\ntwo`,\n  );\n}',
      'if (a) {\n  if (user) {\n    show(\n      user.name,\n      `one\ntwo`,\n    );\n  }\n}',
    ],
    [
      'a statement, as the file writes its own',
      { message: READ_NAME, line: 2 },
      'if (a) b();\nshow(user.name);\nif (c) d();',
      'if (a) b();\nif (user) show(user.name);\nif (c) d();',
    ],
    [
      'a list that is spread into a call',
      { message: 'more is not iterable', line: 1 },
      'all.push(...more);\nshow(all);',
      'if (more) {\n  all.push(...more);\n}\nshow(all);',
    ],
    [
      'a choice that asks for something else',
      "Cannot read properties of undefined (reading 'dsn')",
      'const dsn = keys ? keys[0].dsn : none;',
      'const dsn = keys && keys.length > 0 ? keys[0].dsn : none;',
    ],
    [
      'a choice by a comparison',
      READ_NAME,
      "const name = count > 0 ? user.name : '';",
      "const name = count > 0 && user ? user.name : '';",
    ],
  ],
  leaves: [
    ['another error', 'user is not defined', "if (user.name === 'x') go();"],
    ['a lost this', READ_NAME, 'show(this.name);'],
    ['a name that is not read', READ_NAME, 'show(user.mail);'],
    ['another line', { message: READ_NAME, line: 2 }, 'show(user.name);\ngo();'],
    ['a function of another name', 'onDone is not a function', 'onStart(3);'],
    ['an optional read', READ_NAME, 'show(user?.name);'],
    [
      'an error at the very place where it is thrown',
      { message: 'Invalid time value', stack: [{ file: 'example.tsx', line: 1 }] },
      'const p = format(order.at);',
    ],
    ['a call without arguments', CALLED, 'const p = <p>{format()}</p>;'],
    ['a variable that nobody saw', CALLED, 'const text = `to ${format(until)}`;'],
    ['what was seen to be there', { ...CALLED, values: { order: { at: 3 } } }, 'const p = <p>{format(order.at)}</p>;'],
    [
      'a template whose element is left out already',
      READ_NAME,
      "const p = html`${user ? html`<p>${user.name}</p>` : ''}`;",
    ],
    ['a text that is shown where it is there', READ_NAME, 'const p = html`<p>${user?.name}</p>`;'],
    ['a value that was tested before', READ_NAME, 'if (user && user.name) go();'],
    [
      'a value that an exit has tested',
      { message: READ_NAME, at: 'show' },
      'function f(user) {\n  if (!user) return;\n  show(user.name);\n}',
    ],
    ['a function that was tested', 'onDone is not a function', "if (typeof onDone === 'function') onDone(3);"],
    ['a line that looks for no key', "Cannot use 'in' operator to search for 'id' in true", 'if (data.id) go();'],
    ['a list that is spread where it is there', 'more is not iterable', 'if (more) all.push(...more);'],
    ['a list that is spread into another', 'more is not iterable', 'const all = [...more];'],
    ['a part of a call whose result is kept', { message: 'user is not defined' }, 'const a = show(user.name);'],
    [
      'what is there, in a call',
      { message: READ_NAME, values: { user: { name: 'Ann' } } },
      'show({ text: user.name });',
    ],
    ['a choice that asks for it', READ_NAME, "const name = user ? user.name : '';"],
    [
      'a choice by its length',
      "Cannot read properties of undefined (reading 'dsn')",
      'const dsn = keys.length > 0 ? keys[0].dsn : none;',
    ],
  ],
});
