/** The kept run record, and the reports that are compared with their kept copies. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunRecord } from '../../harness/model/run-record.ts';
import { formatHtml } from '../../harness/report/html.ts';
import { formatNightJson } from '../../harness/report/json.ts';
import { formatJunit } from '../../harness/report/junit.ts';
import { formatMarkdown } from '../../harness/report/markdown.ts';
import { formatSummary } from '../../harness/report/summary.ts';

export const GOLDEN = import.meta.dirname;

export function readGolden(): RunRecord {
  return RunRecord.parse(JSON.parse(readFileSync(join(GOLDEN, 'run.json'), 'utf8')));
}

/** A sketch of a page, 64 by 36 pixels, as PNG. */
const SCREENSHOT =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAkAQAAAAARdwE/AAAAIElEQVR42mNgIAv8hwJ8jA9QhVgYRGsHKkcwiNE1EAwA9i7W3rCHSscAAAAASUVORK5CYII=';

/** The same picture for every screenshot. */
export function readScreenshot(): Uint8Array {
  return Buffer.from(SCREENSHOT, 'base64');
}

/** By file name. */
export const REPORTS: Readonly<Record<string, (record: RunRecord) => string>> = {
  'report.html': (record) => formatHtml(record, { readAsset: readScreenshot }),
  'report.md': formatMarkdown,
  'report.json': (record) => `${formatNightJson(record)}\n`,
  'junit.xml': formatJunit,
  'summary.txt': (record) => `${formatSummary(record, { colour: false, width: 100 })}\n`,
  'summary.ansi': (record) => `${formatSummary(record, { colour: true, width: 72 })}\n`,
};
