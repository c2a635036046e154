import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './missing-import.ts';

const MISSING = 'formatPrice is not defined';

fixerTable(fixer, {
  cures: [
    [
      'a function of a sibling module',
      { message: MISSING, others: { 'price.ts': 'export function formatPrice() {}' } },
      'show(formatPrice(3));',
      "import { formatPrice } from './price.ts';\nshow(formatPrice(3));",
    ],
    [
      'a default export',
      { message: MISSING, others: { 'price.ts': 'export default function formatPrice() {}' } },
      'show(formatPrice(3));',
      "import formatPrice from './price.ts';\nshow(formatPrice(3));",
    ],
    [
      'a module that is imported already, in its place',
      { message: MISSING, line: 2, others: { 'price.ts': 'export const formatPrice = 1, add = 2;' } },
      "import { add, sum } from './price.ts';\nshow(formatPrice(3));",
      "import { add, formatPrice, sum } from './price.ts';\nshow(formatPrice(3));",
    ],
    [
      'a package from which another file imports it',
      { message: MISSING, others: { 'other.ts': "import { formatPrice } from 'money';" } },
      'show(formatPrice(3));',
      "import { formatPrice } from 'money';\nshow(formatPrice(3));",
    ],
    [
      'a file that leaves out endings',
      { message: MISSING, line: 2, others: { 'lib/price.ts': 'export const formatPrice = 1;' } },
      "import { a } from './a';\nshow(formatPrice(a));",
      "import { a } from './a';\nimport { formatPrice } from './lib/price';\nshow(formatPrice(a));",
    ],
  ],
  leaves: [
    ['a name that nobody exports', MISSING, 'show(formatPrice(3));'],
    [
      'a name that is imported',
      { message: MISSING, line: 2, others: { 'price.ts': 'export const formatPrice = 1;' } },
      "import { formatPrice } from './price.ts';\nshow(formatPrice(3));",
    ],
    [
      'another error',
      { message: 'formatPrice is not a function', others: { 'price.ts': 'export const formatPrice = 1;' } },
      'show(formatPrice(3));',
    ],
    [
      'a name that a module keeps for itself',
      { message: MISSING, others: { 'price.ts': 'const formatPrice = 1;' } },
      'show(formatPrice(3));',
    ],
    [
      'a message without a template',
      { message: 'Payment declined', others: { 'price.ts': 'export const formatPrice = 1;' } },
      'show(formatPrice(3));',
    ],
  ],
});
