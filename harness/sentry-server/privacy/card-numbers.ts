/** Finds numbers of payment cards in a text: groups of digits of an issuer's length and prefix whose check digit is right. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

const MIN_DIGITS = 13;
const MAX_DIGITS = 19;
/** A card's digits come in at most this many groups. */
const MAX_GROUPS = 6;

/** In order, without overlaps. Each group of digits is tried with at most five that follow, so the time is linear. */
export function cardNumbers(text: string): Span[] {
  const found: Span[] = [];
  const groups: Span[] = [];
  const settle = () => {
    cardsOfRun(text, groups, found);
    groups.length = 0;
  };
  let at = 0;
  while (at < text.length) {
    if (!isDigit(text, at)) {
      at += 1;
      continue;
    }
    let end = at + 1;
    while (isDigit(text, end)) end += 1;
    const last = groups.at(-1);
    const isJoined = last !== undefined && at - last.end === 1 && (text[last.end] === ' ' || text[last.end] === '-');
    if (!isJoined) settle();
    groups.push({ start: at, end });
    at = end;
  }
  settle();
  return found;
}

/** Groups that one blank or dash holds together; a longer chain of them may contain a card. */
function cardsOfRun(text: string, groups: readonly Span[], found: Span[]): void {
  for (let first = 0; first < groups.length; first += 1) {
    const size = groupsOfCard(text, groups, first);
    const [start, end] = [groups[first]?.start, groups[first + size - 1]?.end];
    if (size === 0 || start === undefined || end === undefined) continue;
    found.push({ start, end });
    first += size - 1;
  }
}

/** How many groups from `first` on make a card, the most that do; 0 for none. */
function groupsOfCard(text: string, groups: readonly Span[], first: number): number {
  const { start, end } = groups[first] ?? { start: 0, end: 0 };
  // Printed cards begin with four digits: 4-4-4-4, 4-6-5.
  const sizes = end - start === 4 ? MAX_GROUPS : 1;
  let count = 0;
  let best = 0;
  for (let size = 1; size <= sizes; size += 1) {
    const group = groups[first + size - 1];
    if (group === undefined) break;
    count += group.end - group.start;
    if (count > MAX_DIGITS) break;
    if (count >= MIN_DIGITS && stands(text, start, group.end) && isCard(text.slice(start, group.end))) best = size;
  }
  return best;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

/** Digits inside a word, an id or a decimal number are no card. */
function stands(text: string, start: number, end: number): boolean {
  if (start > 0 && /[\w.]/.test(text.charAt(start - 1))) return false;
  const after = text.charAt(end);
  return !/\w/.test(after) && !(after === '.' && isDigit(text, end + 1));
}

/** Visa, Mastercard, American Express, Discover, Diners Club, JCB, Maestro. */
const ISSUERS =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|(?:5018|5020|5038|6304|6759|676[1-3])\d{9,15})$/;

function isCard(written: string): boolean {
  const digits = written.replaceAll(/[ -]/g, '');
  if (!ISSUERS.test(digits)) return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 0x30;
    const counted = index % 2 === 0 ? digit : digit * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}
