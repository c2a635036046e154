/** Every report of one whole night against its kept copy; `UPDATE_GOLDEN=1 npx vitest run test/golden` writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { GOLDEN, REPORTS, readGolden } from './read-golden.ts';

test.each(Object.entries(REPORTS))('%s is as it was kept', (name, format) => {
  const file = join(GOLDEN, name);
  const text = format(readGolden());
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, text);

  expect(text).toBe(readFileSync(file, 'utf8'));
});
