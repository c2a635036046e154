/** The data that the house starts with; everyone gets a copy of their own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function readSeed(name) {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'data', name), 'utf8'));
}
