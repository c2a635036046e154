import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './missing-import.ts';

const MISSING = 'formatPrice is not defined';

fixerTable(fixer, {
  offers: [
    [
      'a name that other files import from packages',
      {
        message: MISSING,
        others: {
          'a.ts': "import formatPrice from 'price';",
          'b.ts': "import { formatPrice } from 'prices';",
          'c.ts': "import { formatPrice } from 'prices';",
          'd.ts': "import { formatPrice } from './nowhere.ts';",
          'e.ts': "import { other } from 'others';",
        },
      },
      'show(formatPrice(3));',
    ],
    [
      'a name that nobody exports, in a file with imports of all kinds',
      { message: MISSING, line: 5 },
      "import { a } from './a.ts';\nimport b from 'b';\nimport * as c from 'c';\nimport 'd';\nshow(formatPrice(3));",
    ],
    [
      'a name that the file itself only passes on',
      { message: MISSING, line: 2, others: { 'price.ts': 'export const formatPrice = 1;' } },
      "export { formatPrice } from './price.ts';\nshow(formatPrice(3));",
    ],
    [
      'a module that has no such default',
      {
        message: "The requested module './price.ts' does not provide an export named 'default'",
        line: 1,
        others: { 'price.ts': 'export function price() {}', 'other.ts': 'export default 1;' },
      },
      "import price from './price.ts';\nimport other from './other.ts';\nshow(price, other);",
    ],
    [
      'a module whose default has no name',
      {
        message: "The requested module './price.ts' does not provide an export named 'price'",
        line: 1,
        others: { 'price.ts': 'const a = 1;\nexport default () => a;' },
      },
      "import { price } from './price.ts';\nshow(price);",
    ],
    [
      'two files that export it',
      {
        message: MISSING,
        others: { 'a.ts': 'export const formatPrice = 1;', 'lib/b.ts': 'export function formatPrice() {}' },
      },
      'show(formatPrice(3));',
    ],
    [
      'a file with imports, in double quotes',
      { message: MISSING, line: 3, others: { 'lib/price.ts': 'export const formatPrice = 1;' } },
      'import { a } from "./a.js";\nimport b from "./b.js";\nshow(formatPrice(3));',
    ],
    [
      'a type that is imported from there',
      {
        message: MISSING,
        line: 2,
        others: { 'price.ts': 'export const formatPrice = 1;\nexport type Price = number;' },
      },
      "import type { Price } from './price.ts';\nshow(formatPrice(3));",
    ],
    [
      'a default that is imported from there',
      { message: MISSING, line: 2, others: { 'price.ts': 'export const formatPrice = 1;\nexport default 2;' } },
      "import price from './price.ts';\nshow(formatPrice(3));",
    ],
    [
      'a default that is imported by name',
      {
        message: 'formatPrice is not a function',
        line: 2,
        others: { 'price.ts': 'export default function formatPrice() {}' },
      },
      "import { formatPrice } from './price.ts';\nshow(formatPrice(3));",
    ],
    [
      'a name that is imported as a default',
      { message: 'formatPrice is not a function', line: 2, others: { 'price.ts': 'export function formatPrice() {}' } },
      "import formatPrice from './price.ts';\nshow(formatPrice(3));",
    ],
    [
      'a file in a folder above',
      { message: MISSING, file: 'a/b/c.ts', others: { 'lib/price.ts': 'export const formatPrice = 1;' } },
      'show(formatPrice(3));',
    ],
    [
      'a component',
      { message: 'Price is not defined', others: { 'price.tsx': 'export const Price = () => null;' } },
      'const a = <Price />;',
    ],
    [
      'a file without semicolons',
      { message: MISSING, line: 2, others: { 'price.ts': 'export const formatPrice = 1' } },
      "import a from './a.ts'\nshow(formatPrice(3), a)",
    ],
    [
      'a file that begins with a comment',
      { message: MISSING, line: 3, others: { 'price.ts': 'export const formatPrice = 1;' } },
      "/** About it. */\n'use strict';\nshow(formatPrice(3));",
    ],
  ],
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
    [
      'a default that is imported by name',
      {
        message: "The requested module './price.ts' does not provide an export named 'formatPrice'",
        others: { 'price.ts': 'export default function (a) { return a; }' },
      },
      "import { formatPrice } from './price.ts';\nshow(formatPrice(3));",
      "import formatPrice from './price.ts';\nshow(formatPrice(3));",
    ],
    [
      'a name that is imported as a default',
      {
        message: "The requested module './price.ts' does not provide an export named 'default'",
        others: { 'price.ts': 'export const formatPrice = (a) => a;' },
      },
      "import formatPrice from './price.ts';\nshow(formatPrice(3));",
      "import { formatPrice } from './price.ts';\nshow(formatPrice(3));",
    ],
  ],
  leaves: [
    [
      'a name of several that are imported, one of which is a default',
      {
        message: "The requested module './price.ts' does not provide an export named 'price'",
        others: { 'price.ts': 'export default 1;\nexport const more = 2;' },
      },
      "import { price, more } from './price.ts';\nshow(price, more);",
    ],
    [
      'a name under which another is imported',
      {
        message: 'formatPrice is not a function',
        line: 2,
        others: { 'price.ts': 'export default 1;\nexport const x = 2;' },
      },
      "import { x as formatPrice } from './price.ts';\nshow(formatPrice(3));",
    ],
    [
      'a name beside a default',
      {
        message: 'formatPrice is not a function',
        line: 2,
        others: { 'price.ts': 'export default 1;\nexport const formatPrice = 2;' },
      },
      "import price, { formatPrice } from './price.ts';\nshow(formatPrice(3), price);",
    ],
    [
      'a default that is one, and no function',
      {
        message: 'price is not a function',
        line: 2,
        others: { 'price.ts': 'const price = 1;\nexport default price;' },
      },
      "import price from './price.ts';\nshow(price(3));",
    ],
    [
      'another default than the one that is wrong',
      {
        message: 'other is not a function',
        line: 2,
        others: { 'price.ts': 'export const price = 1;' },
      },
      "import price from './price.ts';\nshow(price, other(3));",
    ],
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
    [
      'a name that its module exports',
      {
        message: '(0 , _price.formatPrice) is not a function',
        line: 2,
        others: { 'price.ts': 'export const formatPrice = 1;' },
      },
      "import { formatPrice } from './price.ts';\nshow(formatPrice(3));",
    ],
    [
      'a name of a package',
      "The requested module 'price' does not provide an export named 'formatPrice'",
      "import { formatPrice } from 'price';\nshow(formatPrice(3));",
    ],
  ],
});
