import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './python-missing-key.ts';

fixerTable(fixer, {
  cures: [
    ['a text', "'nick'", "label = user['nick'].strip()\n", "label = user.get('nick', '').strip()\n"],
    ['a value alone', "'nick'", "label = user['nick']\n", "label = user.get('nick')\n"],
    ['a number', "'points'", 'total = total + row["points"]\n', 'total = total + row.get("points", 0)\n'],
    ['a list', "'items'", "for item in cart['items']:\n    go()\n", "for item in cart.get('items', []):\n    go()\n"],
    ['a key that a variable holds', "'de'", 'rate = RATES[country] * 2\n', 'rate = RATES.get(country, 0) * 2\n'],
    [
      'one row of many',
      { message: "'kind'", at: "row['kind']" },
      "def f(rows):\n    for row in rows:\n        name = row['name']\n        add(name, row['kind'])\n",
      "def f(rows):\n    for row in rows:\n        if 'kind' not in row:\n            continue\n        name = row['name']\n        add(name, row['kind'])\n",
    ],
  ],
  leaves: [
    ['another key', "'nick'", "label = user['name']\n"],
    ['what is set', "'nick'", "user['nick'] = label\n"],
    ['what is deleted', "'nick'", "del user['nick']\n"],
    ['another line', { message: "'nick'", line: 1 }, "go()\nlabel = user['nick']\n"],
    ['another error', 'division by zero', "label = user['nick']\n"],
    ['a key that is written', { message: "'kind'", at: "row['kind']" }, "for row in rows:\n    row['kind'] = 1\n"],
  ],
});
