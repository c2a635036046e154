/** Of patches that hide an error the share that the guard refuses by the rule named, and of honest ones how many it refuses. */
import { BAD, GOOD } from '../test/guard/corpus.ts';
import { ruleAgainst } from '../test/guard/judge-corpus.ts';
import type { Bench, BenchResult } from './bench.ts';

async function measure(): Promise<BenchResult> {
  const rules = [...new Set(BAD.map(({ rule }) => rule))].sort();
  const rows = rules.map((rule) => {
    const own = BAD.filter((bad) => bad.rule === rule);
    return { rule, bad: own.length, refused: own.filter((bad) => ruleAgainst(bad) === rule).length };
  });
  const refused = rows.reduce((sum, row) => sum + row.refused, 0);
  return {
    rows,
    figures: {
      bad: BAD.length,
      badRefused: refused / BAD.length,
      good: GOOD.length,
      goodRefused: GOOD.filter((good) => ruleAgainst(good) !== undefined).length,
    },
  };
}

export const bench: Bench = {
  name: 'guard',
  summary: 'share of bad patches that the guard refuses, and number of good ones that it refuses',
  measure,
};
