/** How long the reports of a large night take, from its record on, and how large its page is: 200 issues, 2,000 runs, 30 nights. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunFolder } from '../harness/adapters/run-folder/run-folder.ts';
import { writeReports } from '../harness/cli/write-reports.ts';
import { RunRecord } from '../harness/model/run-record.ts';
import { NightPoint, pointOf } from '../harness/report/trends/night-point.ts';
import type { Bench, BenchResult } from './bench.ts';

const ISSUES = 200;
const RUNS = 2_000;
const NIGHTS = 29;
const FILES = ['report.html', 'report.md', 'report.json', 'junit.xml', 'report.sarif'] as const;

/** The kept night many times over: each copy of an issue with scenarios, suspects, patches and verdicts of its own. */
function largeNight(): RunRecord {
  const file = join(import.meta.dirname, '..', 'test', 'golden', 'run.json');
  const kept = RunRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  const leaders = kept.issues.filter(({ followers }) => followers.length === 0);
  const numbers = Array.from({ length: ISSUES }, (_, index) => index);
  const sourceOf = (index: number): string => leaders[index % leaders.length]?.shortId ?? '';
  const of = <T>(list: readonly T[], name: (one: T) => string, make: (one: T, copy: number) => T): T[] =>
    numbers.flatMap((copy) => list.filter((one) => name(one) === sourceOf(copy)).map((one) => make(one, copy)));
  const short = (copy: number): string => `LARGE-${copy + 1}`;
  const red = new Set(kept.red);
  const runs = Array.from({ length: RUNS }, (_, index) => {
    const pool = kept.scenarios.filter(({ scenario }) => red.has(scenario.id) === index < ISSUES);
    const run = pool[index % pool.length];
    if (run === undefined) throw new Error('the kept night has red scenarios and green ones');
    const { scenario } = run;
    return {
      ...run,
      scenario: { ...scenario, id: `${scenario.id} ${index}`, file: `scenarios/${index % 100}.spec.ts` },
    };
  });
  const redIds = runs.slice(0, ISSUES).map(({ scenario }) => scenario.id);
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
        const greenRun = runs[RUNS - 1 - copy];
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

async function measure(): Promise<BenchResult> {
  const top = mkdtempSync(join(tmpdir(), 'mendwright-bench-'));
  try {
    const home = join(top, '.mendwright');
    const record = largeNight();
    for (let day = 1; day <= NIGHTS; day++) {
      const id = `2026-10-${String(day).padStart(2, '0')}T02-00-00-3f2a`;
      const at = `${id.slice(0, 10)}T02:00:00.000Z`;
      createRunFolder(home, id).write('night.json', NightPoint, { ...pointOf(record), run: id, at });
    }
    const folder = createRunFolder(home, record.id);
    // Parsed anew: what was masked before would be remembered.
    const fresh = RunRecord.parse(record);
    const start = performance.now();
    const dir = writeReports(fresh, folder, {});
    const seconds = (performance.now() - start) / 1000;
    const rows = FILES.map((file) => ({ file, MiB: statSync(join(dir, file)).size / 1024 ** 2 }));
    return {
      rows,
      figures: {
        ...{ issues: record.issues.length, runs: record.scenarios.length, seconds },
        htmlMiB: rows[0]?.MiB ?? 0,
      },
    };
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

export const bench: Bench = {
  name: 'report',
  summary: 'seconds for all reports of a night of 200 issues and 2,000 runs, and the size of its page',
  measure,
};
