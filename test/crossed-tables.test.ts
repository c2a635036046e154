/** What each fixer says to the cases of all the others: mostly nothing; what it does offer is recorded in test/golden/crossed. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { AnyFixer } from '../harness/kit/fixer.ts';
import type { FixerTable, Told } from '../harness/kit/fixer-table.ts';
import { loadFixers } from '../harness/load-fixers.ts';

interface Row {
  readonly fixer: string;
  readonly name: string;
  readonly told: Told;
  readonly before: string;
  readonly isPython: boolean;
}

const FIXES = join(import.meta.dirname, '..', 'fixes');

const rows = vi.hoisted((): Row[] => []);

// The tables are written for tests of their own; here they are only read.
vi.mock('../harness/kit/fixer-table.ts', async (original) => ({
  ...(await original<object>()),
  fixerTable(fixer: AnyFixer, { cures, best = [], offers = [], leaves }: FixerTable) {
    for (const [name, told, before] of [...cures, ...best, ...offers, ...leaves]) {
      rows.push({ fixer: fixer.id, name, told, before, isPython: fixer.language === 'python' });
    }
  },
}));
const { offered, resultsOf } = await vi.importActual<typeof import('../harness/kit/fixer-table.ts')>(
  '../harness/kit/fixer-table.ts',
);
for (const name of readdirSync(FIXES)) if (name.endsWith('.test.ts')) await import(join(FIXES, name));

const fixers = await loadFixers([]);

test('reads every table', () => {
  expect(new Set(rows.map(({ fixer }) => fixer))).toEqual(new Set(fixers.map(({ id }) => id)));
});

test.each(fixers.map((fixer) => ({ id: fixer.id, fixer })))('$id at the cases of the others', async ({ fixer }) => {
  const said = rows
    .filter((row) => row.fixer !== fixer.id && row.isPython === (fixer.language === 'python'))
    .flatMap(({ fixer: other, name, told, before }) => {
      const results = resultsOf(fixer, told, before);
      return results.length === 0 ? [] : [`${other}: ${name}\n${results.map(offered).join('\n')}\n`];
    });

  await expect(said.join('\n') || 'nothing').toMatchFileSnapshot(`golden/crossed/${fixer.id}.txt`);
});
