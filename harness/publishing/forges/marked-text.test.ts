import { expect, test } from 'vitest';
import { hashOf, type Marks, readMarked, replaceMarked, writeMarked } from './marked-text.ts';

const MARKS: Marks = { kind: 'proposal', title: hashOf('fix: it'), evidence: 'e'.repeat(16), isReady: true };

test.each([
  ['comments', true],
  ['definitions of links', false],
])('reads what it wrote, in %s', (_, showsHtml) => {
  const body = writeMarked('A page.\n\nWith parts.', MARKS, showsHtml);

  expect(readMarked(body)).toEqual({
    ...MARKS,
    ...{ text: 'A page.\n\nWith parts.', before: '', after: '', isEdited: false },
  });
  expect(body.includes('<!--')).toBe(showsHtml);
});

test('other ends of lines are no edit, and another word is one', () => {
  const body = writeMarked('A page.  \nWith parts.', MARKS, true);

  expect(readMarked(body.replaceAll('\n', '\r\n'))?.isEdited).toBe(false);
  expect(readMarked(body.replace('parts', 'words'))?.isEdited).toBe(true);
});

test.each([
  ['the beginning', (body: string) => body.slice(body.indexOf('\n'))],
  ['the end', (body: string) => body.slice(0, body.lastIndexOf('\n'))],
  ['everything', () => 'Something else.'],
])('is not ours where %s of it is gone', (_, change) => {
  expect(readMarked(change(writeMarked('A page.', MARKS, true)))).toBeUndefined();
});

test('keeps what people wrote around it', () => {
  const marked = readMarked(`Before.\n\n${writeMarked('Old.', MARKS, true)}\n\nAfter.`);
  if (marked === undefined) throw new Error('not read');

  const body = replaceMarked(marked, writeMarked('New.', MARKS, true));

  expect(body).toMatch(/^Before\.\n\n<!-- [\s\S]*New\.[\s\S]* -->\n\nAfter\.$/);
  expect(readMarked(body)).toMatchObject({ text: 'New.', isEdited: false });
});

test('a mark within the text does not end it', () => {
  const body = writeMarked('A page.\n<!-- mendwright:end -->\nMore.', MARKS, true);

  expect(readMarked(body)).toMatchObject({ isEdited: false, after: '', text: expect.stringMatching(/More\.$/) });
});
