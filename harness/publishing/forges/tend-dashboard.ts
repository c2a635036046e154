/** The dashboard: one issue that lists what waits, written only when its text changed, and left to whoever edited or closed it. */
import type { Forge, ForgeIssue } from '../../model/forge.ts';
import { hashOf, readMarked, replaceMarked, steady, writeMarked } from './marked-text.ts';
import { quietMarkdown, withoutHtml } from './quiet-words.ts';
import { MARKS_LENGTH } from './tend-proposal.ts';

export const DASHBOARD_LABEL = 'mendwright';
const TITLE = 'Mendwright: what waits for you';

export interface Dashboard {
  /** Markdown without times and run ids: on a quiet night it is the same. */
  readonly text: string;
  /** Whether there is anything to tell; an empty one is not opened. */
  readonly isEmpty: boolean;
}

export type DashboardDeed =
  | 'opened'
  | 'updated'
  | 'unchanged'
  | 'left-edited'
  | 'left-closed' // somebody closed it, and does not want it
  | 'no-issues' // the repository has none
  | 'nothing-to-tell'
  | 'would-open'
  | 'would-update';

export interface TendedDashboard {
  readonly deed: DashboardDeed;
  readonly url: string | undefined;
}

/** Throws the Failures of the forge. */
export async function tendDashboard(
  { text, isEmpty }: Dashboard,
  { forge, dryRun }: { readonly forge: Forge; readonly dryRun: boolean },
): Promise<TendedDashboard> {
  const wanted = fitted(text, forge);
  const known = await dashboards(forge);
  if (known === undefined) return { deed: 'no-issues', url: undefined };
  const open = known.find(({ isOpen }) => isOpen);
  if (open !== undefined) return update(open, wanted, { forge, dryRun });
  if (known.length > 0) return { deed: 'left-closed', url: known.at(-1)?.url };
  if (isEmpty) return { deed: 'nothing-to-tell', url: undefined };
  if (dryRun) return { deed: 'would-open', url: undefined };
  const opened = await forge.openIssue({ title: TITLE, body: marked(wanted, forge), label: DASHBOARD_LABEL });
  // Two nights at once may both have found none: the older one stays.
  const first = (await dashboards(forge))?.find(({ isOpen }) => isOpen) ?? opened;
  if (first.number >= opened.number) return { deed: 'opened', url: opened.url };
  await forge.closeIssue(opened);
  return update(first, wanted, { forge, dryRun });
}

async function dashboards(forge: Forge): Promise<ForgeIssue[] | undefined> {
  const issues = await forge.listIssues(DASHBOARD_LABEL);
  return issues?.filter(({ body }) => readMarked(body)?.kind === 'dashboard');
}

async function update(
  issue: ForgeIssue,
  wanted: string,
  { forge, dryRun }: { readonly forge: Forge; readonly dryRun: boolean },
): Promise<TendedDashboard> {
  const before = readMarked(issue.body);
  const done = (deed: DashboardDeed): TendedDashboard => ({ deed, url: issue.url });
  if (before === undefined || before.isEdited) return done('left-edited');
  if (before.text === steady(wanted)) return done('unchanged');
  if (dryRun) return done('would-update');
  await forge.updateIssue(issue, replaceMarked(before, marked(wanted, forge)));
  return done('updated');
}

function marked(text: string, { showsHtml }: Forge): string {
  return writeMarked(text, { kind: 'dashboard', title: hashOf(TITLE), evidence: '', isReady: false }, showsHtml);
}

/** A task of Azure Boards takes more than a pull request does; what is cut there is in the report. */
function fitted(text: string, { bodyLimit, showsHtml }: Forge): string {
  const quiet = quietMarkdown(showsHtml ? text : withoutHtml(text));
  const room = Math.max(bodyLimit, 30_000) - MARKS_LENGTH;
  return quiet.length <= room ? quiet : `${quiet.slice(0, quiet.lastIndexOf('\n', room - 2)).trimEnd()}\n…`;
}
