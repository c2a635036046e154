/** Takes secrets out of a text: card numbers, private keys, bearer tokens, basic auth in URLs, `password=…`. Linear in its length. */
import { cardNumbers, type Span } from './card-numbers.ts';
import { literal, type NameVerdict, plainName, SENSITIVE_NAMES } from './sensitive-names.ts';

export const FILTERED = '[Filtered]';

export type Rule =
  | '@password:filter'
  | '@creditcard:filter'
  | '@pemkey:filter'
  | '@bearer:replace'
  | '@urlauth:replace'
  | '@ip:remove'
  | 'strip-fields';

export interface ScrubbedText {
  readonly text: string;
  /** Empty where nothing was found. */
  readonly rules: readonly Rule[];
}

export interface TextScrubber {
  /** For messages: shapes of secrets alone. */
  message(text: string): ScrubbedText;
  /** For fields: also the values of sensitive names inside the text, and whole texts that hold one of the server's own. */
  field(text: string): ScrubbedText;
}

/** One look that most texts pass; only then the rules are asked one by one. */
const SHAPES = String.raw`\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d|bearer\s|PRIVATE KEY|:\/\/[^\s/?#@:]*:[^\s/?#]*@`;

export function textScrubber(
  sensitiveFields: readonly string[],
  judgeName: (name: string) => NameVerdict,
): TextScrubber {
  const own = sensitiveFields.map((name) => literal(name.toLowerCase()));
  const names = [...SENSITIVE_NAMES, ...SENSITIVE_NAMES.filter((name) => name.includes('_')).map(dashed)].map(literal);
  const suspicious = new RegExp(SHAPES, 'i');
  const named = new RegExp([...names, ...own].join('|'), 'gi');
  const forbidden = own.length === 0 ? undefined : new RegExp(own.join('|'), 'i');
  const message = (text: string): ScrubbedText => {
    if (text.length < 8 || !suspicious.test(text)) return { text, rules: NONE };
    const rules: Rule[] = [];
    let rest = text;
    for (const [rule, scrub] of SHAPE_RULES) {
      const next = scrub(rest);
      if (next !== rest) rules.push(rule);
      rest = next;
    }
    return { text: rest, rules };
  };
  const field = (text: string): ScrubbedText => {
    if (forbidden?.test(text)) return { text: FILTERED, rules: ['strip-fields'] };
    const shaped = message(text);
    const rest = scrubPairs(shaped.text, named, judgeName);
    return rest === shaped.text ? shaped : { text: rest, rules: [...shaped.rules, '@password:filter'] };
  };
  return { message: remembering(message), field: remembering(field) };
}

const NONE: readonly Rule[] = [];

/** Enough for the addresses, headers and names that come with every event of an app. */
const KNOWN = 4000;
const KNOWN_CHARS = 200;

/** Most texts hold no secret and come again with the next event: those are not looked at twice. */
function remembering(scrub: (text: string) => ScrubbedText): (text: string) => ScrubbedText {
  const clean = new Set<string>();
  return (text) => {
    if (clean.has(text)) return { text, rules: NONE };
    const scrubbed = scrub(text);
    if (scrubbed.rules.length > 0 || text.length > KNOWN_CHARS) return scrubbed;
    if (clean.size >= KNOWN) clean.clear();
    clean.add(text);
    return scrubbed;
  };
}

