/** A person's yes to a proposed branch: merged or pushed without a checkout, or the command for whoever has to do it. */
import { describeRef, hasCommit, isAncestor, moveRef } from '../adapters/git/branch.ts';
import { commitMerge, conflictFailure, mergeCommits } from '../adapters/git/merge-branch.ts';
import { openRepository, type Repository } from '../adapters/git/open-repository.ts';
import { fetchObjects, pushRefs, readRemoteRefs } from '../adapters/git/remote.ts';
import { withoutCredentials } from '../adapters/git/run-git.ts';
import { oneLine } from '../markup/plain-text.ts';
import { Failure } from '../model/failure.ts';

export interface ApproveRequest {
  readonly cwd: string;
  readonly branch: string;
  /** Where the night left the branch: what a person has seen the evidence of. */
  readonly commit: string;
  /** For the merge's subject. */
  readonly title: string;
  readonly approve: 'merge' | 'push';
  /** The branch to merge into; undefined where the night worked on none. */
  readonly into: string | undefined;
  /** A remote's name, or false. */
  readonly push: string | false;
  /** Nothing is fetched then, so that a merge at the remote is not tried out. */
  readonly dryRun: boolean;
  readonly now: Date;
}

export interface ApprovalPlan {
  /** What approving will do, or why it cannot. */
  readonly sentence: string;
  /** What a person types where we leave it to them; else empty. */
  readonly commands: readonly string[];
  /** Does it and returns what was done; undefined where there is nothing that we may do. */
  readonly act: (() => Promise<string>) | undefined;
}

interface Ground extends ApproveRequest {
  readonly repository: Repository;
  readonly ref: string;
}

/** Writes nothing. Throws the usage Failures `branch-moved` and `merge-conflict`, and `remote-unreachable`. */
export async function planApproval(request: ApproveRequest): Promise<ApprovalPlan> {
  const repository = await openRepository(request.cwd);
  const ground: Ground = { ...request, repository, ref: `refs/heads/${request.branch}` };
  return request.approve === 'push' ? planPush(ground) : planMerge(ground);
}

async function planPush({ repository, branch, commit, ref, push }: Ground): Promise<ApprovalPlan> {
  const local = (await describeRef(repository, ref))?.commit;
  if (push === false) {
    return ask(`No remote is set (publish.push): push ${branch} where you open pull requests.`, [
      `git push --set-upstream origin ${word(branch)}`,
    ]);
  }
  const remote = (await readRemoteRefs(repository, push, [ref])).get(ref);
  const name = withoutCredentials(push);
  if (remote === commit) return done(`${branch} is on ${name} already: open its pull request there.`);
  if (local !== commit) throw moved(branch, commit);
  return {
    sentence: `${branch} will be pushed to ${name}, where you can open its pull request.`,
    commands: [],
    act: async () => {
      await pushRefs(repository, push, [{ ref, expected: remote }]);
      return `${branch} was pushed to ${name}.`;
    },
  };
}

async function planMerge(ground: Ground): Promise<ApprovalPlan> {
  const { repository, branch, commit, ref, into, push } = ground;
  const local = (await describeRef(repository, ref))?.commit;
  const tips = push === false ? new Map<string, string>() : await readTips(ground, push);
  if ((local ?? tips.get(ref)) !== commit) throw moved(branch, commit);
  const merge = `git merge --no-ff ${word(branch)}`;
  if (into === undefined) return ask('The night worked on no branch: merge it where you want it.', [merge]);
  const target = `refs/heads/${into}`;
  if (push !== false) {
    const tip = tips.get(target);
    const name = withoutCredentials(push);
    if (tip === undefined) return ask(`${name} has no branch ${into}: merge it where you want it.`, [merge]);
    return planMergeAt(ground, { into, tip, where: `${into} at ${name}` }, (merged) =>
      pushRefs(repository, push, [{ ref: target, expected: tip, to: merged }]),
    );
  }
  const here = await describeRef(repository, target);
  if (here === undefined) return ask(`There is no branch ${into} here: merge it where you want it.`, [merge]);
  if (await isAncestor(repository, commit, here.commit)) return done(`${into} holds ${branch} already.`);
  if (here.checkedOut) {
    return ask(`${into} is checked out, and your checkout is yours: merge it there.`, [
      `git switch ${word(into)}`,
      merge,
    ]);
  }
  return planMergeAt(ground, { into, tip: here.commit, where: `${into} in this repository` }, async (merged) => {
    if (await moveRef(repository, target, merged, here.commit)) return;
    throw new Failure('usage', 'branch-moved', `${into} moved meanwhile.`, { hint: 'Nothing was merged; try again.' });
  });
}

async function readTips({ repository, ref, into, commit, dryRun }: Ground, push: string): Promise<Map<string, string>> {
  const target = into === undefined ? [] : [`refs/heads/${into}`];
  const tips = await readRemoteRefs(repository, push, [ref, ...target]);
  const missing: string[] = [];
  for (const [name, tip] of tips) {
    if ((name !== ref || tip === commit) && !(await hasCommit(repository, tip))) missing.push(name);
  }
  if (!dryRun) await fetchObjects(repository, push, missing);
  return tips;
}

async function planMergeAt(
  { repository, branch, commit, title, dryRun, now }: Ground,
  { into, tip, where }: { into: string; tip: string; where: string },
  publish: (merged: string) => Promise<void>,
): Promise<ApprovalPlan> {
  const isKnown = await hasCommit(repository, tip);
  if (isKnown && (await isAncestor(repository, commit, tip))) return done(`${where} holds ${branch} already.`);
  if (isKnown) {
    const tried = await mergeCommits(repository, tip, commit, { isTrial: true });
    if (tried === undefined) {
      return ask('This git is older than 2.38, which cannot merge without a checkout: merge it by hand.', [
        `git switch ${word(into)}`,
        `git merge --no-ff ${word(branch)}`,
      ]);
    }
    if (tried.files.length > 0) throw conflictFailure(branch, into, tried.files);
  }
  const untried = isKnown || !dryRun ? '' : ' Whether it merges is not known before it is fetched.';
  return {
    sentence: `${branch} will be merged into ${where}.${untried}`,
    commands: [],
    act: async () => {
      const result = await mergeCommits(repository, tip, commit);
      if (result === undefined || result.files.length > 0) throw conflictFailure(branch, into, result?.files ?? []);
      // On one line, whatever it quotes: further lines could be read as trailers.
      const message = `Merge ${branch}: ${oneLine(title, 120)}\n\nApproved in mendwright's review page.\n`;
      const merged = await commitMerge(repository, result.tree, { into: tip, from: commit, message, at: now });
      await publish(merged);
      return `${branch} was merged into ${where} (${merged.slice(0, 7)}).`;
    },
  };
}

function ask(sentence: string, commands: readonly string[]): ApprovalPlan {
  return { sentence, commands, act: undefined };
}

function done(sentence: string): ApprovalPlan {
  return { sentence, commands: [], act: undefined };
}

function moved(branch: string, commit: string): Failure {
  return new Failure(
    'usage',
    'branch-moved',
    `${branch} is no longer at ${commit.slice(0, 7)}, of which this is the evidence.`,
    {
      hint: `Look at what it holds now: git show ${word(branch)}`,
    },
  );
}

/** One word of a shell's line. */
function word(text: string): string {
  return /^[\w./@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
