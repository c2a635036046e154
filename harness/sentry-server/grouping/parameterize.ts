/** Replaces what varies in a message (ids, addresses, numbers …) by its kind, so that messages group. */
import { PARAMETER_KINDS } from './parameter-kinds.ts';

const ANY = new RegExp(PARAMETER_KINDS.map(([, pattern]) => `(${pattern})`).join('|'), 'g');
const PLACEHOLDERS = PARAMETER_KINDS.map(([name]) => `<${name}>`);

/** No kind does without a digit, one of these signs, or eight letters that may be hexadecimal. */
const MAY_VARY = /[\d@.:=]|[a-f]{8}|[A-F]{8}/;

/** Longer texts stay as they are: the expression's cost must have a bound. */
const MAX_CHARS = 8192;

export function parameterize(text: string): string {
  if (text.length > MAX_CHARS || !MAY_VARY.test(text)) return text;
  return text.replace(ANY, (found: string, ...groups: unknown[]) => {
    const kind = groups.findIndex((group) => group !== undefined);
    return PLACEHOLDERS[kind] ?? found;
  });
}

/** The first two lines that say something, without what varies; `...` stands for whatever was left out. */
export function groupableMessage(text: string): string {
  if (!LINE_BREAK.test(text)) return text.trim() === '' ? '' : parameterize(text);
  const head = text
    .split(LINE_BREAK)
    .filter((line) => line.trim() !== '')
    .slice(0, 2)
    .join('\n');
  return parameterize(head === text ? head : `${head}...`);
}

/** Where Python's `splitlines` breaks, whose lines these are. */
const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
