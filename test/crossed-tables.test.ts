/** What each fixer says to the cases of all the others: mostly nothing; what it does offer is recorded in test/golden/crossed. */
import { expect, test } from 'vitest';
import { offered, resultsOf } from '../harness/kit/fixer-table.ts';
import { loadFixers } from '../harness/load-fixers.ts';
import { readTables } from './read-tables.ts';

const rows = await readTables();
const fixers = await loadFixers([]);

test('reads every table', () => {
  expect(new Set(rows.map(({ fixer }) => fixer.id))).toEqual(new Set(fixers.map(({ id }) => id)));
});

test.each(fixers.map((fixer) => ({ id: fixer.id, fixer })))('$id at the cases of the others', async ({ fixer }) => {
  const said = rows
    .filter((row) => row.fixer.id !== fixer.id && row.fixer.language === fixer.language)
    .flatMap(({ fixer: { id }, name, told, before }) => {
      const results = resultsOf(fixer, told, before);
      return results.length === 0 ? [] : [`${id}: ${name}\n${results.map(offered).join('\n')}\n`];
    });

  await expect(said.join('\n') || 'nothing').toMatchFileSnapshot(`golden/crossed/${fixer.id}.txt`);
});
