import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './python-safe-division.ts';

const ZERO = { message: 'division by zero', at: '/' };

fixerTable(fixer, {
  offers: [
    ['an attribute', ZERO, 'share = row.done / row.all\n'],
    ['a part of a sum', ZERO, 'share = 1 + a / b\n'],
    ['a part of a text', ZERO, "show(f'{a / b}')\n"],
    ['a whole number', { message: 'integer division or modulo by zero', at: '//' }, 'pages = a // size\n'],
    ['a remainder', { message: 'integer modulo by zero', at: '%' }, 'rest = a % size\n'],
    ['a length', ZERO, 'mean = sum(rows) / len(rows)\n'],
    ['two of them', ZERO, 'x = a / b + c / d\n'],
  ],
  cures: [
    ['what is returned', ZERO, 'def f(a, b):\n    return a / b\n', 'def f(a, b):\n    return a / b if b else 0\n'],
    [
      'a part of a calculation',
      ZERO,
      'share = quiz.right / quiz.total * 100\n',
      'share = (quiz.right / quiz.total if quiz.total else 0) * 100\n',
    ],
    [
      'a hole of a text',
      ZERO,
      'text = f"{right / total:.1f} %"\n',
      'text = f"{(right / total if total else 0):.1f} %"\n',
    ],
    ['a length', ZERO, 'mean = sum(xs) / len(xs)\n', 'mean = sum(xs) / len(xs) if len(xs) else 0\n'],
    ['an argument', ZERO, 'show(round(a / (b - c), 1))\n', 'show(round(a / (b - c) if b - c else 0, 1))\n'],
    [
      'the whole function',
      ZERO,
      'def f(a, b):\n    share = a // b\n    return share\n',
      'def f(a, b):\n    if not b:\n        return 0\n    share = a // b\n    return share\n',
    ],
  ],
  leaves: [
    ['another error', { message: "'x'", at: '/' }, 'share = a / b\n'],
    ['a number', ZERO, 'share = a / 100\n'],
    ['what is asked for', ZERO, 'share = a / b if b else 0\n'],
    ['what a condition asks for', ZERO, 'if b > 0:\n    share = a / b\n'],
    ['what an exit has asked for', ZERO, 'def f(a, b):\n    if b == 0:\n        return 0\n    return a / b\n'],
    ['another line', { message: 'division by zero', line: 1 }, 'go()\nshare = a / b\n'],
  ],
});
