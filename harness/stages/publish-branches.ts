/** Confirmed patches in, branches out: each on a name of its issue's own, written without touching the user's checkout. */
import type { Case } from '../model/case.ts';
import { Failure } from '../model/failure.ts';
import type { Issue } from '../model/issue.ts';
import type { Patch } from '../model/patch.ts';
import type { IssueOutcome } from '../model/run-record.ts';
import type { StageResult } from '../model/stage-result.ts';
import type { Suspect } from '../model/suspect.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Published } from '../publishing/branch-life.ts';
import { commitMessage } from '../publishing/commit-message.ts';

/** A confirmed patch on its way to a branch. */
export interface Publication {
  readonly case: Case;
  /** Short ids of further issues that the patch cures, consequences of theirs included; the commit names them. */
  readonly serves: readonly string[];
  readonly patch: Patch;
  readonly verdict: Extract<Verdict, { kind: 'confirmed' }>;
  readonly suspect: Suspect | undefined;
}

export interface PublishTools {
  readonly maxBranches: number;
  readonly maxOpen: number;
  /** Branches of earlier nights that still wait for a person. */
  waiting(): Promise<readonly string[]>;
  readonly dryRun: boolean;
  /** Whether branches go to a remote: what stands there counts then, and not what an earlier night left here. */
  readonly pushes: boolean;
  branchOf(issue: Issue): string;
  /** `edited-by-human` or `rejected-before` where a person has settled it; the remote's branch is read for it. */
  settledByPeople(issue: Issue): Promise<IssueOutcome | undefined>;
  /** Why a person does not want this very patch. */
  rejectionOf(patch: Patch): string | undefined;
  /** The tip of a branch, undefined where there is none. */
  readTip(branch: string): Promise<string | undefined>;
  /** The same on the remote; undefined also where branches are not pushed. */
  readRemoteTip(branch: string): Promise<string | undefined>;
  commit(patch: Patch, message: string): Promise<string>;
  /** False when the branch is no longer at `expected`, or somebody has it checked out. */
  move(branch: string, commit: string, expected: string | undefined): Promise<boolean>;
  /** Throws a Failure where the remote does not take it, or its branch is not at `expected`. */
  push(branch: string, expected: string | undefined): Promise<void>;
  /** Remembers what was published, and tells Sentry of a new branch. */
  published(done: Published): Promise<void>;
  fingerprint(issue: Issue): Promise<string>;
}

/** One outcome per publication, sorted by short id. */
export async function publishBranches(
  publications: readonly Publication[],
  tools: PublishTools,
): Promise<StageResult<IssueOutcome>> {
  const items: IssueOutcome[] = [];
  const waiting = new Set(await tools.waiting());
  let written = 0;
  /** Why a branch has to wait for another night. */
  const deferral = (branch: string): string | undefined => {
    if (written >= tools.maxBranches)
      return `More than ${tools.maxBranches} branches in one night (publish.maxBranches).`;
    if (waiting.has(branch) || waiting.size < tools.maxOpen) return undefined;
    return `${waiting.size} ${waiting.size === 1 ? 'branch waits' : 'branches wait'} already (publish.maxOpen): ${[...waiting].sort().slice(0, NAMED).join(', ')}${waiting.size > NAMED ? ' …' : '.'}`;
  };
  const sorted = [...publications].sort((a, b) => a.case.issue.shortId.localeCompare(b.case.issue.shortId));
  for (const publication of sorted) {
    const outcome = await publish(publication, tools, deferral);
    if (outcome.result === 'branch-created' || outcome.result === 'branch-updated') {
      written++;
      if (outcome.branch !== undefined) waiting.add(outcome.branch);
    }
    items.push(outcome);
  }
  return { items, skipped: [] };
}

const NAMED = 5;

async function publish(
  publication: Publication,
  tools: PublishTools,
  deferral: (branch: string) => string | undefined,
): Promise<IssueOutcome> {
  const { case: one, serves, patch, verdict, suspect } = publication;
  const { issue } = one;
  const branch = tools.branchOf(issue);
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
  const unwanted = tools.rejectionOf(patch);
  if (unwanted !== undefined) return outcome('rejected-before', 'rejected-by-person', unwanted);
  const settled = await tools.settledByPeople(issue);
  if (settled) return { ...settled, patch: patch.id, seconds: verdict.seconds };
  const deferred = deferral(branch);
  if (deferred !== undefined) return outcome('limit-reached', 'more-than-max-branches', deferred);
  const tip = await tools.readTip(branch);
  const remoteTip = await tools.readRemoteTip(branch);
  const result = (tools.pushes ? remoteTip : tip) === undefined ? 'branch-created' : 'branch-updated';
  if (tools.dryRun) return outcome(result, 'dry-run', `Would be published on ${branch}.`);
  const message = commitMessage({
    branch,
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
  const refusal = await pushed(branch, remoteTip, tools);
  if (refusal) {
    const next = refusal.hint ?? '';
    return outcome('errored', 'harness-failed', `${branch} stands here, but: ${refusal.message} ${next}`, commit);
  }
  await tools.published({ issue, serves, patch, suspect, branch, commit, isNew: result === 'branch-created' });
  return outcome(result, 'confirmed', verdict.why, commit);
}

/** What the remote had against it; the branches of the other issues go on. */
async function pushed(branch: string, expected: string | undefined, tools: PublishTools): Promise<Failure | undefined> {
  try {
    await tools.push(branch, expected);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
