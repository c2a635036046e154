/** What the ledger's files hold, one entry a file: green scenarios, results, proposals, rejections, nights seen. */
import { z } from 'zod';
import { IssueResult, Reason } from '../../model/stage-result.ts';

/** When a scenario was last seen green, and what it looked like. */
export const GreenEntry = z.strictObject({
  scenario: z.string(),
  commit: z.string(),
  at: z.iso.datetime(),
  /** `METHOD path status` of the requests to the app, in order of appearance, each once. */
  requests: z.array(z.string()),
  /** Visible text of the last page, at most 4,000 characters. */
  pageText: z.string().optional(),
});
export type GreenEntry = z.infer<typeof GreenEntry>;

/** What became of an issue in the last night that worked on it. */
export const IssueEntry = z.strictObject({
  shortId: z.string(),
  title: z.string(),
  fingerprint: z.string(),
  result: IssueResult,
  reason: z.union([Reason, IssueResult]),
  detail: z.string(),
  branch: z.string().optional(),
  commit: z.string().optional(),
  patch: z.string().optional(),
  scenarios: z.array(z.string()),
  at: z.iso.datetime(),
});
export type IssueEntry = z.infer<typeof IssueEntry>;

/** What a patch rests on and does, without the places of its edits, which move with the text around them. */
const Evidence = {
  /** Patch id. */
  patch: z.string(),
  /** Hash of the lines that the patch takes and adds. */
  change: z.string(),
  /** The files that it touches, relative to the app's root, sorted. */
  files: z.array(z.string()),
  /** Ids of the issue's red scenarios, sorted. */
  scenarios: z.array(z.string()),
  /** Hash of the error, and of those files and scenarios at the base: while it is the same, so is the case. */
  evidence: z.string(),
};

/** A branch that was published for an issue. */
export const ProposalEntry = z.strictObject({
  branch: z.string(),
  shortId: z.string(),
  /** Sentry's numeric id. */
  issueId: z.string(),
  title: z.string(),
  /** Short ids of further issues that the patch cures. */
  serves: z.array(z.string()),
  ...Evidence,
  fixer: z.string(),
  /** For people: where the fault lay and why the patch is held to be its cure. */
  cause: z.string(),
  fingerprint: z.string(),
  commit: z.string(),
  base: z.string(),
  /** Whether it went to the remote: only then does its absence there say something. */
  pushed: z.boolean(),
  /**
   * `open` waits for people · `merged` is in the base · `released` was seen green there, and its issue resolved ·
   * `green` needs no merge any more · `rejected` by a person · `regressed` came again after it had been merged.
   */
  state: z.enum(['open', 'merged', 'released', 'green', 'rejected', 'regressed']),
  /** The base in which the fix was found. */
  mergedInto: z.string().optional(),
  at: z.iso.datetime(),
});
export type ProposalEntry = z.infer<typeof ProposalEntry>;

export const RejectionEntry = z.strictObject({
  shortId: z.string(),
  branch: z.string(),
  ...Evidence,
  /** `person`: never this patch again. The others: not until the evidence has changed. */
  by: z.enum(['person', 'branch-deleted', 'pull-request-closed']),
  why: z.string(),
  at: z.iso.datetime(),
});
export type RejectionEntry = z.infer<typeof RejectionEntry>;

/** How a scenario came out on the base in the last nights, oldest first. */
export const NightsEntry = z.strictObject({
  scenario: z.string(),
  nights: z.array(
    z.strictObject({ run: z.string(), at: z.iso.datetime(), outcome: z.enum(['green', 'red', 'flaky']) }),
  ),
});
export type NightsEntry = z.infer<typeof NightsEntry>;

/** The part of the nights in which the scenario was flaky, 0 to 1; undefined where none is known. */
export function flakeRate({ nights }: NightsEntry): number | undefined {
  return nights.length === 0 ? undefined : nights.filter(({ outcome }) => outcome === 'flaky').length / nights.length;
}
