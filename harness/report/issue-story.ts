/** One issue of a night with all that belongs to it: outcome, suspects, the patch, its verdict and the other candidates. */
import type { Issue } from '../model/issue.ts';
import type { Patch } from '../model/patch.ts';
import type { IssueOutcome, RunRecord } from '../model/run-record.ts';
import type { SourcePosition, Suspect } from '../model/suspect.ts';
import type { Verdict } from '../model/verdict.ts';
import { NOT_MENDED, RESULTS, type ResultWords, RUNG_ORDER } from './night-words.ts';

export type Confirmed = Extract<Verdict, { kind: 'confirmed' }>;

export interface Candidate {
  readonly verdict: Verdict;
  readonly patch: Patch | undefined;
}

export interface IssueStory {
  readonly issue: Issue;
  /** Undefined when the night was not asked to mend it. */
  readonly outcome: IssueOutcome | undefined;
  readonly words: ResultWords;
  /** Best first, the published patch's own before all. */
  readonly suspects: readonly Suspect[];
  /** Where the error was thrown, when that is another place than the first suspect. */
  readonly thrownAt: SourcePosition | undefined;
  /** Published, or confirmed and held back. */
  readonly patch: Patch | undefined;
  readonly proof: Confirmed | undefined;
  /** Confirmed, but another one was better. */
  readonly runnersUp: readonly Candidate[];
  /** Furthest first. */
  readonly fallen: readonly Candidate[];
  readonly proposed: number;
  readonly screened: number;
  readonly confirmed: number;
  /** Issues that are held to be its consequence; they have no story of their own. */
  readonly followers: readonly Issue[];
  /** What stages left out for this issue. */
  readonly remarks: readonly string[];
}

/** Every issue that follows no other. Mended ones first, then what stays open, then the rest; by short id within. */
export function tellStories(record: RunRecord): IssueStory[] {
  const order = { mended: 0, open: 1, aside: 2 };
  const following = new Set(record.issues.flatMap(({ followers }) => followers));
  return record.issues
    .filter(({ shortId }) => !following.has(shortId))
    .map((issue) => tellStory(issue, record))
    .sort(
      (a, b) =>
        order[a.words.tone] - order[b.words.tone] ||
        a.issue.shortId.localeCompare(b.issue.shortId, 'en', { numeric: true }),
    );
}

/** A follower's story leads to the patch of the issue that it follows. */
export function tellStory(issue: Issue, record: RunRecord): IssueStory {
  const outcome = record.outcomes.find(({ shortId }) => shortId === issue.shortId);
  const leader = record.issues.find(({ followers }) => followers.includes(issue.shortId));
  const names = [issue.shortId, ...(leader ? [leader.shortId] : [])];
  const verdicts = record.verdicts.filter((verdict) => verdict.issue === issue.shortId);
  const proof = findProof(record, names, outcome);
  const patch = findPatch(record, names, outcome?.patch ?? proof?.patch);
  const suspects = record.suspects
    .filter((suspect) => suspect.issue === issue.shortId)
    .sort((a, b) => Number(b.id === patch?.suspect) - Number(a.id === patch?.suspect) || b.score - a.score);
  const candidates = verdicts
    .filter((verdict) => verdict.patch !== patch?.id)
    .map((verdict) => ({ verdict, patch: findPatch(record, [issue.shortId], verdict.patch) }));
  return {
    issue,
    outcome,
    words: outcome ? RESULTS[outcome.result] : NOT_MENDED,
    suspects,
    thrownAt: thrownElsewhere(suspects),
    patch,
    proof,
    runnersUp: candidates.filter(({ verdict }) => verdict.kind === 'confirmed'),
    fallen: candidates.filter(({ verdict }) => verdict.kind !== 'confirmed').sort(furthestFirst),
    proposed: record.patches.filter((one) => one.issue === issue.shortId).length,
    screened: verdicts.filter(({ rung }) => RUNG_ORDER.indexOf(rung) >= RUNG_ORDER.indexOf('screen')).length,
    confirmed: verdicts.filter(({ kind }) => kind === 'confirmed').length,
    followers: record.issues.filter(({ shortId }) => issue.followers.includes(shortId)),
    remarks: record.skipped
      .filter(({ subject, detail }) => subject === issue.shortId && detail !== outcome?.detail)
      .map(({ detail }) => detail),
  };
}

/** The published patch's verdict, else the first confirmed one. */
function findProof(
  record: RunRecord,
  names: readonly string[],
  outcome: IssueOutcome | undefined,
): Confirmed | undefined {
  const confirmed = record.verdicts.filter(
    (verdict): verdict is Confirmed => verdict.kind === 'confirmed' && names.includes(verdict.issue),
  );
  if (outcome?.patch === undefined) return confirmed.find(({ issue }) => issue === names[0]);
  return confirmed.find(({ patch }) => patch === outcome.patch);
}

function findPatch(record: RunRecord, names: readonly string[], id: string | undefined): Patch | undefined {
  return record.patches.find((patch) => patch.id === id && names.includes(patch.issue));
}

function thrownElsewhere(suspects: readonly Suspect[]): SourcePosition | undefined {
  const [suspect] = suspects;
  const frame = suspect?.stack[0];
  if (suspect === undefined || frame === undefined) return undefined;
  return frame.file === suspect.file && frame.line === suspect.line ? undefined : frame;
}

function furthestFirst(a: Candidate, b: Candidate): number {
  return (
    RUNG_ORDER.indexOf(b.verdict.rung) - RUNG_ORDER.indexOf(a.verdict.rung) ||
    (b.patch?.score ?? 0) - (a.patch?.score ?? 0) ||
    a.verdict.patch.localeCompare(b.verdict.patch)
  );
}
