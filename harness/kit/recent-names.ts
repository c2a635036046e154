/** Names that recent changes or the values at the throw speak of. */
import { isRecord } from '../model/is-record.ts';
import type { FixerSuspect } from './fixer.ts';
import { nearestNames } from './similar-names.ts';

const MOST = 4;

/** Names that a recent hunk put in the place of this one, most alike first. */
export function renamesOf({ hunks }: FixerSuspect, name: string): string[] {
  const found: string[] = [];
  for (const { oldLines, newLines } of hunks) {
    const [before, after] = [wordsOf(oldLines), wordsOf(newLines)];
    if (!before.has(name) || after.has(name)) continue;
    const brought = [...after].filter((word) => !before.has(word));
    found.push(...nearestNames(name, brought, 0.2), ...(brought.length === 1 ? brought : []));
  }
  return [...new Set(found)].slice(0, MOST);
}

function wordsOf(lines: readonly string[]): Set<string> {
  return new Set(lines.join('\n').match(/[A-Za-z_$][\w$]*/g));
}

/** Keys of object literals that recent hunks added. */
export function broughtKeys({ hunks }: FixerSuspect): string[] {
  const added = hunks.flatMap(({ newLines, oldLines }) => {
    const before = keysIn(oldLines);
    return [...keysIn(newLines)].filter((key) => !before.has(key));
  });
  return [...new Set(added)].slice(0, MOST);
}

function keysIn(lines: readonly string[]): Set<string> {
  const found = lines.join('\n').matchAll(/(?<=[{,]\s*)([A-Za-z_$][\w$]*)(?=\s*[:,}])/g);
  return new Set([...found].map(([, key = '']) => key));
}

/** Keys of a value that somebody saw at the throw; none where nobody saw it. */
export function keysSeen({ values }: FixerSuspect, path: string | undefined): string[] {
  if (path === undefined) return [];
  let value: unknown = values;
  for (const part of path.split('.')) value = isRecord(value) ? value[part] : undefined;
  return isRecord(value) ? Object.keys(value) : [];
}
