import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTypes } from './open-types.ts';

const TEXT = 'export interface Cart {\n  total: number;\n}\nexport const sum = (cart: Cart): number => cart.total;\n';
const USER =
  "import { type Cart, sum } from './cart.ts';\nexport const show = (cart: Cart): string => String(sum(cart));\n";

function typed(): ReturnType<typeof openTypes> {
  const root = mkdtempSync(join(tmpdir(), 'types-'));
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: 'esnext',
    moduleResolution: 'bundler',
    allowImportingTsExtensions: true,
  };
  writeFileSync(join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  return openTypes({
    root,
    texts: new Map([
      ['cart.ts', TEXT],
      ['user.ts', USER],
    ]),
  });
}

test('tells the errors that new texts bring, and forgets the texts', () => {
  const types = typed();
  const wrong = new Map([['cart.ts', TEXT.replace('cart.total;', 'cart?.name;')]]);

  expect(types.errorsBrought(wrong)).toEqual([expect.stringContaining("Property 'name' does not exist")]);
  expect(types.errorsBrought(new Map([['cart.ts', TEXT.replace('cart.total', '(cart.total ?? 0)')]]))).toEqual([]);
  expect(types.errorsBrought(wrong)).toHaveLength(1);
});

test('counts only what is new', () => {
  const root = mkdtempSync(join(tmpdir(), 'types-'));
  writeFileSync(join(root, 'tsconfig.json'), '{ "compilerOptions": { "strict": true } }');
  const before = 'export const a: number = "1";\n';
  const types = openTypes({ root, texts: new Map([['a.ts', before]]) });

  expect(types.errorsBrought(new Map([['a.ts', `${before}export const b = 2;\n`]]))).toEqual([]);
  expect(types.errorsBrought(new Map([['a.ts', `${before}export const b: number = "1";\n`]]))).toHaveLength(1);
});

test('judges nobody by types where the app has none', () => {
  const types = openTypes({
    root: mkdtempSync(join(tmpdir(), 'types-')),
    texts: new Map([['a.js', 'const a = 1;\n']]),
  });

  expect(types.errorsBrought(new Map([['a.js', 'const a = 1;\na.b.c();\n']]))).toEqual([]);
});
