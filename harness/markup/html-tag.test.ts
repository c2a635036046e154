import { expect, test } from 'vitest';
import { type Hole, html } from './html-tag.ts';

test.each<[string, Hole, string]>([
  ['text', '<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
  ['quotes', `" onclick='x'`, '<p>&quot; onclick=&#39;x&#39;</p>'],
  ['an entity', '&lt;', '<p>&amp;lt;</p>'],
  ['control characters', 'a\u0000\u202eb', '<p>a␀‹U+202E›b</p>'],
  ['a number', 3, '<p>3</p>'],
  ['nothing', undefined, '<p></p>'],
  ['what is left out', false, '<p></p>'],
  ['markup of its own', html`<b>${'<'}</b>`, '<p><b>&lt;</b></p>'],
  ['a list', ['<', html`<i></i>`, false], '<p>&lt;<i></i></p>'],
])('fills a hole with %s', (_, hole, shown) => {
  expect(html`<p>${hole}</p>`.toString()).toBe(shown);
});

test('takes no look-alike for markup', () => {
  const lookalike = JSON.parse('{"toString":"<b>","html":"<b>"}');

  expect(() => html`${lookalike}`).toThrow(TypeError);
});
