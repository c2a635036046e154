import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './python-none.ts';

const NO_NAME = { message: "'NoneType' object has no attribute 'name'", at: '.name' };
const NO_LIST = { message: "'NoneType' object is not iterable", at: 'rows' };

fixerTable(fixer, {
  cures: [
    [
      'what is returned',
      NO_NAME,
      'def f(user):\n    return user.team.name\n',
      'def f(user):\n    return user.team.name if user.team else None\n',
    ],
    [
      'a chain in a text',
      NO_NAME,
      'def f(user):\n    return "Hi " + user.name.strip()\n',
      'def f(user):\n    return "Hi " + (user.name.strip() if user else "")\n',
    ],
    [
      'a hole of a text',
      NO_NAME,
      "def f(user):\n    return f'Hi {user.name}'\n",
      "def f(user):\n    return f'Hi {(user.name if user else '')}'\n",
    ],
    ['a condition', NO_NAME, 'if user.name == "x":\n    go()\n', 'if user and user.name == "x":\n    go()\n'],
    [
      'a deed',
      { message: "'NoneType' object has no attribute 'close'", at: '.close' },
      'def f(file):\n    file.close()\n',
      'def f(file):\n    if file:\n        file.close()\n',
    ],
    [
      'a function that is left as elsewhere',
      NO_NAME,
      'def f(user):\n    if not user.id:\n        return []\n    name = user.team.name\n    return [name]\n',
      'def f(user):\n    if not user.id:\n        return []\n    if user.team is None:\n        return []\n    name = user.team.name\n    return [name]\n',
    ],
    [
      'one of a loop',
      NO_NAME,
      'def f(users):\n    for user in users:\n        show(user.team.name)\n',
      'def f(users):\n    for user in users:\n        if user.team is None:\n            continue\n        show(user.team.name)\n',
    ],
    [
      'a subscript',
      { message: "'NoneType' object is not subscriptable", at: 'row[' },
      'def f(row):\n    name = row["name"]\n',
      'def f(row):\n    name = row["name"] if row else None\n',
    ],
    ['a list that is walked', NO_LIST, 'for row in rows:\n    show(row)\n', 'for row in rows or []:\n    show(row)\n'],
    [
      'a list of a comprehension',
      NO_LIST,
      'names = [row.name for row in quiz.rows]\n',
      'names = [row.name for row in quiz.rows or []]\n',
    ],
    [
      'a length',
      { message: "object of type 'NoneType' has no len()", at: 'len' },
      'total = len(rows)\n',
      'total = len(rows or [])\n',
    ],
    [
      'a membership',
      { message: "argument of type 'NoneType' is not iterable", at: 'rows' },
      'if key in rows:\n    go()\n',
      'if key in (rows or []):\n    go()\n',
    ],
  ],
  leaves: [
    ['another attribute', NO_NAME, 'def f(user):\n    return user.mail # .name\n'],
    [
      'another type',
      { message: "'Team' object has no attribute 'name'", at: '.name' },
      'def f(user):\n    return user.team.name\n',
    ],
    ['a value that is tested', NO_NAME, 'def f(user):\n    return user.name if user else None\n'],
    ['a value that a condition asks for', NO_NAME, 'if user and user.name == "x":\n    go()\n'],
    ['a value within its test', NO_NAME, 'def f(user):\n    if user:\n        return user.name\n'],
    [
      'a value behind an exit',
      NO_NAME,
      'def f(user):\n    if user is None:\n        return None\n    return user.name\n',
    ],
    ['the object itself', NO_NAME, 'def f(self):\n    return self.name\n'],
    ['what is calculated', NO_NAME, 'def f(x):\n    return load(x).name\n'],
    ['a list that has a default', NO_LIST, 'for row in rows or []:\n    show(row)\n'],
    [
      'a line without a list',
      { message: "'NoneType' object is not iterable", line: 1 },
      'show(1)\nfor row in rows:\n    go()\n',
    ],
    ['a number', { message: "object of type 'NoneType' has no len()", at: 'abs' }, 'total = abs(rows)\n'],
    ['another message', { message: 'division by zero', at: '.name' }, 'def f(user):\n    return user.name\n'],
  ],
});
