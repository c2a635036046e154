/** The form of JSON data: which type stands where, and nothing of the data itself. */

const MOST_PATHS = 300;
const MOST_ITEMS = 50;
const DEEPEST = 6;

/** Types by path, `$` for the whole; keys that look like data (ids, dates) are one key `{}`. */
export function shapeOf(value: unknown): Record<string, string> {
  const types = new Map<string, Set<string>>();
  const visit = (one: unknown, path: string, depth: number): void => {
    const known = types.get(path);
    if (known === undefined && types.size >= MOST_PATHS) return;
    types.set(path, (known ?? new Set()).add(typeOf(one)));
    if (depth >= DEEPEST || typeof one !== 'object' || one === null) return;
    if (Array.isArray(one)) {
      for (const item of one.slice(0, MOST_ITEMS)) visit(item, `${path}[]`, depth + 1);
      return;
    }
    for (const [key, member] of Object.entries(one)) visit(member, `${path}.${isName(key) ? key : '{}'}`, depth + 1);
  };
  visit(value, '$', 0);
  return Object.fromEntries([...types].map(([path, seen]) => [path, [...seen].sort().join('|')]));
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function isName(key: string): boolean {
  return /^[A-Za-z_$][\w$-]{0,40}$/.test(key) && !/\d{4}|[\da-f]{12}/i.test(key);
}
