/** The branches of ours as git shows them, here and on the remote that `publish.push` names. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AUTHOR, authorsSince, hasCommit, isAncestor, isMerged, readRef, removeRef } from '../adapters/git/branch.ts';
import { LEDGER_REF } from '../adapters/git/ledger-ref.ts';
import type { Repository } from '../adapters/git/open-repository.ts';
import { fetchObjects, pushRefs, readRemoteRefs } from '../adapters/git/remote.ts';
import { Failure } from '../model/failure.ts';
import type { BranchFacts } from '../publishing/branch-state.ts';
import type { ProposalEntry } from '../publishing/ledger/entries.ts';
import type { Settings } from '../settings.ts';

export interface BranchView {
  /** Why the remote could not be read; undefined also where none is configured. */
  readonly trouble: Failure | undefined;
  /** Whether the clone lacks older commits. */
  readonly isShallow: boolean;
  /** Where the remote's ledger was. */
  readonly ledgerTip: string | undefined;
  /** Whether the base holds a commit. */
  contains(commit: string): Promise<boolean>;
  look(branch: string, proposal: ProposalEntry | undefined, fresh: boolean): Promise<BranchFacts>;
  /** Throws Failures where the remote does not take it. */
  remove(branch: string, facts: BranchFacts): Promise<void>;
}

export interface ViewGround {
  readonly repository: Repository;
  readonly base: string;
  readonly publish: Pick<Settings['publish'], 'branchPrefix' | 'push'>;
  /** Nothing is fetched then: what the remote alone has is taken for ours. */
  readonly dryRun: boolean;
}

const US = `${AUTHOR.name} <${AUTHOR.email}>`;

/** One question to the remote for all branches; one that cannot be reached is told, and the view is of what is here. */
export async function viewBranches({ repository, base, publish, dryRun }: ViewGround): Promise<BranchView> {
  const { push: remote, branchPrefix } = publish;
  const { tips, trouble } = await readTips();
  const isRemoteKnown = remote !== false && trouble === undefined;
  const isShallow = existsSync(join(repository.gitDir, 'shallow'));

  async function readTips(): Promise<{ tips: Map<string, string>; trouble: Failure | undefined }> {
    if (remote === false) return { tips: new Map(), trouble: undefined };
    try {
      const refs = await readRemoteRefs(repository, remote, [`refs/heads/${branchPrefix}*`, LEDGER_REF]);
      await bring([...refs].filter(([ref]) => ref !== LEDGER_REF));
      return { tips: refs, trouble: undefined };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { tips: new Map(), trouble: error };
    }
  }

  async function bring(refs: readonly (readonly [ref: string, tip: string])[]): Promise<void> {
    if (dryRun || remote === false) return;
    const missing: string[] = [];
    for (const [ref, tip] of refs) if (!(await hasCommit(repository, tip))) missing.push(ref);
    await fetchObjects(repository, remote, missing);
  }

  async function remoteTip(ref: string, fresh: boolean): Promise<string | undefined> {
    if (!fresh || remote === false || !isRemoteKnown) return tips.get(ref);
    try {
      const tip = (await readRemoteRefs(repository, remote, [ref])).get(ref);
      if (tip !== undefined) await bring([[ref, tip]]);
      return tip;
    } catch (error) {
      // Gone since the night began: the push will say so.
      if (error instanceof Failure) return tips.get(ref);
      throw error;
    }
  }

  async function isForeign(tip: string): Promise<boolean> {
    if (!(await hasCommit(repository, tip))) return false;
    return (await authorsSince(repository, base, tip)).some((author) => author !== US);
  }

  async function holds(entry: ProposalEntry, foreign: string | undefined): Promise<boolean> {
    const { commit, patch, base: since, state, mergedInto } = entry;
    // A host keeps the commits of a branch that was deleted, for whoever asks for them by name.
    if (isRemoteKnown && !dryRun && !(await hasCommit(repository, commit))) {
      await fetchObjects(repository, remote, [commit]).catch(() => undefined);
    }
    const trailer = { text: `Mendwright-Patch: ${patch}`, since };
    // Merged as people told it on the code host: squashed, or rebased.
    const isTold = state === 'merged' && mergedInto !== undefined && (await contains(mergedInto));
    if (!isTold && !(await isMerged(repository, { commit, trailer }, base))) return false;
    return isTold || foreign === undefined || isMerged(repository, { commit: foreign }, base);
  }

  /** Without looking for the same changes in other commits. */
  async function contains(commit: string): Promise<boolean> {
    return (await hasCommit(repository, commit)) && isAncestor(repository, commit, base);
  }

  return {
    contains,
    trouble,
    isShallow,
    ledgerTip: tips.get(LEDGER_REF),
    look: async (branch, proposal, fresh) => {
      const ref = `refs/heads/${branch}`;
      const local = await readRef(repository, ref);
      const remoteAt = await remoteTip(ref, fresh);
      let foreign: string | undefined;
      for (const tip of [remoteAt, local]) {
        if (foreign === undefined && tip !== undefined && (await isForeign(tip))) foreign = tip;
      }
      const merged = proposal !== undefined && (await holds(proposal, foreign));
      return { local, remote: remoteAt, isRemoteKnown, isShallow, foreign, isMerged: merged };
    },
    remove: async (branch, { local, remote: tip }) => {
      const ref = `refs/heads/${branch}`;
      if (remote !== false && tip !== undefined) await pushRefs(repository, remote, [{ ref, expected: tip, to: null }]);
      if (local !== undefined) await removeRef(repository, ref, local);
    },
  };
}
