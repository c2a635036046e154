/** The life of a branch between nights: settled by people, merged, released, come again. Decides; git and Sentry come in as tools. */
import { Failure } from '../model/failure.ts';
import type { Issue } from '../model/issue.ts';
import type { Patch } from '../model/patch.ts';
import type { EarlierOutcome, IssueOutcome, RunRecord } from '../model/run-record.ts';
import type { Suspect } from '../model/suspect.ts';
import { branchName } from './branch-name.ts';
import { type BranchFacts, type BranchState, judgeBranch, proposalOf } from './branch-state.ts';
import {
  causeOf,
  mergedNote,
  proposalNote,
  regressedNote,
  regressedWords,
  rejectionDetail,
  short,
} from './branch-words.ts';
import { earlierOutcomes } from './earlier-nights.ts';
import { changeOf, evidenceOf } from './fingerprint.ts';
import type { Fate } from './forges/fate.ts';
import type { ProposalEntry, RejectionEntry } from './ledger/entries.ts';
import type { Ledger } from './ledger/ledger.ts';
import { rejectionFor } from './ledger/reject-proposal.ts';

export interface LifeTools {
  readonly ledger: Ledger;
  readonly base: string;
  readonly prefix: string;
  readonly dryRun: boolean;
  /** Whether branches go to a remote. */
  readonly pushes: boolean;
  now(): Date;
  fingerprint(issue: Pick<Issue, 'title'>): Promise<string>;
  /** `path blob` at the base, of files and of the files of scenarios. */
  blobs(files: readonly string[], scenarios: readonly string[]): Promise<readonly string[]>;
  /** `fresh`: the remote is asked again. */
  look(branch: string, proposal: ProposalEntry | undefined, fresh: boolean): Promise<BranchFacts>;
  /** Removes a merged branch, here and on the remote, where both still are as they were looked at. */
  remove(branch: string, facts: BranchFacts): Promise<void>;
  readonly sentry: {
    addNote(issue: string, text: string): Promise<unknown>;
    resolve(issue: string): Promise<unknown>;
    reopen(issue: string): Promise<unknown>;
  };
  /** What people did with its pull request; undefined where there is none, or no code host to ask. */
  fateOf?(entry: ProposalEntry): Promise<Fate | undefined>;
  /** Whether the base holds a commit. */
  contains(commit: string): Promise<boolean>;
  warn(text: string): void;
}

export interface Published {
  readonly issue: Issue;
  readonly serves: readonly string[];
  readonly patch: Patch;
  readonly suspect: Suspect | undefined;
  readonly branch: string;
  readonly commit: string;
  readonly isNew: boolean;
}

export interface BranchLife {
  branchOf(issue: Issue): string;
  /** What people have settled of an issue: `edited-by-human` or `rejected-before`; undefined where the way is free. */
  settledByPeople(issue: Issue, fresh?: boolean): Promise<IssueOutcome | undefined>;
  /** Why this very patch is not to be proposed, whatever has changed. */
  rejectionOf(patch: Pick<Patch, 'id' | 'diff' | 'edits' | 'newFiles'>): string | undefined;
  /** Told, with the old evidence, where an issue has come again after its fix was merged; a note in Sentry says the same. */
  reopened(issue: Issue): Promise<string | undefined>;
  published(done: Published): Promise<void>;
  /** Branches that were proposed and still stand, whoever has committed to them; sorted. */
  waiting(): Promise<string[]>;
  /** Looks at the branches of issues that did not come this night. */
  close(night: Pick<RunRecord, 'issues' | 'scenarios' | 'red'>): Promise<IssueOutcome[]>;
  /** The same issues' branches as they are after `close`, for the report. */
  earlier(night: Pick<RunRecord, 'issues'>): Promise<EarlierOutcome[]>;
  /** As they are known now, what this night changed included. */
  proposals(): readonly ProposalEntry[];
  /** What is to be written into the ledger. */
  news(): { readonly proposals: readonly ProposalEntry[]; readonly rejections: readonly RejectionEntry[] };
}

