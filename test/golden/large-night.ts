/** A night as large as they get, made of the kept one: for what must stay quick. */
import { RunRecord } from '../../harness/model/run-record.ts';
import { readGolden } from './read-golden.ts';

/** The kept night many times over: each copy of an issue with scenarios, suspects, patches and verdicts of its own. */
export function largeNight({ issues, runs: many }: { issues: number; runs: number }): RunRecord {
  const kept = readGolden();
  const leaders = kept.issues.filter(({ followers }) => followers.length === 0);
  const numbers = Array.from({ length: issues }, (_, index) => index);
  const sourceOf = (index: number): string => leaders[index % leaders.length]?.shortId ?? '';
  const of = <T>(list: readonly T[], name: (one: T) => string, make: (one: T, copy: number) => T): T[] =>
    numbers.flatMap((copy) => list.filter((one) => name(one) === sourceOf(copy)).map((one) => make(one, copy)));
  const short = (copy: number): string => `LARGE-${copy + 1}`;
  const red = new Set(kept.red);
  const runs = Array.from({ length: many }, (_, index) => {
    const pool = kept.scenarios.filter(({ scenario }) => red.has(scenario.id) === index < issues);
    const run = pool[index % pool.length];
    if (run === undefined) throw new Error('the kept night has red scenarios and green ones');
    const { scenario } = run;
    return {
      ...run,
      scenario: { ...scenario, id: `${scenario.id} ${index}`, file: `scenarios/${index % 100}.spec.ts` },
    };
  });
  const redIds = runs.slice(0, issues).map(({ scenario }) => scenario.id);
  return RunRecord.parse({
    ...kept,
    scenarios: runs,
    red: redIds,
    flaky: [],
    issues: of(
      kept.issues,
      ({ shortId }) => shortId,
      (issue, copy) => ({
        ...issue,
        ...{ shortId: short(copy), id: String(copy), hashes: [copy.toString(16).padStart(32, '0')] },
        scenarios: redIds.slice(copy, copy + 1),
      }),
    ),
    suspects: of(
      kept.suspects,
      ({ issue }) => issue,
      (one, copy) => ({ ...one, issue: short(copy) }),
    ),
    patches: of(
      kept.patches,
      ({ issue }) => issue,
      (one, copy) => ({ ...one, issue: short(copy) }),
    ),
    verdicts: of(
      kept.verdicts,
      ({ issue }) => issue,
      (one, copy) => {
        const greenRun = runs[many - 1 - copy];
        const own = { ...one, issue: short(copy) };
        return own.kind === 'confirmed' && greenRun ? { ...own, greenRun } : own;
      },
    ),
    outcomes: of(
      kept.outcomes,
      ({ shortId }) => shortId,
      (one, copy) => ({
        ...one,
        shortId: short(copy),
        ...(one.branch !== undefined && { branch: `${one.branch}-${copy}` }),
      }),
    ),
  });
}