const SHAPE_RULES: readonly [Rule, (text: string) => string][] = [
  ['@pemkey:filter', scrubPrivateKeys],
  // A URL's user and password, up to the last @ before its path.
  ['@urlauth:replace', (text) => text.replaceAll(/:\/\/[^\s/?#@:]*:[^\s/?#]*@/g, `://${FILTERED}@`)],
  ['@bearer:replace', (text) => text.replaceAll(/\b(bearer)\s+([\w.~+/=-]+)/gi, bearer)],
  ['@creditcard:filter', (text) => withoutSpans(text, cardNumbers(text))],
];

/** "bearer authentication" is a word; a token is long or has a digit. */
function bearer(whole: string, scheme: string, token: string): string {
  return token.length >= 20 || (token.length >= 6 && /\d/.test(token)) ? `${scheme} ${FILTERED}` : whole;
}

const PEM_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const PEM_END = 'PRIVATE KEY';

/** A key that is cut off before its end is filtered to the end of the text. */
function scrubPrivateKeys(text: string): string {
  const spans: Span[] = [];
  let end = 0;
  for (const { 0: begin, index } of text.matchAll(PEM_BEGIN)) {
    if (index < end) continue;
    const closing = text.indexOf('-----END ', index + begin.length);
    const name = closing < 0 ? -1 : text.indexOf(PEM_END, closing);
    const dashes = name < 0 ? -1 : text.indexOf('-----', name);
    end = dashes < 0 ? text.length : dashes + 5;
    spans.push({ start: index, end });
  }
  return withoutSpans(text, spans);
}

function withoutSpans(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  let rest = '';
  let at = 0;
  for (const { start, end } of spans) {
    rest += text.slice(at, start) + FILTERED;
    at = end;
  }
  return rest + text.slice(at);
}

/** The rest of a name, its closing quote or bracket, and what stands between it and its value. All bounded. */
const ASSIGNED =
  /(?<rest>[\w.$-]{0,64})(?<close>(?:\\?["'\]]|%5D){0,2})\s{0,8}(?<sign>[:=]|%3D|=>)\s{0,8}(?<open>\\?["']|)/iy;
/** After these a colon alone assigns; "Unexpected token: x" is prose. */
const SPOKEN = /password|passwd|authorization|cookie|api[_-]?key/i;
const WHOLE_LINE = /authorization|cookie/i;

/** Goes forward only: after a name it looks for the end of its value, and goes on behind it. */
function scrubPairs(text: string, names: RegExp, judgeName: (name: string) => NameVerdict): string {
  names.lastIndex = 0;
  const spans: Span[] = [];
  for (let match = names.exec(text); match !== null; match = names.exec(text)) {
    ASSIGNED.lastIndex = names.lastIndex;
    const pair = ASSIGNED.exec(text)?.groups;
    if (pair === undefined) continue;
    const start = ASSIGNED.lastIndex;
    const name = `${nameBefore(text, match.index)}${match[0]}${pair.rest}`;
    const isAssigned = pair.sign !== ':' || pair.close !== '' || SPOKEN.test(name);
    if (!isAssigned || judgeName(plainName(name)) === 'safe') continue;
    const end = valueEnd(text, start, { quote: pair.open ?? '', isLine: WHOLE_LINE.test(name) && pair.sign === ':' });
    if (end > start && !text.startsWith(FILTERED, start)) spans.push({ start, end });
    names.lastIndex = Math.max(end, names.lastIndex);
  }
  return withoutSpans(text, spans);
}

function nameBefore(text: string, index: number): string {
  return /[\w.$-]*$/.exec(text.slice(Math.max(0, index - 64), index))?.[0] ?? '';
}

function valueEnd(text: string, start: number, { quote, isLine }: { quote: string; isLine: boolean }): number {
  if (quote !== '') return quotedEnd(text, start, quote);
  // A list is a value; the fields of an object are looked at by themselves.
  if (text[start] === '[') return endOr(text, text.indexOf(']', start), 1);
  if (text[start] === '{') return start;
  const stop = isLine ? /[\r\n"']/g : /[\s&;,"'<>)}\\]/g;
  stop.lastIndex = start;
  return stop.exec(text)?.index ?? text.length;
}

/** An escaped quote closes what an escaped one opened; inside plain quotes it is part of the value. */
function quotedEnd(text: string, start: number, quote: string): number {
  let at = text.indexOf(quote, start);
  while (quote.length === 1 && at > start && text[at - 1] === '\\') at = text.indexOf(quote, at + 1);
  return endOr(text, at, 0);
}

function endOr(text: string, at: number, more: number): number {
  return at < 0 ? text.length : at + more;
}

function dashed(name: string): string {
  return name.replaceAll('_', '-');
}
