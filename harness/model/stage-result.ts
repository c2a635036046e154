/** What a stage hands on: the items, and by name what it left out. */
import { z } from 'zod';

/** The outcome of one issue in one night: DESIGN's closed list. */
export const IssueResult = z.enum([
  'branch-created',
  'branch-updated',
  'no-work',
  'no-patch',
  'hides-error',
  'regressed',
  'not-reproduced',
  'flaky',
  'outage',
  'scenario-wrong',
  'fixed-on-base',
  'edited-by-human',
  'rejected-before',
  'limit-reached',
  'pipeline-broken',
  'errored',
]);
export type IssueResult = z.infer<typeof IssueResult>;

/** Why something was left out or ended as it did; printed by the reports. */
export const Reason = z.enum([
  'confirmed', // a patch passed every rung
  'same-cause', // ended with the issue that it follows
  'dry-run', // would have been published
  'no-suspect', // no frame and no hunk leads to a file that may be changed
  'no-source-map',
  'no-candidate', // no fixer had an idea
  'fell-at-static',
  'fell-at-build',
  'fell-at-screen',
  'fell-at-confirm',
  'fell-at-oracle',
  'fell-at-regress',
  'budget-spent',
  'green-again', // red once, green in every re-run
  'sometimes-green', // red in some runs of the base only
  'service-unavailable', // a service that the app calls did not answer, or with an error
  'expectation-changed', // only the scenario changed since it was last green
  'nothing-changed', // neither app nor scenario changed since it was last green
  'event-never-arrived',
  'refused-by-guard',
  'control-event-lost',
  'broke-other-scenario',
  'broke-check',
  'raised-new-issue',
  'branch-has-foreign-commits',
  'rejected-by-person',
  'branch-deleted', // on the remote, unmerged
  'merged', // the base holds the fix
  'more-than-max-branches',
  'harness-failed',
  'outside-repository',
  'not-an-issue-of-this-run',
]);
export type Reason = z.infer<typeof Reason>;

export const Skipped = z.strictObject({
  /** Short id, scenario id, patch id or file. */
  subject: z.string(),
  /** Present when the skip settles an issue. */
  result: IssueResult.optional(),
  reason: Reason,
  /** One sentence for people. */
  detail: z.string(),
});
export type Skipped = z.infer<typeof Skipped>;

export interface StageResult<T> {
  readonly items: readonly T[];
  readonly skipped: readonly Skipped[];
}
