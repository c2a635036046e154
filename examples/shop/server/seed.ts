/** Reads the data that the shop starts with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const DATA = join(import.meta.dirname, 'data');

export function readSeed(name: string) {
  return JSON.parse(readFileSync(join(DATA, name), 'utf8'));
}
