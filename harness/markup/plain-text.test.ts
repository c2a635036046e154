import { expect, test } from 'vitest';
import { oneLine, plainText } from './plain-text.ts';

test.each([
  ['colours', '\u001b[31mred\u001b[0m', 'red'],
  ['a cursor that moves up and erases', 'a\u001b[2A\u001b[2Kb', 'ab'],
  ['a one-byte sequence', 'a\u009b31mb', 'ab'],
  ['a window title', '\u001b]0;owned\u0007text', 'text'],
  ['a terminal link', '\u001b]8;;https://evil.example\u001b\\text\u001b]8;;\u001b\\', 'text'],
  ['a device string that is never closed', 'a\u001bPq#0;2;0', 'a'],
  ['a reset', 'a\u001bcb', 'ab'],
  ['a lone escape', 'a\u001b', 'a␛'],
  ['NUL and bell', 'a\u0000b\u0007', 'a␀b␇'],
  ['delete', 'a\u007f', 'a␡'],
  ['carriage returns', 'safe\r\nevil\rover', 'safe\nevil\nover'],
  ['bidirectional override', 'a\u202etxt.exe\u202c', 'a‹U+202E›txt.exe‹U+202C›'],
  ['bidirectional isolate', '\u2066x\u2069', '‹U+2066›x‹U+2069›'],
  ['zero-width space', 'pay\u200bpal', 'pay‹U+200B›pal'],
  ['line separator', 'a\u2028b', 'a‹U+2028›b'],
  ['hidden tag letters', 'hi\u{e0041}', 'hi‹U+E0041›'],
  ['half of a surrogate pair', 'a\ud83d', 'a\ufffd'],
  ['a number that is no character', 'a\uffff', 'a\ufffd'],
])('makes %s harmless', (_, text, shown) => {
  expect(plainText(text)).toBe(shown);
});

test.each([
  ['tabs and line breaks', 'a\tb\nc'],
  ['emoji that are joined', '👩‍💻'],
  ['accents, Persian and Hebrew', 'naïve می‌خواهم שלום'],
  ['brackets that look like a sequence', '[31m arr[0]'],
])('leaves %s alone', (_, text) => {
  expect(plainText(text)).toBe(text);
});

test('puts text on one line and cuts it by letters, not by half letters', () => {
  expect(oneLine('  a\n\tb  ')).toBe('a b');
  expect(oneLine('😀😀😀😀', 3)).toBe('😀😀…');
});
