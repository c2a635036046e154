import { expect, test } from 'vitest';
import { readDiff } from './diff-lines.ts';

const CHAIN = `--- a/src/cart.ts
+++ b/src/cart.ts
@@ -7,3 +7,3 @@ function sum(cart) {
 before
-  return cart.total;
+  return cart?.total;
 after
`;

test('numbers deleted lines by the old file and the rest by the new one', () => {
  const [file] = readDiff(CHAIN);

  expect(file).toMatchObject({ file: 'src/cart.ts', isNew: false, inserted: 1, deleted: 1 });
  expect(file?.hunks[0]?.map(({ kind, number }) => [kind, number])).toEqual([
    ['context', 7],
    ['delete', 8],
    ['insert', 8],
    ['context', 9],
  ]);
});

test('marks the words that changed within a line', () => {
  const lines = readDiff(CHAIN)[0]?.hunks[0] ?? [];

  const changed = lines.map(({ parts }) => parts.filter(({ isChanged }) => isChanged).map(({ text }) => text));

  expect(changed).toEqual([[], [], ['?'], []]);
});

test.each([
  ['lines that have little in common', '-one thing\n+quite another sentence\n'],
  ['a different number of lines', '-return a.b;\n+if (a) {\n+return a.b;\n'],
])('marks no words in %s', (_, body) => {
  const lines =
    readDiff(`--- a/x.ts\n+++ b/x.ts\n@@ -1,1 +1,${body.split('\n+').length - 1} @@\n${body}`)[0]?.hunks[0] ?? [];

  expect(lines.length).toBeGreaterThan(1);
  expect(lines.flatMap(({ parts }) => parts.map(({ isChanged }) => isChanged))).toEqual(lines.map(() => false));
});

test('names the file that a patch creates', () => {
  const files = readDiff('--- /dev/null\n+++ b/src/new.ts\n@@ -0,0 +1,1 @@\n+export const a = 1;\n');

  expect(files.map(({ file, isNew, inserted }) => ({ file, isNew, inserted }))).toEqual([
    { file: 'src/new.ts', isNew: true, inserted: 1 },
  ]);
});

test.each(['', 'no diff at all', '--- a/x\n+++ b/x\n'])('reads %j without throwing', (text) => {
  expect(readDiff(text).flatMap(({ hunks }) => hunks.flat())).toEqual([]);
});
