/** Writes a run's record and its reports into its folder: HTML, Markdown, JSON, JUnit XML, SARIF, what waits, a page for each branch; Markdown also for GitHub. */
import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { copyTraceViewer } from '../adapters/playwright/trace-viewer.ts';
import type { RunFolder } from '../adapters/run-folder/run-folder.ts';
import { RunRecord } from '../model/run-record.ts';
import { readCodeHost } from '../report/code-host.ts';
import { formatDashboard } from '../report/dashboard.ts';
import { formatHtml } from '../report/html.ts';
import { formatNightJson } from '../report/json.ts';
import { formatJunit } from '../report/junit.ts';
import { formatMarkdown, JOB_SUMMARY_LIMIT } from '../report/markdown.ts';
import { formatPullRequests } from '../report/pull-request.ts';
import { formatSarif } from '../report/sarif.ts';
import { NightPoint, pointOf } from '../report/trends/night-point.ts';
import { trendSections } from '../report/trends/trend-table.ts';
import { trendsOf } from '../report/trends/trends.ts';
import { readEarlierNights } from './earlier-nights.ts';
import { filmReader } from './keep-frames.ts';

/** In the run's folder, in the order in which people look for them. */
export const REPORT_FILES = ['report.html', 'report.md', 'report.json', 'junit.xml', 'report.sarif'] as const;

/** Returns the folder that holds them. `lastGreen`: the ledger's, by scenario. */
export function writeReports(
  record: RunRecord,
  folder: RunFolder,
  env: Readonly<Record<string, string | undefined>>,
  lastGreen?: ReadonlyMap<string, string>,
): string {
  folder.write('record.json', RunRecord, record);
  const point = pointOf(record);
  folder.write('night.json', NightPoint, point);
  const trends = trendsOf([...readEarlierNights(folder), point], lastGreen);
  const more = trendSections(trends);
  const html = formatHtml(record, {
    readAsset: (file) => readAsset(join(folder.dir, file)),
    trends,
    filmOf: filmReader(folder),
    hasTraceViewer: hasTraces(record) && copyTraceViewer(appFolder(record, folder), folder.dir),
  });
  folder.writeText('report.html', html);
  folder.writeText('report.md', formatMarkdown(record, { more }));
  folder.writeText('report.json', `${formatNightJson(record)}\n`);
  folder.writeText('junit.xml', formatJunit(record));
  folder.writeText('report.sarif', formatSarif(record, { host: readCodeHost(env) }));
  folder.writeText('dashboard.md', formatDashboard([record]).text);
  for (const { branch, markdown } of formatPullRequests(record)) {
    folder.writeText(join('branches', branchFile(branch)), markdown);
  }
  if (env.GITHUB_STEP_SUMMARY) writeJobSummary(record, env.GITHUB_STEP_SUMMARY, more);
  return folder.dir;
}

/** Whatever the step wrote before counts against the same limit. */
function writeJobSummary(record: RunRecord, file: string, more: readonly string[]): void {
  const taken = existsSync(file) ? statSync(file).size : 0;
  appendFileSync(file, formatMarkdown(record, { limit: JOB_SUMMARY_LIMIT - taken, more }));
}

/** `mend/shop-1-slug` -> `mend-shop-1-slug.md`. */
function branchFile(branch: string): string {
  return `${branch.replace(/[^\w.-]+/g, '-').replace(/^\.+/, '')}.md`;
}

function hasTraces({ scenarios, verdicts }: RunRecord): boolean {
  const green = verdicts.flatMap((verdict) => (verdict.kind === 'confirmed' ? (verdict.greenRun ?? []) : []));
  return [...scenarios, ...green].some(({ trace }) => trace !== undefined);
}

/** The run's folder lies in `.mendwright/runs/` of the repository. */
function appFolder({ app }: RunRecord, { dir }: RunFolder): string {
  return join(dir, '..', '..', '..', app.root ?? '');
}

function readAsset(file: string): Uint8Array | undefined {
  return existsSync(file) ? readFileSync(file) : undefined;
}
