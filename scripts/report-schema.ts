/** Writes the published JSON schema of `nightly --json` and report.json from its model; with --check it only compares. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { NightSummary, REPORT_VERSION } from '../harness/report/json.ts';

export const SCHEMA_FILE = join(import.meta.dirname, '..', 'schemas', `report-${REPORT_VERSION}.json`);

export function formatReportSchema(model: z.ZodType = NightSummary): string {
  const { $schema, ...schema } = z.toJSONSchema(model);
  return `${JSON.stringify({ $schema, title: `Mendwright night report, version ${REPORT_VERSION}`, ...schema }, null, 2)}\n`;
}

if (import.meta.main) {
  const text = formatReportSchema();
  const kept = existsSync(SCHEMA_FILE) ? readFileSync(SCHEMA_FILE, 'utf8') : undefined;
  if (kept === undefined && !process.argv.includes('--check')) {
    mkdirSync(dirname(SCHEMA_FILE), { recursive: true });
    writeFileSync(SCHEMA_FILE, text);
  } else if (kept !== text) {
    // A version that may have been published is never written over.
    process.stderr.write(`${SCHEMA_FILE} is not what the model says: raise REPORT_VERSION, then npm run schema\n`);
    process.exitCode = 1;
  }
}
