import { expect, test } from 'vitest';
import { colourCode } from '../../review/colour-code.ts';
import { type ColourLines, formatDiff } from './diff-view.ts';

const DIFF = `--- a/src/cart.ts
+++ b/src/cart.ts
@@ -1,4 +1,5 @@
 const a = 1;
-return a.b;
-old();
+return a?.b;
 // end
+more('<b>');
`;

/** The text of each row's cells, without signs and numbers. */
function cells(html: string): string[][] {
  return html
    .split('<div class="split">')
    .slice(1)
    .map((row) =>
      row
        .split('<div class="line ')
        .slice(1)
        .map((cell) => textOf(cell.split('class="text">')[1] ?? '')),
    );
}
const textOf = (markup: string): string =>
  markup
    .split('</div>')[0]
    ?.replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'") ?? '';

test('puts deleted lines beside the inserted ones that follow, and nothing beside what has no fellow', () => {
  expect(cells(formatDiff(DIFF, { form: 'split' }).toString())).toEqual([
    ['const a = 1;', 'const a = 1;'],
    ['return a.b;', 'return a?.b;'],
    ['old();', ''],
    ['// end', '// end'],
    ['', "more('<b>');"],
  ]);
});

test.each([
  ['a keyword', 'src/cart.ts', '<span class="code-keyword">return</span>'],
  ['a comment', 'src/cart.ts', '<span class="code-comment">// end</span>'],
  ['a string, escaped', 'src/cart.ts', '<span class="code-string">&#39;&lt;b&gt;&#39;</span>'],
])('colours %s', (_, file, seen) => {
  expect(formatDiff(DIFF.replaceAll('src/cart.ts', file), { colour: colourCode }).toString()).toContain(seen);
});

test('a language that nobody knows stays as it is', () => {
  const diff = DIFF.replaceAll('cart.ts', 'cart.cobol');

  expect(formatDiff(diff, { colour: colourCode }).toString()).toBe(formatDiff(diff).toString());
});

test.each([
  ['a.py', 'def f():', 'keyword'],
  ['a.vue', '<b class="x">', 'type'],
  ['a.css', '/* x */', 'comment'],
  ['a.tsx', 'const a = <b>{1}</b>;', 'type'],
  ['a.json', '{"a": 12}', 'number'],
])('knows the language of %s', (file, line, kind) => {
  expect(colourCode(file, [line])[0]?.map((piece) => piece.kind)).toContain(kind);
});

test('whatever is coloured, the text stays the same', () => {
  const halves: ColourLines = (_, lines) =>
    lines.map((line) => [
      { text: line.slice(0, 3), kind: 'x' },
      { text: line.slice(3), kind: '' },
    ]);
  const plain = formatDiff(DIFF)
    .toString()
    .replaceAll(/<\/?(?:span class="code-x"|ins|del)>|<\/span>/g, '');
  const coloured = formatDiff(DIFF, { colour: halves }).toString();

  expect(coloured).toContain('code-x');
  expect(coloured.replaceAll(/<\/?(?:span class="code-x"|ins|del)>|<\/span>/g, '')).toBe(plain);
});
