/** Recent changes of the app's sources, and how likely each of them brought an error. */
import type { Issue } from '../model/issue.ts';
import type { Commit, Hunk, SourcePosition } from '../model/suspect.ts';
import type { Turn } from './find-turn.ts';

/** A hunk with the commit that made it. */
export interface Change {
  readonly commit: Commit;
  readonly hunk: Hunk;
}

export interface ChangeTools {
  /** Whether a patch may touch this file. */
  isSource(file: string): boolean;
  /** The commit at which an earlier night saw the scenario green. */
  lastGreen(scenario: string): Promise<Commit | undefined>;
  /** Commits after `from`, newest first; the newest few where `from` is left out. */
  commitsSince(from: string | undefined): Promise<readonly Commit[]>;
  hunksOf(commit: string): Promise<readonly Hunk[]>;
}

/** Lines that stand this near to a frame are about the same thing. */
export const NEAR = 12;
/** Data that code reads: where it changed, the code that cannot bear it is mended, seldom the data. */
const DATA = /\.(?:json5?|ya?ml|csv|tsv|txt|xml|sql|po|properties)$/i;
/** What blame says of the throwing line counts as so many lines: more than any distance within a file of the stack. */
const BLAMED = 5_000;
/**
 * What Sentry suspects counts as so many lines. It knows which commits touched a file of the stack, seldom which line: a change
 * that lies nearer by more than this stays before it. Of a commit that blame names, too, only blame counts: it is the same clue.
 */
const SUSPECTED = 50;
/** A hunk that only adds more lines than this is a new feature, not a slip. */
const MOST_ADDED = 80;

/**
 * Changes between `turn`'s commits, where it is known; else since every one of these scenarios was green; those of the
 * newest commits where nobody knows when. What came after the release in which Sentry saw the error first is innocent.
 * `commits` are all that were looked at, the innocent ones too.
 */
export async function recentChanges(
  { scenarios, firstRelease }: Pick<Issue, 'scenarios' | 'firstRelease'>,
  turn: Turn | undefined,
  tools: ChangeTools,
): Promise<{ changes: Change[]; green: Commit | undefined; commits: readonly Commit[] }> {
  if (turn) {
    const commits = await tools.commitsSince(turn.green.sha);
    const from = Math.max(
      0,
      commits.findIndex(({ sha }) => sha === turn.red?.sha),
    );
    return { changes: await changesOf(commits.slice(from), tools), green: turn.green, commits };
  }
  const greens: Commit[] = [];
  for (const scenario of scenarios) {
    const green = await tools.lastGreen(scenario);
    if (green) greens.push(green);
  }
  const green = greens.sort(newestFirst)[0];
  const commits = await tools.commitsSince(green?.sha);
  const first = commits.findIndex(({ sha }) => isRelease(sha, firstRelease));
  const changes = await changesOf(commits.slice(Math.max(0, first)), tools);
  // Since the scenario was green, a new file may be guilty; where nobody knows, it says only how old the app is.
  return { changes: green ? changes : changes.filter(({ hunk }) => !isWholeFile(hunk)), green, commits };
}

/** Releases are named after the commit, whole or shortened, alone or behind a name: `shop@3f2a91c`. */
function isRelease(sha: string, release: string | undefined): boolean {
  const named = /(?:^|[@-])([\da-f]{7,40})$/.exec(release ?? '')?.[1];
  return named !== undefined && sha.startsWith(named);
}

export async function changesOf(commits: readonly Commit[], tools: ChangeTools): Promise<Change[]> {
  const changes: Change[] = [];
  for (const commit of commits) {
    for (const hunk of await tools.hunksOf(commit.sha)) {
      const isNew = hunk.oldLines.length === 0 && hunk.newLines.length > MOST_ADDED;
      if (tools.isSource(hunk.file) && !isNew) changes.push({ commit, hunk });
    }
  }
  return changes;
}

function isWholeFile({ oldLines, newStart }: Hunk): boolean {
  return oldLines.length === 0 && newStart === 1;
}

/** Nearest to the stack first, unless blame or Sentry name the commit; among the equally near the newest commit. */
export function rankChanges(
  changes: readonly Change[],
  stack: readonly SourcePosition[],
  { blamed, suspected }: { readonly blamed: readonly Commit[]; readonly suspected: readonly Commit[] },
): Change[] {
  const isAmong = (commits: readonly Commit[], { commit }: Change): boolean =>
    commits.some(({ sha }) => sha === commit.sha);
  const weight = (change: Change): number => {
    const named = isAmong(blamed, change) ? BLAMED : isAmong(suspected, change) ? SUSPECTED : 0;
    return Math.min(distance(change.hunk, stack), 10_000) - named;
  };
  return [...changes].sort((a, b) => weight(a) - weight(b) || newestFirst(a.commit, b.commit));
}

/** Lines between a hunk and the nearest position; another file of the stack is nearer than one outside of it. */
export function distance(hunk: Hunk, stack: readonly SourcePosition[]): number {
  const lines = stack
    .filter(({ file }) => file === hunk.file)
    .map(({ line }) =>
      Math.max(0, hunk.newStart - line, line - (hunk.newStart + Math.max(0, hunk.newLines.length - 1))),
    );
  return lines.length === 0 ? 20_000 : Math.min(...lines);
}

export function isData({ hunk }: Change): boolean {
  return DATA.test(hunk.file);
}

/**
 * How sure it is that the fault is among the changes, 0 to 1: the scenario was green before them, so it is, unless it came
 * with data or from outside; but the more there are, the less says each of them.
 */
export function blameOfChanges(changes: readonly Change[], green: Commit | undefined): number {
  const ofCode = changes.filter((change) => !isData(change)).length;
  if (green === undefined || ofCode === 0) return 0.5;
  if (ofCode <= 4) return 0.94;
  return ofCode <= 12 ? 0.8 : 0.6;
}

export function changedBy(commit: Commit, green: Commit | undefined): string {
  const since = green === undefined ? '' : `, since the scenario was last green at ${green.sha.slice(0, 7)}`;
  return `Changed by ${nameOf(commit)}${since}.`;
}

export function nameOf({ sha, subject }: Commit): string {
  return `${sha.slice(0, 7)} “${subject.slice(0, 100)}”`;
}

/** Commits carry the time zone of whoever made them. */
function newestFirst(a: Commit, b: Commit): number {
  return Date.parse(b.at) - Date.parse(a.at);
}
