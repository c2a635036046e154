/** How long the reports of a large night take, from its record on, and how large its page is: 200 issues, 2,000 runs, 30 nights. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunFolder } from '../harness/adapters/run-folder/run-folder.ts';
import { writeReports } from '../harness/cli/write-reports.ts';
import { RunRecord } from '../harness/model/run-record.ts';
import { NightPoint, pointOf } from '../harness/report/trends/night-point.ts';
import { reviewServer } from '../harness/review/review-server.ts';
import type { ReviewTools } from '../harness/review/tools.ts';
import { largeNight } from '../test/golden/large-night.ts';
import { enter } from '../test/review/review-browser.ts';
import type { Bench, BenchResult } from './bench.ts';

const ISSUES = 200;
const RUNS = 2_000;
const NIGHTS = 29;
const FILES = ['report.html', 'report.md', 'report.json', 'junit.xml', 'report.sarif'] as const;

async function measure(): Promise<BenchResult> {
  const top = mkdtempSync(join(tmpdir(), 'mendwright-bench-'));
  try {
    const home = join(top, '.mendwright');
    const record = largeNight({ issues: ISSUES, runs: RUNS });
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
    const reviewSeconds = await openReview(RunRecord.parse(record));
    const rows = FILES.map((file) => ({ file, MiB: statSync(join(dir, file)).size / 1024 ** 2 }));
    return {
      rows,
      figures: {
        ...{ issues: record.issues.length, runs: record.scenarios.length, seconds, reviewSeconds },
        htmlMiB: rows[0]?.MiB ?? 0,
      },
    };
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

/** From the first address to the night's whole page, its record read and masked anew. */
async function openReview(record: RunRecord): Promise<number> {
  const night = { record, trends: undefined, hasTraceViewer: false };
  const unused = async (): Promise<never> => {
    throw new Error('nobody decides anything here');
  };
  const tools: ReviewTools = {
    runs: () => [record.id],
    night: () => night,
    readFile: () => undefined,
    decisions: async () => new Map(),
    progress: () => undefined,
    ...{ planApproval: unused, approve: unused, reject: unused, openInEditor: unused },
  };
  const server = reviewServer(tools, { host: '127.0.0.1', isDryRun: true, now: () => new Date(), traces: () => '' });
  const start = performance.now();
  const page = await (await enter(server)).text(`/night/${record.id}/`);
  const seconds = (performance.now() - start) / 1000;
  const rows = page.split('data-result=').length - 1;
  if (rows !== ISSUES) throw new Error(`the page shows ${rows} of ${ISSUES} issues`);
  return seconds;
}

export const bench: Bench = {
  name: 'report',
  summary:
    'seconds for all reports of a night of 200 issues and 2,000 runs, and for the review page of it; size of the report',
  measure,
};
