/** Confirmed patches in, branches out: each on a name of its issue's own, written without touching the user's checkout. */
import type { Case } from '../model/case.ts';
import { Failure } from '../model/failure.ts';
import type { Patch } from '../model/patch.ts';
import type { IssueOutcome } from '../model/run-record.ts';
import type { StageResult } from '../model/stage-result.ts';
import type { Suspect } from '../model/suspect.ts';
import type { Verdict } from '../model/verdict.ts';
import { branchName } from '../publishing/branch-name.ts';
import { commitMessage } from '../publishing/commit-message.ts';

/** A confirmed patch on its way to a branch. */
export interface Publication {
  readonly case: Case;
  /** Further issues that the patch cures; the commit names them. */
  readonly serves: readonly string[];
  readonly patch: Patch;
  readonly verdict: Extract<Verdict, { kind: 'confirmed' }>;
  readonly suspect: Suspect | undefined;
}

export interface PublishTools {
  readonly prefix: string;
  readonly maxBranches: number;
  readonly dryRun: boolean;
  /** The tip of a branch, undefined where there is none. */
  readTip(branch: string): Promise<string | undefined>;
  /** Whether every commit that the branch has over the base is ours. */
  isOurs(tip: string): Promise<boolean>;
  commit(patch: Patch, message: string): Promise<string>;
  /** False when the branch is no longer at `expected`, or somebody has it checked out. */
  move(branch: string, commit: string, expected: string | undefined): Promise<boolean>;
  /** Throws a Failure where the remote does not take it. */
  push(branch: string, expected: string | undefined): Promise<void>;
  fingerprint(issue: Case['issue']): Promise<string>;
  /** Ids of patches of this issue that a person rejected. */
  rejected(shortId: string): Promise<readonly string[]>;
}

/** One outcome per publication, sorted by short id. */
export async function publishBranches(
  publications: readonly Publication[],
  tools: PublishTools,
): Promise<StageResult<IssueOutcome>> {
  const items: IssueOutcome[] = [];
  let written = 0;
  const sorted = [...publications].sort((a, b) => a.case.issue.shortId.localeCompare(b.case.issue.shortId));
  for (const publication of sorted) {
    const outcome = await publish(publication, tools, written >= tools.maxBranches);
    if (outcome.result === 'branch-created' || outcome.result === 'branch-updated') written++;
    items.push(outcome);
  }
  return { items, skipped: [] };
}

async function publish(publication: Publication, tools: PublishTools, isFull: boolean): Promise<IssueOutcome> {
  const { case: one, serves, patch, verdict, suspect } = publication;
  const { issue } = one;
  const branch = branchName(tools.prefix, issue);
  const outcome = (
    result: IssueOutcome['result'],
    reason: IssueOutcome['reason'],
    detail: string,
    commit?: string,
  ): IssueOutcome => ({
    shortId: issue.shortId,
    result,
    reason,
    detail,
    branch,
    ...(commit !== undefined && { commit }),
    patch: patch.id,
    seconds: verdict.seconds,
  });
  if ((await tools.rejected(issue.shortId)).includes(patch.id)) {
    return outcome('rejected-before', 'rejected-by-person', 'A person rejected this very patch.');
  }
  const tip = await tools.readTip(branch);
  if (tip !== undefined && !(await tools.isOurs(tip))) {
    return outcome(
      'edited-by-human',
      'branch-has-foreign-commits',
      `${branch} has commits of somebody else; it was left as it is.`,
      tip,
    );
  }
  if (isFull)
    return outcome('limit-reached', 'more-than-max-branches', `More than ${tools.maxBranches} branches in one night.`);
  const result = tip === undefined ? 'branch-created' : 'branch-updated';
  if (tools.dryRun) return outcome(result, 'dry-run', `Would be published on ${branch}.`);
  const message = commitMessage({
    issue,
    serves,
    patch,
    verdict,
    suspect,
    fingerprint: await tools.fingerprint(issue),
  });
  const commit = await tools.commit(patch, message);
  if (!(await tools.move(branch, commit, tip))) {
    return outcome(
      'edited-by-human',
      'branch-has-foreign-commits',
      `${branch} is checked out, or moved while it was being written; it was left as it is.`,
      tip,
    );
  }
  const refusal = await pushed(branch, tip, tools);
  if (refusal) {
    const next = refusal.hint ?? '';
    return outcome('errored', 'harness-failed', `${branch} stands here, but: ${refusal.message} ${next}`, commit);
  }
  return outcome(result, 'confirmed', verdict.why, commit);
}

/** What the remote had against it; the branches of the other issues go on. */
async function pushed(branch: string, tip: string | undefined, tools: PublishTools): Promise<Failure | undefined> {
  try {
    await tools.push(branch, tip);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
