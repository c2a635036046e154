import { expect, test } from 'vitest';
import { parseEnvelope } from './parse-envelope.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function payloads(text: string): string[] | string {
  const parsed = parseEnvelope(bytes(text));
  if (parsed.kind === 'invalid') return parsed.why;
  return parsed.envelope.items.map((item) => new TextDecoder().decode(item.payload));
}

test.each([
  ['an item without length ends at its line', '{}\n{"type":"a"}\none\n{"type":"b"}\ntwo', ['one', 'two']],
  [
    'a length may cover line breaks',
    '{}\n{"type":"a","length":5}\na\nb\nc\n{"type":"b","length":1}\nx\n',
    ['a\nb\nc', 'x'],
  ],
  ['a length of nothing', '{}\n{"type":"a","length":0}\n\n{"type":"b"}\nx', ['', 'x']],
  ['a header alone', '{}', []],
  ['empty lines between items', '{}\n\n{"type":"a"}\nx\n\n', ['x']],
  ['a length counts bytes, not letters', '{}\n{"type":"a","length":4}\n\u{1F642}\n', ['\u{1F642}']],
  ['a payload shorter than its length', '{}\n{"type":"a","length":9}\nx', 'item 1 is shorter than its length'],
  ['a length that ends inside a line', '{}\n{"type":"a","length":1}\nxyz\n', 'item 1 is shorter than its length'],
  ['a header that is no object', '5\n', 'the header is no JSON object'],
  ['an item header without type', '{}\n{"length":1}\nx', 'the header of item 1 is malformed'],
  ['an item header of a negative length', '{}\n{"type":"a","length":-1}\nx', 'the header of item 1 is malformed'],
])('%s', (_, text, expected) => {
  expect(payloads(text)).toEqual(expected);
});
