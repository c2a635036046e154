/** What a night leaves for later ones to compare themselves with: small enough that thirty of them are read at once. */
import { z } from 'zod';
import { RunRecord } from '../../model/run-record.ts';
import { IssueResult } from '../../model/stage-result.ts';
import { issueKey } from '../issue-key.ts';
import { maskRecord } from '../mask-secrets.ts';
import { colourOf, countScenarios } from '../story-sentences.ts';

/** `night.json` of a run's folder. */
export const NightPoint = z.strictObject({
  version: z.literal(1),
  run: RunRecord.shape.id,
  command: RunRecord.shape.command,
  dryRun: z.boolean(),
  at: z.iso.datetime(),
  seconds: z.number().nonnegative(),
  scenarios: z.strictObject({
    total: z.int().nonnegative(),
    red: z.int().nonnegative(),
    green: z.int().nonnegative(),
    flaky: z.int().nonnegative(),
  }),
  /** Ids of the scenarios by colour; skipped ones are in none. */
  green: z.array(z.string()),
  red: z.array(z.string()),
  flaky: z.array(z.string()),
  issues: z.array(
    z.strictObject({
      /** See `issueKey`. */
      key: z.string(),
      shortId: z.string(),
      title: z.string(),
      scenarios: z.array(z.string()),
      result: IssueResult.nullable(),
      branch: z.string().nullable(),
      commit: z.string().nullable(),
    }),
  ),
});
export type NightPoint = z.infer<typeof NightPoint>;

export function pointOf(raw: RunRecord): NightPoint {
  const record = maskRecord(raw);
  const of = (colour: string): string[] =>
    record.scenarios.filter((run) => colourOf(run, record) === colour).map(({ scenario }) => scenario.id);
  return {
    version: 1,
    run: record.id,
    command: record.command,
    dryRun: record.dryRun,
    at: record.startedAt,
    seconds: Math.max(0, (Date.parse(record.finishedAt) - Date.parse(record.startedAt)) / 1000),
    scenarios: countScenarios(record),
    green: of('green'),
    red: of('red'),
    flaky: of('flaky'),
    issues: record.issues.map((issue) => {
      const outcome = record.outcomes.find(({ shortId }) => shortId === issue.shortId);
      return {
        key: issueKey(issue),
        shortId: issue.shortId,
        title: issue.title,
        scenarios: issue.scenarios,
        result: outcome?.result ?? null,
        branch: outcome?.branch ?? null,
        commit: outcome?.commit ?? null,
      };
    }),
  };
}
