/** The one object that `nightly --json` prints: the night in numbers, and one entry per issue. */
import { z } from 'zod';
import { EarlierOutcome, RunRecord } from '../model/run-record.ts';
import { IssueResult, Reason } from '../model/stage-result.ts';
import { Verdict } from '../model/verdict.ts';
import { type IssueStory, tellStory } from './issue-story.ts';
import { maskRecord } from './mask-secrets.ts';
import { countScenarios } from './story-sentences.ts';
import { quietJson } from './strangers-text.ts';

const VerdictKind = z.enum(Verdict.options.map((option) => option.shape.kind.value));

/** Raised whenever the form below changes; each version's schema is published as `schemas/report-<version>.json`. */
export const REPORT_VERSION = 2;

/** Absent parts are null. `result` and `reason` are null for issues that the night was not asked to mend. */
export const NightSummary = z.strictObject({
  version: z.literal(REPORT_VERSION),
  run: RunRecord.shape.id,
  scenarios: z.strictObject({
    total: z.int().nonnegative(),
    red: z.int().nonnegative(),
    green: z.int().nonnegative(),
    flaky: z.int().nonnegative(),
  }),
  /** Sorted by short id. */
  issues: z.array(
    z.strictObject({
      shortId: z.string(),
      title: z.string(),
      /** Ids of the red scenarios that caused it. */
      scenarios: z.array(z.string()),
      result: IssueResult.nullable(),
      reason: z.union([Reason, IssueResult]).nullable(),
      suspect: z.strictObject({ file: z.string(), line: z.int().positive() }).nullable(),
      branch: z.string().nullable(),
      commit: z.string().nullable(),
      patch: z
        .strictObject({ id: z.string(), fixer: z.string(), title: z.string(), files: z.array(z.string()) })
        .nullable(),
      /** Of `patch`, or of the candidate that came furthest. */
      verdict: VerdictKind.nullable(),
      strength: z.enum(['strong', 'weak']).nullable(),
      candidates: z.strictObject({
        proposed: z.int().nonnegative(),
        /** Those that were run at all. */
        screened: z.int().nonnegative(),
        confirmed: z.int().nonnegative(),
      }),
      seconds: z.number().nonnegative(),
    }),
  ),
  /** Branches of earlier nights whose issues did not come this night; empty for runs that publish nothing. */
  earlier: z.array(EarlierOutcome),
});
export type NightSummary = z.infer<typeof NightSummary>;

export function summariseNight(raw: RunRecord): NightSummary {
  const record = maskRecord(raw);
  return {
    version: REPORT_VERSION,
    run: record.id,
    scenarios: countScenarios(record),
    issues: record.issues
      .map((issue) => summariseIssue(tellStory(issue, record)))
      .sort((a, b) => a.shortId.localeCompare(b.shortId, 'en', { numeric: true })),
    earlier: record.earlier ?? [],
  };
}

/** `summariseNight` as JSON text. */
export function formatNightJson(record: RunRecord): string {
  return quietJson(summariseNight(record));
}

function summariseIssue(story: IssueStory): NightSummary['issues'][number] {
  const { issue, outcome, patch, proof, suspects } = story;
  const [suspect] = suspects;
  return {
    shortId: issue.shortId,
    title: issue.title,
    scenarios: issue.scenarios,
    result: outcome?.result ?? null,
    reason: outcome?.reason ?? null,
    suspect: suspect ? { file: suspect.file, line: suspect.line } : null,
    branch: outcome?.branch ?? null,
    commit: outcome?.commit ?? null,
    patch: patch ? { id: patch.id, fixer: patch.fixer, title: patch.title, files: filesOf(patch) } : null,
    verdict: proof?.kind ?? story.fallen[0]?.verdict.kind ?? null,
    strength: proof?.strength ?? null,
    candidates: { proposed: story.proposed, screened: story.screened, confirmed: story.confirmed },
    seconds: outcome?.seconds ?? 0,
  };
}

function filesOf({ edits, newFiles }: RunRecord['patches'][number]): string[] {
  return [...new Set([...edits, ...newFiles].map(({ file }) => file))].sort();
}
