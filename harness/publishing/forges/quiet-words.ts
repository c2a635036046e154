/** Text for a code host in which nothing is left that a host would obey: closing words before an issue, mentions in titles. */

/** Seen by nobody, and enough to break a word or a reference. */
const BREAK = '\u200b';

const CLOSING_WORDS = [
  ...['close', 'closes', 'closed', 'closing', 'fix', 'fixes', 'fixed', 'fixing'],
  ...['resolve', 'resolves', 'resolved', 'resolving', 'implement', 'implements', 'implemented', 'implementing'],
];

/** In any case; but the key of an issue counts in capitals only. */
const ANY_CASE = CLOSING_WORDS.map((word) =>
  Array.from(word, (letter) => `[${letter}${letter.toUpperCase()}]`).join(''),
);

/**
 * A closing word before an issue: `fixes #1`, `closes: acme/shop#2`, `resolves SHOP-1`. Some hosts look for them in code, too, so
 * that escaping Markdown does not suffice.
 */
const CLOSING = new RegExp(
  String.raw`\b(?=(?:${ANY_CASE.join('|')})\b:?[\s\x60*_([{]{1,10}(?:(?:issues?|tickets?|bugs?)[\s\x60]+)?[\w./:-]{0,80}?(?:[#!]\d|\b[A-Z][A-Z\d_]+-\d|://))([a-zA-Z])`,
  'g',
);

/** The command that repeats a proof reads like a closing word before an issue; it stays a command. */
const COMMAND = /\bmendwright fix ([\w.-]+)/g;

/** Markdown of ours. */
export function quietMarkdown(markdown: string): string {
  return markdown.replaceAll(COMMAND, "mendwright fix '$1'").replaceAll(CLOSING, `$1${BREAK}`);
}

const MOST_LETTERS = 200;

/** One line for a title: nobody is called by it, and nothing is referred to. */
export function quietTitle(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const short = line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS - 1)}…` : line;
  return short
    .replaceAll(/[@#!](?=\w)/g, `$&${BREAK}`)
    .replaceAll('://', `:${BREAK}//`)
    .replaceAll(CLOSING, `$1${BREAK}`);
}

/** For hosts that show HTML as text: the tags that our pages use are taken out. */
export function withoutHtml(markdown: string): string {
  return markdown
    .replaceAll(/<summary>(.*?)<\/summary>/g, '**$1**')
    .replaceAll(/<\/?(?:details|sub)>\n?/g, '')
    .replaceAll('&#8203;', BREAK);
}
