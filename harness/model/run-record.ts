/** The run record: one whole night, the only input of every report. */
import { z } from 'zod';
import { Combination } from './combination.ts';
import { Issue } from './issue.ts';
import { Patch } from './patch.ts';
import { ScenarioRun } from './scenario.ts';
import { IssueResult, Reason, Skipped } from './stage-result.ts';
import { Suspect } from './suspect.ts';
import { Verdict } from './verdict.ts';

export const Stage = z.enum(['run', 'collect', 'reproduce', 'localise', 'propose', 'validate', 'publish']);
export type Stage = z.infer<typeof Stage>;

/** What became of one issue. */
export const IssueOutcome = z.strictObject({
  shortId: z.string(),
  /** Set where the issue did not come this night, and is none of the record's: its branch was looked at all the same. */
  title: z.string().optional(),
  result: IssueResult,
  /** For `no-work`: the result of the earlier night. */
  reason: z.union([Reason, IssueResult]),
  /** One sentence for people: why it ended so. */
  detail: z.string(),
  /** Set when a branch stands for it, also after a dry run. */
  branch: z.string().optional(),
  commit: z.string().optional(),
  /** Id of the published patch. */
  patch: z.string().optional(),
  seconds: z.number().nonnegative(),
});
export type IssueOutcome = z.infer<typeof IssueOutcome>;

/** A branch of an earlier night whose issue did not come this night. */
export const EarlierOutcome = z.strictObject({
  shortId: z.string(),
  /** A stranger's text. */
  title: z.string(),
  /**
   * `waiting` for people · `edited-by-human` · `merged`, not seen green yet · `released`: merged and seen green ·
   * `green-again` without it · `blocked` by a rejection · `regressed` after it was merged.
   */
  state: z.enum(['waiting', 'edited-by-human', 'merged', 'released', 'green-again', 'blocked', 'regressed']),
  branch: z.string(),
  commit: z.string(),
  /** One sentence for people. */
  detail: z.string(),
  /** Since when it is so, as far as the ledger tells. */
  since: z.iso.datetime(),
});
export type EarlierOutcome = z.infer<typeof EarlierOutcome>;

/** How long Sentry took to know the events of a run; those that never came are not in it. */
export const Ingestion = z.strictObject({
  /** Events that were waited for and came. */
  events: z.int().positive(),
  /** Milliseconds from when the event was first asked for, after the suite's end, until Sentry knew it. */
  medianMs: z.number().nonnegative(),
  slowestMs: z.number().nonnegative(),
  /** False for the embedded Sentry, which knows an event when it answers. */
  isHosted: z.boolean(),
});
export type Ingestion = z.infer<typeof Ingestion>;

export const RunRecord = z.strictObject({
  version: z.literal(1),
  /** `2026-11-23T02-00-00-3f2a`; also the run folder's name. */
  id: z.string(),
  command: z.enum(['run', 'nightly', 'fix']),
  mendwright: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  dryRun: z.boolean(),
  base: z.strictObject({ sha: z.string(), subject: z.string(), branch: z.string().optional() }),
  /** True when the user's checkout had changes that the night did not see. */
  dirty: z.boolean(),
  app: z.strictObject({
    name: z.string(),
    url: z.string(),
    /** The app's folder in its repository, '' for the top; absent in the records of older versions. */
    root: z.string().optional(),
  }),
  /** One run of every scenario on the base. */
  scenarios: z.array(ScenarioRun),
  /** Ids of the scenarios that were red, and of those that were flaky. */
  red: z.array(z.string()),
  flaky: z.array(z.string()),
  issues: z.array(Issue),
  suspects: z.array(Suspect),
  patches: z.array(Patch),
  verdicts: z.array(Verdict),
  outcomes: z.array(IssueOutcome),
  /** From the ledger; absent in the records of older versions, and of runs that publish nothing. */
  earlier: z.array(EarlierOutcome).optional(),
  skipped: z.array(Skipped),
  /** All branches of the night in one tree; absent where fewer than two wait, and in the records of older versions. */
  combination: Combination.optional(),
  /** Absent where no event was waited for. */
  ingestion: Ingestion.optional(),
  /** Seconds per stage. */
  stages: z.partialRecord(Stage, z.number()),
  /** Warnings for people, such as a dirty checkout. */
  notes: z.array(z.string()),
});
export type RunRecord = z.infer<typeof RunRecord>;
