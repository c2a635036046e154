/** Text of strangers made fit to be shown: whatever would steer a terminal, a page or a reader's eye is removed or made visible. */

/** Escape sequences of terminals: CSI, then those that carry a string (titles, links), then the short ones. */
const ESCAPE_SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes.
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it shows.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * What changes the order or the look of its neighbours without being seen: bidirectional controls, zero-width and other
 * invisible letters, separators that only some readers take for a line's end, and the tag letters used to hide text.
 * The joiners U+200C and U+200D stay: scripts and emoji need them.
 */
export const UNSEEN =
  /\u034f|[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Half of a surrogate pair: no encoding can write it. */
const HALF_LETTER = /\p{Surrogate}/gu;

const NOT_A_CHARACTER = /[\ufdd0-\ufdef\ufffe\uffff]/g;

/** Line breaks (as `\n`) and tabs stay; control characters become pictures (`␀`), unseen letters their number (`‹U+202E›`). */
export function plainText(text: string): string {
  return text
    .replaceAll(HALF_LETTER, '\ufffd')
    .replaceAll(ESCAPE_SEQUENCE, '')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(CONTROL, picture)
    .replaceAll(UNSEEN, number)
    .replaceAll(NOT_A_CHARACTER, '\ufffd');
}

/** The same on one line, cut with `…` to at most `limit` characters. */
export function oneLine(text: string, limit = 500): string {
  const line = plainText(text.slice(0, limit * 8))
    .replaceAll(/\s+/g, ' ')
    .trim();
  const letters = Array.from(line);
  return letters.length <= limit ? line : `${letters.slice(0, limit - 1).join('')}…`;
}

function picture(letter: string): string {
  const code = letter.charCodeAt(0);
  if (code === 0x7f) return '\u2421';
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : number(letter);
}

function number(letter: string): string {
  return `‹U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`;
}
