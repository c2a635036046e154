/** Wildcards of searches: `*` stands for anything, `\*` for a star. */

/** The texts between the wildcards; one text where there is none. */
export function betweenWildcards(value: string): readonly [string, ...string[]] {
  const [first = '', ...rest] = value.split(/(?<!\\)\*/).map((text) => text.replaceAll('\\*', '*'));
  return [first, ...rest];
}

export function hasWildcard(value: string): boolean {
  return betweenWildcards(value).length > 1;
}

/** For `LIKE … ESCAPE '\'`. */
export function likePattern(value: string): string {
  return betweenWildcards(value)
    .map((text) => text.replaceAll(/[\\%_]/g, String.raw`\$&`))
    .join('%');
}

/** Whether the text is what the pattern means, whatever the case. */
export function matchesPattern(pattern: string, text: string): boolean {
  const [first, ...rest] = betweenWildcards(pattern.toLowerCase());
  const last = rest.pop();
  const whole = text.toLowerCase();
  if (last === undefined) return whole === first;
  if (!whole.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = whole.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return whole.length - last.length >= at && whole.endsWith(last);
}
