/** What became of branches whose issues did not come this night, for the report: those that wait, and what was settled lately. */
import type { EarlierOutcome } from '../model/run-record.ts';
import { type BranchFacts, judgeBranch } from './branch-state.ts';
import { rejectionDetail, short } from './branch-words.ts';
import type { ProposalEntry, RejectionEntry } from './ledger/entries.ts';

export interface EarlierTools {
  readonly proposals: readonly ProposalEntry[];
  readonly rejections: readonly RejectionEntry[];
  /** Branches of issues that came this night. */
  readonly came: ReadonlySet<string>;
  readonly now: Date;
  look(branch: string, proposal: ProposalEntry): Promise<BranchFacts>;
}

/** What is settled is told for so many days. */
const TOLD_DAYS = 14;
const DAY = 86_400_000;
/** More than anybody reads; the newest stay. */
const MOST = 200;

/** Those that wait for people first, then by branch. */
export async function earlierOutcomes(tools: EarlierTools): Promise<EarlierOutcome[]> {
  const outcomes: EarlierOutcome[] = [];
  const newest = tools.proposals
    .filter(({ branch }) => !tools.came.has(branch))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.branch < b.branch ? -1 : 1));
  for (const entry of newest) {
    if (outcomes.length === MOST) break;
    const told = await stateOf(entry, tools);
    if (told === undefined) continue;
    const { shortId, title, branch, at: since } = entry;
    outcomes.push({ shortId, title, branch, since, ...told });
  }
  const waits = ({ state }: EarlierOutcome): number => Number(state !== 'waiting' && state !== 'edited-by-human');
  return outcomes.sort((a, b) => waits(a) - waits(b) || (a.branch < b.branch ? -1 : 1));
}

async function stateOf(
  entry: ProposalEntry,
  { now, rejections, look }: EarlierTools,
): Promise<Pick<EarlierOutcome, 'state' | 'detail' | 'commit'> | undefined> {
  const { branch, commit, state, mergedInto } = entry;
  if (state === 'open') {
    const facts = await look(branch, entry);
    const judged = judgeBranch(entry, facts);
    if (judged === 'foreign') {
      const detail = `${branch} has commits of somebody else.`;
      return { state: 'edited-by-human', detail, commit: facts.foreign ?? commit };
    }
    // Gone here, and no remote tells more.
    if (judged !== 'ours') return undefined;
    return { state: 'waiting', detail: `${branch} waits to be reviewed.`, commit };
  }
  if (state === 'merged') {
    return { state, commit, detail: `${branch} is merged${into(mergedInto)}; its scenarios were not run green since.` };
  }
  if (now.getTime() - Date.parse(entry.at) > TOLD_DAYS * DAY) return undefined;
  switch (state) {
    case 'released':
      return { state, commit, detail: `${branch} was merged${into(mergedInto)}, and its scenarios are green.` };
    case 'green':
      return { state: 'green-again', commit, detail: `Its scenarios are green without ${branch}.` };
    case 'regressed':
      return { state, commit, detail: `It came again after ${branch} was merged${into(mergedInto)}.` };
    case 'rejected': {
      const own = rejections.filter((one) => one.branch === branch).sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
      return { state: 'blocked', commit, detail: own[0] ? rejectionDetail(own[0]) : `${branch} was rejected.` };
    }
  }
}

function into(commit: string | undefined): string {
  return commit === undefined ? '' : ` in ${short(commit)}`;
}
