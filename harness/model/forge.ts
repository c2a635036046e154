/** A code host as publishing sees it: proposals (pull or merge requests) of branches, and issues for the dashboard. */

export interface Proposal {
  /** As people call it: `7` of `#7` or `!7`. */
  readonly number: number;
  readonly url: string;
  /** Without the prefix by which some hosts mark drafts. */
  readonly title: string;
  readonly body: string;
  /** `closed`: without having been merged. */
  readonly state: 'open' | 'merged' | 'closed';
  readonly isDraft: boolean;
  /** The tip of its branch as the host knows it. */
  readonly commit: string | undefined;
  /** The commit in which the target holds it; undefined until it is merged, and where the host does not tell. */
  readonly mergedAs: string | undefined;
}

export interface ProposalDraft {
  readonly branch: string;
  /** The branch that it shall be merged into; the repository's default branch where undefined. */
  readonly target: string | undefined;
  readonly title: string;
  readonly body: string;
}

/** Who closed a proposal, and what was said last; undefined where the host does not tell. */
export interface Closing {
  readonly by: string | undefined;
  readonly comment: string | undefined;
}

export interface ForgeIssue {
  readonly number: number;
  readonly url: string;
  readonly isOpen: boolean;
  readonly body: string;
}

/** `none`: nothing checks the commit. */
export type Checks = 'green' | 'red' | 'pending' | 'none';

/** Every method throws an upstream Failure that names the next step where the host refuses or does not answer. */
export interface Forge {
  /** `GitHub`. */
  readonly name: string;
  /** Of texts that it takes, in characters. */
  readonly bodyLimit: number;
  /** Whether Markdown may hold HTML; else tags would be shown. */
  readonly showsHtml: boolean;
  /** Of this repository's branch: the open one, else the newest. */
  findProposal(branch: string): Promise<Proposal | undefined>;
  /** As a draft, where the repository allows drafts. */
  openProposal(draft: ProposalDraft): Promise<Proposal>;
  updateProposal(proposal: Proposal, changes: { readonly title?: string; readonly body?: string }): Promise<void>;
  /** Does nothing where the host has no labels. */
  labelProposal(proposal: Proposal, labels: readonly string[]): Promise<void>;
  markReady(proposal: Proposal): Promise<void>;
  /** Of the branch's tip. */
  checksOf(proposal: Proposal): Promise<Checks>;
  closingOf(proposal: Proposal): Promise<Closing>;
  /** Those with the label, open and closed ones, oldest first; undefined where the repository has no issues. */
  listIssues(label: string): Promise<ForgeIssue[] | undefined>;
  openIssue(issue: { readonly title: string; readonly body: string; readonly label: string }): Promise<ForgeIssue>;
  updateIssue(issue: ForgeIssue, body: string): Promise<void>;
  closeIssue(issue: ForgeIssue): Promise<void>;
}
