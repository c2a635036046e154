import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './python-none.ts';

const NO_NAME = { message: "'NoneType' object has no attribute 'name'", at: '.name' };
const NO_LIST = { message: "'NoneType' object is not iterable", at: 'rows' };

fixerTable(fixer, {
  offers: [
    [
      'an attribute in a text',
      { message: "'NoneType' object has no attribute 'name'", at: 'user' },
      "label = f'by {user.name}'\n",
    ],
    [
      'an attribute of an attribute',
      { message: "'NoneType' object has no attribute 'name'", at: 'label =' },
      'def f(order):\n    label = order.user.name.strip()\n    return label\n',
    ],
    [
      'a deed',
      { message: "'NoneType' object has no attribute 'close'", at: 'conn.close' },
      'def f(conn):\n    conn.close()\n',
    ],
    [
      'a deed of several lines',
      { message: "'NoneType' object has no attribute 'add'", at: 'conn.' },
      'def f(conn):\n    conn.add(\n        1,\n    )\n',
    ],
    [
      'a key of None',
      { message: "'NoneType' object is not subscriptable", at: 'row[' },
      "def f(row):\n    total = row['total'] + 1\n    return total\n",
    ],
    [
      'a key that is set',
      { message: "'NoneType' object does not support item assignment", at: 'row[' },
      "def f(row):\n    row['total'] = 1\n",
    ],
    [
      'one in a loop',
      { message: "'NoneType' object has no attribute 'name'", at: 'user.name' },
      'def f(users):\n    names = []\n    for user in users:\n        names.append(user.name)\n    return names\n',
    ],
    [
      'a function that gives lists',
      { message: "'NoneType' object has no attribute 'rows'", at: 'other.rows' },
      'def f(page):\n    if not page:\n        return []\n    other = load()\n    return [row for row in other.rows]\n',
    ],
    ['a condition', { message: "'NoneType' object has no attribute 'age'", at: 'if' }, 'if user.age > 3:\n    go()\n'],
    [
      'two of which one was seen',
      { message: "'NoneType' object has no attribute 'name'", at: 'show', values: { b: 'None', a: "'x'" } },
      'show(a.name, b.name)\n',
    ],
    ['a list', { message: "'NoneType' object is not iterable", at: 'for' }, 'for row in page.rows:\n    show(row)\n'],
    [
      'a list in a call',
      { message: "object of type 'NoneType' has no len()", at: 'len' },
      'count = len(page.rows) + 1\n',
    ],
    ['a membership', { message: "argument of type 'NoneType' is not iterable", at: 'in' }, "ok = 'a' in page.rows\n"],
    [
      'a lambda',
      { message: "'NoneType' object has no attribute 'name'", at: 'key' },
      'rows.sort(key=lambda row: row.user.name)\n',
    ],
  ],
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
    [
      'a comparison with None',
      { message: "'<=' not supported between instances of 'int' and 'NoneType'", at: 'if size' },
      'def f(size, box):\n    if size <= box.most:\n        go()\n',
      'def f(size, box):\n    if box.most is not None and size <= box.most:\n        go()\n',
    ],
    [
      'a bound that is not set',
      { message: "'<=' not supported between instances of 'int' and 'NoneType'", at: 'if size' },
      'rows = [\n    row\n    for row in all\n    if size <= box.most\n]\n',
      'rows = [\n    row\n    for row in all\n    if box.most is None or size <= box.most\n]\n',
    ],
    [
      'None on the left, as a part of a condition',
      { message: "'>' not supported between instances of 'NoneType' and 'int'", at: 'if a' },
      'if a and user.age > 17:\n    go()\n',
      'if a and (user.age is None or user.age > 17):\n    go()\n',
    ],
    [
      'a file that was not stored',
      { message: "The 'image' attribute has no file associated with it.", at: '.read()' },
      'class Shot:\n    def copy(self):\n        data = self.image.read()\n        return data\n',
      'class Shot:\n    def copy(self):\n        if not self.image:\n            return None\n        data = self.image.read()\n        return data\n',
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
    [
      'a comparison of others',
      { message: "'<=' not supported between instances of 'int' and 'str'", at: 'if size' },
      'if size <= most:\n    go()\n',
    ],
    [
      'a comparison that asks for it',
      { message: "'<=' not supported between instances of 'int' and 'NoneType'", at: 'if most' },
      'if most and size <= most:\n    go()\n',
    ],
    [
      'another field than the one that has no file',
      { message: "The 'image' attribute has no file associated with it.", at: 'return self' },
      'class Shot:\n    def copy(self):\n        return self.cover.read()\n',
    ],
    [
      'a file that is asked for',
      { message: "The 'image' attribute has no file associated with it.", at: 'return self' },
      'class Shot:\n    def copy(self):\n        if self.image:\n            return self.image.read()\n',
    ],
  ],
});
