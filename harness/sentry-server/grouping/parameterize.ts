/** Replaces what varies in a message (ids, addresses, numbers …) by its kind, so that messages group. */

const TLDS =
  'com|net|org|edu|gov|io|dev|app|co|uk|de|fr|es|it|nl|pl|se|ch|at|be|jp|cn|ru|br|au|ca|us|eu|info|biz|xyz|cloud|local';
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const DAY = '(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*';

/** In the order in which they are tried at each position. */
const KINDS: readonly (readonly [kind: string, pattern: string])[] = [
  ['email', String.raw`[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}`],
  ['url', String.raw`\b(?:https?|wss?|ftp|file|ftps|sftp|rtsp)://[^\s"'<>()\[\]{}]{1,2000}`],
  ['hostname', String.raw`\b(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}(?:${TLDS})\b(?![\w.(])`],
  [
    'ip',
    String.raw`(?<![\w:.])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}|::1|(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?!\w))(?![\w]|:[0-9a-f]{0,4}:)`,
  ],
  ['traceparent', String.raw`\b(?:00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]|[0-9a-f]{32}-[0-9a-f]{16}(?:-[01])?)\b`],
  ['uuid', String.raw`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`],
  ['sha1', String.raw`\b[0-9a-f]{40}\b`],
  ['md5', String.raw`\b[0-9a-f]{32}\b`],
  [
    'date',
    String.raw`\b(?:\d{4}-[01]\d-[0-3]\d(?:[t ][0-2]\d:[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?(?: ?(?:z|[+-][0-2]\d:?[0-5]\d))?)?|${DAY},? (?:\d{1,2} ${MONTH}|${MONTH} \d{1,2}),? \d{2,4}(?: \d{1,2}:\d{2}(?::\d{2})?)?(?: (?:gmt|utc)?(?:[+-]\d{4})?)?|${MONTH} \d{1,2},? \d{4}|[0-2]?\d:[0-5]\d:[0-5]\d(?:[.,]\d{1,9})?)(?![\w:])`,
  ],
  ['duration', String.raw`\b\d{1,16}(?:\.\d{1,9})?(?:ms|s)\b`],
  ['swift_txn_id', String.raw`\btx[0-9a-f]{21}-[0-9a-f]{10}(?:[\w-]{0,64})?`],
  [
    'hex',
    String.raw`\b(?:0x[0-9a-f]{1,128}|(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)(?:[0-9a-f]{4}|[0-9a-f]{5}|[0-9a-f]{6})|[0-9a-f]{8,128})\b`,
  ],
  ['git_sha', String.raw`\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{7}\b`],
  ['float', String.raw`(?:-|\b)\d{1,32}\.\d{1,32}\b`],
  ['int', String.raw`(?:-|\b)\d{1,7}\b`],
  ['quoted_str', `(?<==)(?:'[^']{0,256}'|"[^"]{0,256}")`],
  ['bool', String.raw`(?<==)(?:true|false)\b`],
];

const ANY = new RegExp(KINDS.map(([kind, pattern]) => `(?<${kind}>${pattern})`).join('|'), 'giu');

/** Longer texts stay as they are: the expression's cost must have a bound. */
const MAX_CHARS = 8192;

export function parameterize(text: string): string {
  if (text.length > MAX_CHARS) return text;
  return text.replace(ANY, (found: string, ...rest: unknown[]) => {
    const groups = rest.at(-1);
    if (typeof groups !== 'object' || groups === null) return found;
    const kind = Object.entries(groups).find(([, value]) => value !== undefined)?.[0];
    return kind === undefined ? found : `<${kind}>`;
  });
}

/** The first two lines that say something. */
export function groupableMessage(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const head = lines.slice(0, 2).join('\n');
  return parameterize(lines.length > 2 ? `${head}...` : head);
}
