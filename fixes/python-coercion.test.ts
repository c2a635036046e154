import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './python-coercion.ts';

const EMPTY = { message: "invalid literal for int() with base 10: ''", at: 'int' };
const WORD = { message: "invalid literal for int() with base 10: 'ten'", at: 'int' };
const MIXED = 'can only concatenate str (not "int") to str';

fixerTable(fixer, {
  offers: [
    ['a number within a sum', EMPTY, "total = 1 + int(row['n'])\n"],
    ['a float', { message: "could not convert string to float: ''", at: 'float' }, "price = float(row['price'])\n"],
    ['a number in a text', { message: MIXED, at: "'a'" }, "label = 'a' + count + 'b'\n"],
    [
      'a number before a text',
      { message: "unsupported operand type(s) for +: 'int' and 'str'", at: 'count' },
      "label = count + ' rows'\n",
    ],
    [
      'a text in a sum',
      { message: "unsupported operand type(s) for +: 'int' and 'str'", at: 'total' },
      'total = total + amount\n',
    ],
  ],
  cures: [
    ['nothing as a number', EMPTY, "page = int(request.args['page'])\n", "page = int(request.args['page'] or 0)\n"],
    [
      'None as a number',
      { message: "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'", at: 'int' },
      'page = int(args.get("page"))\n',
      'page = int(args.get("page") or 0)\n',
    ],
    [
      'a word as a number',
      WORD,
      'def f(args):\n    page = int(args["page"])\n    return page\n',
      'def f(args):\n    try:\n        page = int(args["page"])\n    except (TypeError, ValueError):\n        page = 0\n    return page\n',
    ],
    ['a number behind a text', MIXED, 'label = "Points: " + points\n', 'label = "Points: " + str(points)\n'],
    [
      'a number before a text',
      "unsupported operand type(s) for +: 'int' and 'str'",
      'label = points + " points"\n',
      'label = str(points) + " points"\n',
    ],
    [
      'a number between texts',
      MIXED,
      'label = "You have " + quiz.points + " points"\n',
      'label = "You have " + str(quiz.points) + " points"\n',
    ],
  ],
  leaves: [
    ['what has a default', EMPTY, "page = int(request.args['page'] or 0) + 1\n"],
    ['another call', EMPTY, 'page = point(args)\n'],
    ['a call without a text', WORD, 'page = int()\n'],
    ['what is written as text already', MIXED, 'label = "Points: " + str(points)\n'],
    ['a difference', MIXED, 'left = points - spent\n'],
    ['two numbers', "unsupported operand type(s) for +: 'int' and 'NoneType'", 'total = points + bonus\n'],
  ],
});
