/** Writes a run's record and its reports: HTML, Markdown, JSON and JUnit XML into its folder, Markdown also for GitHub. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunFolder } from '../adapters/run-folder/run-folder.ts';
import { RunRecord } from '../model/run-record.ts';
import { formatHtml } from '../report/html.ts';
import { formatNightJson } from '../report/json.ts';
import { formatJunit } from '../report/junit.ts';
import { formatMarkdown } from '../report/markdown.ts';

/** Returns the folder that holds them. */
export function writeReports(
  record: RunRecord,
  folder: RunFolder,
  env: Readonly<Record<string, string | undefined>>,
): string {
  folder.write('record.json', RunRecord, record);
  const markdown = formatMarkdown(record);
  folder.writeText('report.html', formatHtml(record, { readAsset: (file) => readAsset(join(folder.dir, file)) }));
  folder.writeText('report.md', markdown);
  folder.writeText('report.json', `${formatNightJson(record)}\n`);
  folder.writeText('junit.xml', formatJunit(record));
  if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, markdown);
  return folder.dir;
}

function readAsset(file: string): Uint8Array | undefined {
  return existsSync(file) ? readFileSync(file) : undefined;
}
