import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './python-name.ts';

fixerTable(fixer, {
  offers: [
    [
      'a name in a file of relative imports at the top, and one above the folder',
      {
        message: "name 'score' is not defined",
        at: 'score(',
        file: 'pages.py',
        others: { 'a.py': 'score = 1\n', 'lib/init__.py': 'score = 2\n' },
      },
      'from .y import z\n\nprint(score(1))\n',
    ],
    [
      'a file without relative imports beside the one that defines it',
      {
        message: "name 'score' is not defined",
        at: 'score(',
        file: 'a/pages.py',
        others: { 'a/c.py': 'score = 1\n', 'a/x.pyi': 'score = 1\n' },
      },
      '"""Pages."""\nx = "from ."\nprint(score(1))\n',
    ],
    [
      'a name that the file defines itself further down',
      { message: "name 'score' is not defined", at: 'score(', others: { 'c.py': 'x = 1\n' } },
      'scores = 1\nprint(score(1))\n\ndef scored():\n    import json\n    pass\n',
    ],
    [
      'a module in a file whose imports stand in functions and behind a docstring',
      { message: "name 'json' is not defined", at: 'json.' },
      '"""Reads."""\n\ndef f():\n    import os\n    return json.loads(os.x)\n',
    ],
    [
      'a module in a file that begins with a call',
      { message: "name 'json' is not defined", at: 'json.' },
      'go()\nprint(json.loads(x))\n',
    ],
    [
      'more slips than anybody would try',
      { message: "name 'totl' is not defined", at: 'show(' },
      'total = tot = totals = totla = toti = 1\nshow(totl)\n',
    ],
    [
      'an attribute that fields and methods have',
      {
        message: "'User' object has no attribute 'nmae'",
        at: '.nmae',
        others: {
          'user.py':
            'class User:\n    name = 1\n    namex = 2\n\n    def naem(self):\n        name_local = 1\n        self.nam = 2\n\ndef nmaes():\n    pass\n\nnmea = 1\n',
        },
      },
      'print(user.nmae, other.name)\n',
    ],
    [
      'a name that a branch deep inside sets',
      { message: "local variable 'total' referenced before assignment", at: 'return total' },
      'def f(rows):\n    other = 1\n    for row in rows:\n        if row:\n            total = row\n    return total\n',
    ],
    [
      'a name that several files define',
      {
        message: "name 'score' is not defined",
        at: 'score(',
        others: {
          'a/b.py': 'def score():\n    pass\n',
          'a/__init__.py': 'score = 1\n',
          'c.py': 'class score:\n    pass\n',
          'd.py': 'async def score():\n    pass\n',
        },
      },
      'x = score(1)\n',
    ],
    [
      'a neighbour in a folder below',
      {
        message: "name 'score' is not defined",
        at: 'score(',
        file: 'a/pages.py',
        others: { 'a/b/c.py': 'score: int = 1\n' },
      },
      'from . import x\nfrom .y import z\n\nprint(score(1))\n',
    ],
    [
      'a name of a package further up',
      { message: "name 'score' is not defined", at: 'score(', file: 'a/pages.py', others: { 'b/c.py': 'score = 1\n' } },
      'from .y import z\n\nprint(score(1))\n',
    ],
    ['a slip', { message: "name 'totl' is not defined", at: 'show(' }, 'total = 1\ntotals = [2]\nshow(totl, totl)\n'],
    [
      'a slip that Python knows better',
      { message: "name 'totl' is not defined. Did you mean: 'total'?", at: 'show(' },
      'total = 1\nshow(totl)\n',
    ],
    [
      'a module beside a slip',
      { message: "name 're' is not defined", at: 're.match' },
      'import os\nif re.match(a, b):\n    go()\n',
    ],
    [
      'an attribute of a class',
      {
        message: "'User' object has no attribute 'nmae'",
        at: '.nmae',
        others: {
          'user.py':
            'class User:\n    name = 1\n    def __init__(self):\n        self.names = []\n    def nameOf(self):\n        pass\n',
        },
      },
      'show(user.nmae)\n',
    ],
    [
      'an attribute of a module',
      { message: "module 'math' has no attribute 'sqr'. Did you mean: 'sqrt'?", at: 'math.sqr' },
      'x = math.sqr(4) + math.sqr(9)\n',
    ],
    [
      'a variable of a branch',
      { message: "local variable 'total' referenced before assignment", at: 'return' },
      'def f(a):\n    if a:\n        total = 1\n    return total\n',
    ],
    [
      'a variable that has no value yet',
      { message: "cannot access local variable 'rows' where it is not associated with a value", at: 'for row in rows' },
      'def f(a):\n    if a:\n        rows = [1]\n    for row in rows:\n        show(row)\n',
    ],
  ],
  cures: [
    [
      'a module of Python’s own',
      { message: "name 'json' is not defined", at: 'json.loads' },
      'import os\n\nrows = json.loads(text)\n',
      'import os\nimport json\n\nrows = json.loads(text)\n',
    ],
    [
      'a function of another file, in a file with a docstring',
      {
        message: "name 'score_of' is not defined",
        at: 'total =',
        others: { 'quiz/scores.py': 'def score_of(quiz):\n    return 1\n' },
      },
      '"""Pages."""\n\ntotal = score_of(quiz)\n',
      '"""Pages."""\nfrom quiz.scores import score_of\n\ntotal = score_of(quiz)\n',
    ],
    [
      'a neighbour, as the file imports its neighbours',
      {
        message: "name 'score_of' is not defined",
        at: 'total =',
        file: 'quiz/pages.py',
        others: { 'quiz/scores.py': 'def score_of(quiz):\n    return 1\n' },
      },
      'from .users import load\n\ntotal = score_of(quiz)\n',
      'from .users import load\nfrom .scores import score_of\n\ntotal = score_of(quiz)\n',
    ],
    [
      'a slip in a variable',
      { message: "name 'totl' is not defined", at: 'totl' },
      'def f(total):\n    return totl + 1\n',
      'def f(total):\n    return total + 1\n',
    ],
    [
      'a slip in an attribute',
      { message: "'Quiz' object has no attribute 'questons'", at: 'questons' },
      'class Quiz:\n    def __init__(self):\n        self.questions = []\n\nn = len(quiz.questons)\n',
      'class Quiz:\n    def __init__(self):\n        self.questions = []\n\nn = len(quiz.questions)\n',
    ],
    [
      'what Python itself suggests',
      { message: "'Quiz' object has no attribute 'rows'. Did you mean: 'questions'?", at: 'quiz.rows' },
      'n = len(quiz.rows)\n',
      'n = len(quiz.questions)\n',
    ],
    [
      'a variable that one branch sets',
      { message: "cannot access local variable 'label' where it is not associated with a value", at: 'return label' },
      'def f(user):\n    if user:\n        label = user.name\n    return label\n',
      'def f(user):\n    label = None\n    if user:\n        label = user.name\n    return label\n',
    ],
  ],
  leaves: [
    [
      'a name that is set before every branch',
      { message: "local variable 'total' referenced before assignment", at: 'return total' },
      'def f(rows):\n    total = 1\n    return total\n',
    ],
    [
      'a name outside of functions that a branch sets',
      { message: "local variable 'total' referenced before assignment", at: 'show(total)' },
      'if x:\n    total = 1\nshow(total)\n',
    ],
    ['another error', { message: 'division by zero', at: 'json' }, 'rows = json.loads(text)\n'],
    ['a name that is nowhere', { message: "name 'frobnicate' is not defined", at: 'frob' }, 'frobnicate(1)\n'],
    [
      'a name that nothing looks like',
      { message: "name 'xyz' is not defined", at: 'xyz' },
      'def f(total):\n    return xyz + 1\n',
    ],
    [
      'an attribute that nothing looks like',
      { message: "'Quiz' object has no attribute 'zip'", at: 'zip' },
      'n = quiz.zip\n',
    ],
    [
      'None',
      { message: "'NoneType' object has no attribute 'name'", at: 'name' },
      'class A:\n    nam = 1\n\nn = quiz.name\n',
    ],
    ['another line', { message: "name 'totl' is not defined", line: 1 }, 'def f(total):\n    return totl + 1\n'],
    [
      'a variable that nobody sets',
      { message: "cannot access local variable 'label' where", at: 'return' },
      'def f(user):\n    return label\n',
    ],
  ],
});
