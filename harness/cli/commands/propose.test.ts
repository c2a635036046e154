import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { propose } from './propose.ts';

const ERROR = "Uncaught TypeError: Cannot read properties of undefined (reading 'total')";

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'propose-'));
  mkdirSync(join(cwd, 'src'));
  mkdirSync(join(cwd, 'node_modules'));
  writeFileSync(join(cwd, 'src/cart.ts'), 'const sum = order.cart.total;\nshow(sum, order?.id);\n');
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

test('ranks candidates as diffs relative to the folder, best first', async () => {
  const { data, text } = await propose({ error: ERROR, at: 'src/cart.ts:1:24', limit: 40, cwd });

  expect(data.candidates[0]).toMatchObject({
    fixer: 'optional-chain',
    title: 'read order.cart only where it is there',
  });
  expect(data.candidates[0]?.diff).toContain(
    '+++ b/src/cart.ts\n@@ -1,2 +1,2 @@\n-const sum = order.cart.total;\n+const sum = order.cart?.total;\n',
  );
  expect(data.candidates.map(({ score }) => score)).toEqual(
    data.candidates.map(({ score }) => score).toSorted((a, b) => b - a),
  );
  expect(text).toContain('1. read order.cart only where it is there (optional-chain, ');
});

test('cuts at the limit', async () => {
  const { data } = await propose({ error: ERROR, at: 'src/cart.ts:1', limit: 1, cwd });

  expect(data.candidates).toHaveLength(1);
});

test('looks into other files for a name, but not into packages', async () => {
  writeFileSync(join(cwd, 'src/pad.ts'), 'export function show() {}\n');
  writeFileSync(join(cwd, 'node_modules/pad.ts'), 'export function show() {}\n');

  const { data } = await propose({ error: 'ReferenceError: show is not defined', at: 'src/cart.ts:2', limit: 40, cwd });

  expect(data.candidates.map(({ title }) => title)).toEqual(['import show from ./pad.ts']);
});

test('chooses by the values that were seen', async () => {
  writeFileSync(join(cwd, 'src/list.ts'), "export const line = (row) => row.skills.join(', ');\n");
  writeFileSync(join(cwd, 'seen.json'), '{ "row": { "skills": "film" } }');
  const asked = { error: 'TypeError: row.skills.join is not a function', at: 'src/list.ts:1:42', limit: 1, cwd };

  const blind = await propose(asked);
  const seeing = await propose({ ...asked, values: 'seen.json' });

  expect(blind.data.candidates[0]?.diff).toContain('row.skills : [])');
  expect(seeing.data.candidates[0]?.diff).toContain('row.skills : [row.skills])');
});

test('asks fixers of one’s own, as the page on them says', async () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'writing-a-fixer.md'), 'utf8');
  const fixer = /```js\n(import \{ defineFixer \}[\s\S]*?)```/.exec(page)?.[1] ?? '';
  mkdirSync(join(cwd, 'fixers'));
  const face = new URL('../../kit/fixer.ts', import.meta.url).href;
  writeFileSync(join(cwd, 'fixers/known-codes.mjs'), fixer.replace("'mendwright'", `'${face}'`));
  writeFileSync(
    join(cwd, 'mendwright.config.mjs'),
    "export default { app: { start: 'true', sources: ['src/**'] }, fixers: { paths: ['./fixers'] } };\n",
  );
  writeFileSync(join(cwd, 'src/stock.js'), "const part = stock.find('K-17');\n");

  const { data } = await propose({ error: 'Error: Unknown code K-17', at: 'src/stock.js:1', limit: 5, cwd });

  expect(data.candidates).toMatchObject([{ fixer: 'known-codes', title: 'ask for the successor of K-17' }]);
  expect(data.candidates[0]?.diff).toContain("+const part = stock.find(successorOf('K-17'));");
});

test.each([
  [
    'as it was printed',
    'RangeError: Invalid time value\n    at stamp (src/stamp.ts:1:40)\n    at print (http://app/src/print.ts:2:10)\n',
  ],
  ['as JSON', '[{ "file": "src/stamp.ts", "line": 1 }, { "file": "src/print.ts", "line": 2, "column": 10 }]'],
])('asks the callers on a stack, %s', async (_, stack) => {
  writeFileSync(join(cwd, 'src/stamp.ts'), 'export const stamp = (on) => new Date(on).toISOString();\n');
  writeFileSync(
    join(cwd, 'src/print.ts'),
    'export function print(order) {\n  return [stamp(order.paidOn), stamp(order.madeOn)];\n}\n',
  );
  writeFileSync(join(cwd, 'stack.txt'), stack);

  const { data } = await propose({
    error: 'RangeError: Invalid time value',
    at: 'src/stamp.ts:1:40',
    stack: 'stack.txt',
    limit: 9,
    cwd,
  });

  expect(data.candidates.map(({ title }) => title)).toContain('use order.madeOn where order.paidOn is missing');
});

test.each([
  ['a stack that is not there', { stack: 'none.txt' }, 'file-missing'],
  ['values that are no JSON', { values: 'src/cart.ts' }, 'told-wrong'],
  ['values that are no object', { values: 'list.json' }, 'told-wrong'],
  ['frames without a file', { stack: 'list.json' }, 'told-wrong'],
])('refuses %s', async (_, told, code) => {
  writeFileSync(join(cwd, 'list.json'), '[3]');

  await expect(propose({ error: ERROR, at: 'src/cart.ts:1', limit: 1, cwd, ...told })).rejects.toMatchObject({ code });
});

test('says when nobody has an idea', async () => {
  const { data, text } = await propose({ error: 'Payment declined', at: 'src/cart.ts:1', limit: 40, cwd });

  expect(data.candidates).toEqual([]);
  expect(text).toBe('No fixer has an idea for this error at this place.');
});

test.each([
  ['a place without a line', 'src/cart.ts', 'place-wrong', /--at src\/cart\.ts is no FILE:LINE/],
  ['a line that is none', 'src/cart.ts:0', 'place-wrong', /is no FILE:LINE/],
  ['a line behind the end', 'src/cart.ts:99', 'place-wrong', /src\/cart\.ts has no line 99/],
  ['a file that is not there', 'src/none.ts:1', 'file-missing', /no file src\/none\.ts/],
  ['a folder', 'src:1', 'file-missing', /no file src /],
  ['a file outside', '../outside.ts:1', 'file-missing', /no file \.\.\/outside\.ts/],
])('refuses %s', async (_, at, code, message) => {
  const proposing = propose({ error: ERROR, at, limit: 40, cwd });

  await expect(proposing).rejects.toMatchObject({ kind: 'usage', code, message: expect.stringMatching(message) });
});

test('refuses an error that says nothing', async () => {
  await expect(propose({ error: ' ', at: 'src/cart.ts:1', limit: 40, cwd })).rejects.toMatchObject({
    code: 'error-missing',
  });
});
