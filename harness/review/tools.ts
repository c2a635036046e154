/** What the review page needs of the world; built where the command line is. */
import type { NightProgress } from '../model/progress.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { PageParts } from '../report/html/run-pair.ts';
import type { Trends } from '../report/trends/trends.ts';

/** A night that has ended, as its folder holds it. */
export interface ReviewNight {
  readonly record: RunRecord;
  /** Beside the nights before it. */
  readonly trends: Trends | undefined;
  /** Whether Playwright's trace viewer lies in its folder, as `trace/`. */
  readonly hasTraceViewer: boolean;
  /** What a trace of its folder shows; nothing where left out. */
  readonly filmOf?: PageParts['filmOf'];
}

/** What a person said about a branch, or git shows of it. */
export interface Decision {
  readonly kind: 'approved' | 'rejected' | 'merged';
  /** One sentence: what was done, or why it was rejected. */
  readonly text: string;
}

/** A proposal that a person decides about. */
export interface Proposal {
  readonly run: string;
  readonly branch: string;
  readonly commit: string;
  readonly title: string;
}

export interface Answer {
  /** One or two sentences for the person. */
  readonly text: string;
  /** What is left to type. */
  readonly commands: readonly string[];
}

export interface ReviewTools {
  /** Runs that have ended, oldest first. */
  runs(): readonly string[];
  /** Undefined where there is no such run, or another version wrote it. */
  night(run: string): ReviewNight | undefined;
  /** A file of the run's folder, within it after every link is followed; undefined where there is none. */
  readFile(run: string, file: string): Uint8Array | undefined;
  /** By branch. */
  decisions(run: string): Promise<ReadonlyMap<string, Decision>>;
  /** What `approve` would do. Throws Failures, as the next two do. */
  planApproval(proposal: Proposal): Promise<Answer & { readonly canAct: boolean }>;
  approve(proposal: Proposal): Promise<Answer>;
  reject(proposal: Proposal, why: string): Promise<Answer>;
  /** Opens a file of the app at a line, on this machine. */
  openInEditor(place: { readonly file: string; readonly line: number }): Promise<Answer>;
  /** The night at work or the last one; undefined where none has told anything. */
  progress(): NightProgress | undefined;
}