export function branchLife(tools: LifeTools): BranchLife {
  const proposals = new Map(tools.ledger.proposals);
  const changed = new Map<string, ProposalEntry>();
  const rejections: RejectionEntry[] = [];
  const at = (): string => tools.now().toISOString();
  const known = (issue: Issue) => proposalOf(issue, proposals.values());
  const branchOf = (issue: Issue): string => known(issue)?.branch ?? branchName(tools.prefix, issue);

  const branchesOf = (issues: readonly Issue[]) => new Set(issues.flatMap((issue) => known(issue)?.branch ?? []));

  function change(entry: ProposalEntry, changes: Partial<ProposalEntry>): ProposalEntry {
    const next = { ...entry, ...changes, at: at() };
    proposals.set(next.branch, next);
    changed.set(next.branch, next);
    return next;
  }

  function reject(entry: ProposalEntry, { state, why }: Judged): RejectionEntry {
    change(entry, { state: 'rejected' });
    const said =
      state === 'closed'
        ? ({ by: 'pull-request-closed', why } as const)
        : ({ by: 'branch-deleted', why: 'The branch was deleted on the remote.' } as const);
    const rejection = rejectionFor(entry, { ...said, at: at() });
    rejections.push(rejection);
    return rejection;
  }

  /** What git shows, and what people did with the pull request. */
  async function judge(entry: ProposalEntry | undefined, facts: BranchFacts): Promise<Judged> {
    const state = judgeBranch(entry, facts);
    if (entry?.state !== 'open' || !entry.pushed || state === 'merged') return { state, why: '' };
    const fate = await tools.fateOf?.(entry);
    if (fate?.state === 'merged') {
      // Squashed, and told in other words: git alone cannot tell. A base that is older than the merge does not hold it yet.
      const isHeld = fate.mergedAs !== undefined && (await tools.contains(fate.mergedAs));
      return { state: isHeld ? 'merged' : state === 'deleted' ? 'absent' : state, why: '' };
    }
    return fate?.state === 'closed' && state !== 'foreign' ? { state: 'closed', why: fate.why } : { state, why: '' };
  }

  /** The rejection that still holds: nothing that it rests on has changed. */
  async function standing({ title }: Issue): Promise<RejectionEntry | undefined> {
    for (const rejection of [...tools.ledger.rejections, ...rejections]) {
      const blobs = await tools.blobs(rejection.files, rejection.scenarios);
      if (evidenceOf({ title, blobs }) === rejection.evidence) return rejection;
    }
    return undefined;
  }

  /** Sentry is told where it can be; the night does not end where it cannot. */
  async function tell(work: () => Promise<unknown>): Promise<void> {
    if (tools.dryRun) return;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      tools.warn(`Sentry was not told: ${error.message}`);
    }
  }

  async function tellAll({ issueId, serves }: ProposalEntry, work: (issue: string) => Promise<unknown>): Promise<void> {
    for (const issue of [issueId, ...serves]) await tell(() => work(issue));
  }

  async function closeOne(entry: ProposalEntry, isGreen: boolean): Promise<IssueOutcome | undefined> {
    const facts = await tools.look(entry.branch, entry, false);
    const judged = await judge(entry, facts);
    const { state } = judged;
    const outcome = (result: IssueOutcome['result'], reason: IssueOutcome['reason'], detail: string): IssueOutcome => ({
      ...{ shortId: entry.shortId, title: entry.title, result, reason, detail, branch: entry.branch, seconds: 0 },
      ...{ commit: entry.commit, patch: entry.patch },
    });
    if (state === 'merged') {
      const isNews = entry.state !== 'merged';
      const merged = isNews ? change(entry, { state: 'merged', mergedInto: tools.base }) : entry;
      if (!tools.dryRun) await tools.remove(entry.branch, facts);
      if (isGreen) {
        change(merged, { state: 'released' });
        await tellAll(merged, (issue) => tools.sentry.addNote(issue, mergedNote(merged, tools.base)));
        await tellAll(merged, (issue) => tools.sentry.resolve(issue));
        return outcome('fixed-on-base', 'merged', `${entry.branch} is merged, and green at ${short(tools.base)}.`);
      }
      return isNews
        ? outcome('fixed-on-base', 'merged', `${entry.branch} is merged; its scenarios were not run green yet.`)
        : undefined;
    }
    if (state === 'deleted' || state === 'closed') {
      const rejection = reject(entry, judged);
      return outcome('rejected-before', reasonOf(rejection), rejectionDetail(rejection));
    }
    const hasChanged = (await tools.fingerprint(entry)) !== entry.fingerprint;
    if (state !== 'ours' || entry.state !== 'open' || !isGreen || !hasChanged) return undefined;
    change(entry, { state: 'green' });
    const detail = `Its scenarios are green at ${short(tools.base)} without ${entry.branch}, which was left as it is.`;
    return outcome('fixed-on-base', 'green-again', detail);
  }

  return {
    branchOf,
    settledByPeople: async (issue, fresh = false) => {
      const proposal = known(issue);
      const branch = branchOf(issue);
      const facts = await tools.look(branch, proposal, fresh);
      const judged = await judge(proposal, facts);
      const { state } = judged;
      const settled = { shortId: issue.shortId, branch, seconds: 0 };
      if (state === 'foreign' && facts.foreign !== undefined) {
        const detail = `${branch} has commits of somebody else; it was left as it is.`;
        const reason = 'branch-has-foreign-commits';
        return { ...settled, result: 'edited-by-human', reason, detail, commit: facts.foreign };
      }
      if ((state === 'deleted' || state === 'closed') && proposal !== undefined) reject(proposal, judged);
      const rejection = await standing(issue);
      if (rejection === undefined) return undefined;
      return { ...settled, result: 'rejected-before', reason: reasonOf(rejection), detail: rejectionDetail(rejection) };
    },
    rejectionOf: (patch) => {
      const lines = changeOf(patch);
      const rejection = tools.ledger.rejections.find(
        (entry) => entry.by === 'person' && (entry.patch === patch.id || entry.change === lines),
      );
      return rejection && rejectionDetail(rejection);
    },
    reopened: async (issue) => {
      const proposal = known(issue);
      if (proposal === undefined) return undefined;
      const facts = await tools.look(proposal.branch, proposal, false);
      if ((await judge(proposal, facts)).state !== 'merged') return undefined;
      const regressed = change(proposal, { state: 'regressed', mergedInto: proposal.mergedInto ?? tools.base });
      const note = regressedNote(regressed, tools.base);
      await tell(async () => {
        if (issue.status === 'resolved') await tools.sentry.reopen(issue.id);
        await tools.sentry.addNote(issue.id, note);
      });
      return regressedWords(issue.shortId, regressed);
    },
    published: async ({ issue, serves, patch, suspect, branch, commit, isNew }) => {
      const files = [...new Set([...patch.edits, ...patch.newFiles].map(({ file }) => file))].sort();
      const blobs = await tools.blobs(files, issue.scenarios);
      const entry: ProposalEntry = {
        branch,
        shortId: issue.shortId,
        issueId: issue.id,
        title: issue.title,
        serves: [...serves],
        patch: patch.id,
        change: changeOf(patch),
        files,
        scenarios: [...issue.scenarios].sort(),
        evidence: evidenceOf({ title: issue.title, blobs }),
        fixer: patch.fixer,
        cause: causeOf(suspect, patch.rationale),
        fingerprint: await tools.fingerprint(issue),
        commit,
        base: tools.base,
        pushed: tools.pushes,
        state: 'open',
        at: at(),
      };
      change(entry, {});
      if (isNew) await tellAll(entry, (id) => tools.sentry.addNote(id, proposalNote(entry)));
    },
    waiting: async () => {
      const standing: string[] = [];
      for (const entry of proposals.values()) {
        if (entry.state !== 'open' && entry.state !== 'green') continue;
        const state = judgeBranch(entry, await tools.look(entry.branch, entry, false));
        if (state === 'ours' || state === 'foreign') standing.push(entry.branch);
      }
      return standing.sort();
    },
    close: async ({ issues, scenarios, red }) => {
      const green = new Set(
        scenarios
          .filter(({ status, scenario }) => status === 'passed' && !red.includes(scenario.id))
          .map(({ scenario }) => scenario.id),
      );
      const came = branchesOf(issues);
      const outcomes: IssueOutcome[] = [];
      for (const entry of [...proposals.values()].sort((a, b) => (a.branch < b.branch ? -1 : 1))) {
        if (came.has(entry.branch) || !['open', 'merged'].includes(entry.state)) continue;
        const outcome = await closeOne(
          entry,
          entry.scenarios.every((id) => green.has(id)),
        );
        if (outcome) outcomes.push(outcome);
      }
      return outcomes;
    },
    earlier: ({ issues }) =>
      earlierOutcomes({
        proposals: [...proposals.values()],
        rejections: [...tools.ledger.rejections, ...rejections],
        came: branchesOf(issues),
        now: tools.now(),
        look: (branch, proposal) => tools.look(branch, proposal, false),
      }),
    proposals: () => [...proposals.values()],
    news: () => ({ proposals: [...changed.values()], rejections }),
  };
}

interface Judged {
  readonly state: BranchState | 'closed';
  /** Of a closed one: who closed it, and what was said. */
  readonly why: string;
}

function reasonOf({ by }: RejectionEntry): 'branch-deleted' | 'rejected-by-person' {
  return by === 'branch-deleted' ? 'branch-deleted' : 'rejected-by-person';
}
