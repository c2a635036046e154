/** What was done on the code host, in sentences. */
import type { IssueOutcome, RunRecord } from '../model/run-record.ts';
import type { DashboardDeed, TendedDashboard } from '../publishing/forges/tend-dashboard.ts';
import type { Deed, Tended } from '../publishing/forges/tend-proposal.ts';

const DEEDS: Readonly<Record<Deed, string>> = {
  opened: 'opened as a draft',
  updated: 'updated',
  unchanged: 'unchanged',
  ready: 'marked ready, since its checks are green',
  'left-edited': 'left as it is, since somebody changed its text',
  'left-foreign': 'left as it is, since somebody else opened it',
  'left-closed': 'closed or merged by somebody, and not opened again',
  'would-open': 'would be opened as a draft',
  'would-update': 'would be updated',
  'would-mark-ready': 'would be marked ready, since its checks are green',
};

export function proposalWords({ deeds, proposal }: Tended, host: string): string {
  const where = proposal === undefined ? `a pull request at ${host}` : `the pull request ${proposal.url}`;
  return `${where}: ${deeds.map((deed) => DEEDS[deed]).join(', ')}.`;
}

const DASHBOARD: Readonly<Record<DashboardDeed, string>> = {
  opened: 'The dashboard was opened',
  updated: 'The dashboard was updated',
  unchanged: 'The dashboard is unchanged',
  'left-edited': 'The dashboard was left as it is, since somebody changed its text',
  'left-closed': 'The dashboard was closed by somebody, and is not opened again',
  'no-issues': 'The repository has no issues: the dashboard is in the night’s report alone',
  'nothing-to-tell': 'The dashboard has nothing to tell',
  'would-open': 'The dashboard would be opened',
  'would-update': 'The dashboard would be updated',
};

export function dashboardWords({ deed, url }: TendedDashboard): string {
  return `${DASHBOARD[deed]}${url === undefined ? '' : `: ${url}`}.`;
}

/** The outcomes of a night, each with what came of its branch on the code host. */
export function withPullRequests(
  { outcomes }: Pick<RunRecord, 'outcomes'>,
  branches: ReadonlyMap<string, { readonly words: string }>,
): IssueOutcome[] {
  return outcomes.map((one) => {
    const tended = one.branch === undefined ? undefined : branches.get(one.branch);
    if (tended === undefined || one.reason === 'same-cause') return one;
    // An unchanged issue repeats the sentence of an earlier night.
    const detail = one.detail.replace(/ On the code host: .*$/s, '');
    return { ...one, detail: `${detail} On the code host: ${tended.words}` };
  });
}
