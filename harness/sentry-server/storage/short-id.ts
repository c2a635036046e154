/** Short ids such as `SHOP-1F`: the project's slug and a counter in Crockford's base 32. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function formatShortId(slug: string, number: number): string {
  let text = '';
  for (let rest = number; rest > 0; rest = Math.floor(rest / 32)) text = (DIGITS[rest % 32] ?? '') + text;
  return `${slug.toUpperCase().replaceAll('_', '-')}-${text || '0'}`;
}

/** Letters that look like a digit count as that digit, and case does not matter. Undefined when it is no short id. */
export function parseShortId(text: string): { slug: string; number: number } | undefined {
  const parts = /^(?<slug>[\w-]{1,100})-(?<number>[0-9A-Z]{1,10})$/i.exec(text)?.groups;
  if (parts?.slug === undefined || parts.number === undefined) return undefined;
  let number = 0;
  for (const letter of parts.number.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1')) {
    const digit = DIGITS.indexOf(letter);
    if (digit < 0) return undefined;
    number = number * 32 + digit;
  }
  return Number.isSafeInteger(number) ? { slug: parts.slug.toLowerCase(), number } : undefined;
}
