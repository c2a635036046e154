/** What customers wrote about a product: one file per product, as the review service exports it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATA } from './seed.ts';

/** Products that nobody has reviewed yet have no file. */
const NONE = { count: 0, average: 0, reviews: [] };

export async function readReviews(slug: string) {
  try {
    return JSON.parse(await readFile(join(DATA, 'reviews', `${slug}.json`), 'utf8'));
  } catch (error) {
    if (isMissingFile(error)) return NONE;
    throw error;
  }
}

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
