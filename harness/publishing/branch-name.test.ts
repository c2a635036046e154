import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { branchName } from './branch-name.ts';

test.each([
  [
    'a plain error',
    'SHOP-4',
    "TypeError: Cannot read properties of undefined (reading 'total')",
    'mend/shop-4-cannot-read-properties-of-undefined-reading-tota',
  ],
  ['no title', 'SHOP-4', '', 'mend/shop-4'],
  ['another script', 'SHOP-4', 'Ошибка оплаты', 'mend/shop-4'],
  ['accents', 'SHOP-4', 'Café déjà vu', 'mend/shop-4-cafe-deja-vu'],
  ['a way out', 'SHOP-4', '../../../heads/main', 'mend/shop-4-heads-main'],
  ['a command', 'SHOP-4', '$(rm -rf ~); --force `id` \u0000\u001b[31m', 'mend/shop-4-rm-rf-force-id-m'],
  ['what git forbids', 'SHOP-4', 'a..b@{1}~^:?*[\\.lock/', 'mend/shop-4-a-b-lock'],
  ['a hostile short id', '-x/../y.lock', 'boom', 'mend/x-y-lock-boom'],
])('makes a name that git takes of %s', (_, shortId, title, name) => {
  expect(branchName('mend/', { shortId, title })).toBe(name);
  expect(execFileSync('git', ['check-ref-format', '--branch', name], { encoding: 'utf8' }).trim()).toBe(name);
});

test('is the same for two events of one issue that differ in numbers, ids and addresses', () => {
  const first = { shortId: 'SHOP-4', title: 'Timeout of 2034ms for http://127.0.0.1:4173/api/orders/17' };
  const second = { shortId: 'SHOP-4', title: 'Timeout of 1998ms for http://127.0.0.1:5081/api/orders/23' };

  expect(branchName('mend/', first)).toBe('mend/shop-4-timeout-of-ms-for');
  expect(branchName('mend/', second)).toBe(branchName('mend/', first));
});

test('stays short', () => {
  expect(branchName('mend/', { shortId: 'S'.repeat(300), title: 'x '.repeat(300) }).length).toBeLessThan(100);
});
