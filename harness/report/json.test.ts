import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { formatReportSchema, SCHEMA_FILE } from '../../scripts/report-schema.ts';
import { readGolden } from '../../test/golden/read-golden.ts';
import { formatNightJson, NightSummary, REPORT_VERSION } from './json.ts';

/** What was published under each version stays as it was: a change of the model needs a version, and a line here. */
const PUBLISHED: Readonly<Record<number, string>> = {
  1: 'b86f0dadb89ed17d4e9430c2543d62e15f4e01f7023f571a2a61b9d3e2934fb9',
  2: '860704d270056d558b811a75378b9586d81132f3a7c04ada8ac5a6756964a6f8',
};

test('the published schema is what the model says', () => {
  expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(formatReportSchema());
});

test('a version’s schema never changes', () => {
  const digest = createHash('sha256').update(readFileSync(SCHEMA_FILE)).digest('hex');

  expect(digest).toBe(PUBLISHED[REPORT_VERSION]);
});

test.each([
  ['a new key', z.strictObject({ ...NightSummary.shape, more: z.string() })],
  ['a key less', NightSummary.omit({ issues: true })],
  ['another type', z.strictObject({ ...NightSummary.shape, run: z.int() })],
])('the schema tells %s', (_, model) => {
  expect(formatReportSchema(model)).not.toBe(formatReportSchema());
});

test('the report keeps to its schema', () => {
  const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(
    JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')),
  );
  const report: Record<string, unknown> = JSON.parse(formatNightJson(readGolden()));

  expect(isValid(report)).toBe(true);
  expect(isValid({ ...report, version: REPORT_VERSION + 1 })).toBe(false);
});
