/** Does docs/architecture.md name the folders that there are? */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
/** Folders of code; what is data below them has no line of its own. */
const DEPTHS = [
  ['harness', 2],
  ['test', 1],
] as const;

test('the drawing of the house has one line for each folder, and none for others', () => {
  const page = readFileSync(join(ROOT, 'docs', 'architecture.md'), 'utf8');

  const drawn = [...page.matchAll(/^(?<folder>(?:harness|test)\/\S*)\/ +\S/gm)].map(({ groups }) => groups?.folder);

  const folders = DEPTHS.flatMap(([name, depth]) => foldersBelow(name, depth));
  expect(drawn.toSorted()).toEqual(folders.toSorted());
});

/** `adapters` holds other folders only. */
function foldersBelow(folder: string, depth: number): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  const inner = entries.filter((entry) => entry.isDirectory());
  const deeper = depth === 0 ? [] : inner.flatMap(({ name }) => foldersBelow(`${folder}/${name}`, depth - 1));
  return folder.includes('/') && inner.length < entries.length ? [folder, ...deeper] : deeper;
}
