import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadFixers } from './load-fixers.ts';

const GOOD = `export const fixer = {
  id: 'add-sugar',
  summary: 'Bitter: add sugar.',
  example: { message: 'bitter', before: 'tea', after: 'tea + sugar' },
  *propose() { yield []; },
};`;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fixers with space-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('finds the package’s own fixers, sorted by id', async () => {
  const ids = (await loadFixers([])).map(({ id }) => id);

  expect(ids).toEqual(ids.toSorted());
  expect(ids).toContain('optional-chain');
});

test('adds those of a folder, and leaves its tests, types and texts alone', async () => {
  writeFileSync(join(folder, 'add-sugar.mjs'), GOOD);
  writeFileSync(join(folder, 'add-sugar.test.mjs'), 'throw new Error("a test was loaded");');
  writeFileSync(join(folder, 'add-sugar.d.ts'), 'throw new Error("types were loaded");');
  writeFileSync(join(folder, 'README.md'), '# Fixers');

  const fixers = await loadFixers([folder]);

  expect(fixers.find(({ id }) => id === 'add-sugar')?.summary).toBe('Bitter: add sugar.');
  expect(fixers).toHaveLength((await loadFixers([])).length + 1);
});

test('keeps all of an example, hunks included', async () => {
  const revert = (await loadFixers([])).find(({ id }) => id === 'revert-hunk');

  expect(revert?.example.hunks).toHaveLength(1);
});

test.each([
  ['it exports no fixer', 'add-sugar.mjs', 'export const other = 1;', /exports no `fixer`/],
  ['its id is not its name', 'add-milk.mjs', GOOD, /its id is add-sugar/],
  ['its id is no name', 'Add.mjs', GOOD.replace('add-sugar', 'Add'), /fixer\.id: must be kebab-case/],
  [
    'it proposes nothing',
    'add-sugar.mjs',
    GOOD.replace('*propose() { yield []; }', 'propose: 3'),
    /fixer\.propose: must be a function/,
  ],
  ['it has no example', 'add-sugar.mjs', GOOD.replace(/ {2}example.*\n/, ''), /fixer\.example: /],
  ['it does not load', 'add-sugar.mjs', 'export const fixer = ;', /does not load/],
  ['its id is taken', 'guard.mjs', GOOD.replace('add-sugar', 'guard'), /there is a fixer guard already/],
])('names the file and what is wrong with it when %s', async (_, name, text, what) => {
  writeFileSync(join(folder, name), text);

  const loading = loadFixers([folder]);

  await expect(loading).rejects.toMatchObject({
    kind: 'usage',
    code: 'fixer-wrong',
    message: expect.stringMatching(what),
  });
  await expect(loading).rejects.toThrow(join(folder, name));
});

test('says that a folder is missing', async () => {
  await expect(loadFixers([join(folder, 'none')])).rejects.toMatchObject({
    kind: 'usage',
    code: 'fixers-folder-missing',
  });
});
