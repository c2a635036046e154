/** Text of strangers made fit for JSON that a terminal shows, and for Markdown. */
import { oneLine, plainText, UNSEEN } from '../markup/plain-text.ts';

/** JSON text in which what a terminal might obey is written as an escape; it still parses to the same value. */
export function quietJson(value: unknown): string {
  const escaped = (letter: string): string =>
    Array.from(
      { length: letter.length },
      (_, unit) => `\\u${letter.charCodeAt(unit).toString(16).padStart(4, '0')}`,
    ).join('');
  return JSON.stringify(value, null, 2)
    .replaceAll(/[\u007f-\u009f]/g, escaped)
    .replaceAll(UNSEEN, escaped);
}

/** For prose in Markdown: no emphasis, link, image, HTML, table cell, mention, reference or automatic link comes of it. */
export function markdownText(text: string): string {
  return oneLine(text, 1_000)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~$]/g, '\\$&')
    .replaceAll(/^([-+]|\d+[.)])(?=\s)/g, '\\$1')
    .replaceAll(/[@#](?=\w)/g, '$&&#8203;')
    .replaceAll('://', ':&#8203;//')
    .replaceAll(/\bwww\./gi, (www) => `${www.slice(0, 3)}&#8203;.`)
    .replaceAll(/\b(mailto|xmpp):/gi, '$1&#8203;:');
}

/** For names and messages in Markdown: one code span whose fence is longer than any run of backticks in it. */
export function markdownCode(text: string, limit = 300): string {
  const line = oneLine(text, limit).replaceAll('|', '\\|');
  if (line === '') return '';
  const fence = '`'.repeat(longestRun(line) + 1);
  const gap = /^`|`$/.test(line) ? ' ' : '';
  return `${fence}${gap}${line}${gap}${fence}`;
}

/** A fenced block of Markdown that its text cannot close. */
export function markdownBlock(text: string, language: string): string {
  const plain = plainText(text).trimEnd();
  const fence = '`'.repeat(Math.max(3, longestRun(plain) + 1));
  return `${fence}${language}\n${plain}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
