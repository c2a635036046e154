/** Looks a stranger's word up in a table of ours: `constructor` and `__proto__` are no entries of any. */
export function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
