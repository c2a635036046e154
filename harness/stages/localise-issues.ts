/** Issues in, suspects out: the places in the source where the error was thrown, passed through, or came from. */
import { createHash } from 'node:crypto';
import type { ExceptionValue, Issue } from '../model/issue.ts';
import type { Skipped, StageResult } from '../model/stage-result.ts';
import type { Commit, Hunk, SourcePosition, Suspect } from '../model/suspect.ts';

/** Paths are relative to the app's root; everything is read at the base commit. */
export interface LocaliseTools {
  /** Whether a patch may touch this file. */
  isSource(file: string): boolean;
  readSource(file: string): Promise<string | undefined>;
  /** Name of the function around a line. */
  functionAt(position: { file: string; line: number }): Promise<string | undefined>;
  /** The commits that last changed these lines, newest first. */
  blame(range: { file: string; from: number; to: number }): Promise<readonly Commit[]>;
  /** The commit at which an earlier night saw the scenario green. */
  lastGreen(scenario: string): Promise<Commit | undefined>;
  /** Commits after `from`, newest first; the newest few where `from` is left out. */
  commitsSince(from: string | undefined): Promise<readonly Commit[]>;
  hunksOf(commit: string): Promise<readonly Hunk[]>;
}

/** A hunk with the commit that made it. */
interface Change {
  readonly commit: Commit;
  readonly hunk: Hunk;
}

const MOST_FRAMES = 6;
const MOST_CHANGES = 8;
/** Lines that stand this near to a frame are about the same thing. */
const NEAR = 12;
/** A hunk that only adds more lines than this is a new feature, not a slip. */
const MOST_ADDED = 80;

/** Suspects sorted by issue, then best first; an issue without any is named in `skipped`. */
export async function localiseIssues(issues: readonly Issue[], tools: LocaliseTools): Promise<StageResult<Suspect>> {
  const items: Suspect[] = [];
  const skipped: Skipped[] = [];
  for (const issue of [...issues].sort((a, b) => a.shortId.localeCompare(b.shortId))) {
    const suspects = await localise(issue, tools);
    items.push(...suspects);
    if (suspects.length === 0) skipped.push(noSuspect(issue));
  }
  return { items, skipped };
}

async function localise(issue: Issue, tools: LocaliseTools): Promise<Suspect[]> {
  const thrown = issue.event.exceptions.at(-1);
  const stack = await stackOf(issue.event.exceptions, tools);
  const { changes, green } = await recentChanges(issue, tools);
  const ranked = await rankChanges(changes, stack, tools);
  const [guilty] = ranked;
  const shared = {
    issue: issue.shortId,
    runtime: issue.runtime,
    errorType: issue.reportedByHarness && stack.length === 0 ? '' : (thrown?.type ?? ''),
    message: thrown?.value ?? issue.event.message,
    stack,
    hunks: ranked.map(({ hunk }) => hunk).slice(0, 30),
    ...(guilty && { commit: guilty.commit }),
    ...valuesOf(thrown),
  };
  const places: (SourcePosition & { score: number; reasons: string[] })[] = [];
  for (const [index, position] of stack.slice(0, MOST_FRAMES).entries()) {
    const reasons = [await frameReason(index, position, shared, tools)];
    const near = ranked.find(({ hunk }) => distance(hunk, [position]) <= NEAR);
    if (near) reasons.push(changedBy(near.commit, green));
    places.push({ ...position, score: 0.9 * 0.8 ** index + (near ? 0.08 : 0), reasons });
  }
  for (const [index, { commit, hunk }] of ranked.slice(0, MOST_CHANGES).entries()) {
    const line = Math.max(1, hunk.newStart);
    if (places.some((place) => place.file === hunk.file && Math.abs(place.line - line) <= 2)) continue;
    const name = await tools.functionAt({ file: hunk.file, line });
    places.push({
      file: hunk.file,
      line,
      ...(name && { function: name }),
      score: 0.5 * 0.85 ** index,
      reasons: [changedBy(commit, green)],
    });
  }
  return places
    .map((place) => ({ ...shared, ...place, id: hash(`${issue.shortId} ${place.file}:${place.line}`) }))
    .sort((a, b) => b.score - a.score || a.id.localeCompare(b.id));
}

/** In-app positions of the reported exception, throwing frame first, then those of its causes. */
async function stackOf(exceptions: readonly ExceptionValue[], tools: LocaliseTools): Promise<SourcePosition[]> {
  const seen = new Map<string, SourcePosition>();
  for (const { frames } of [...exceptions].reverse()) {
    for (const frame of [...frames].reverse()) {
      if (frame.line === undefined || frame.line < 1 || !tools.isSource(frame.file)) continue;
      const key = `${frame.file}:${frame.line}:${frame.column ?? 0}`;
      if (seen.has(key)) continue;
      const name = (await tools.functionAt({ file: frame.file, line: frame.line })) ?? frame.function;
      seen.set(key, {
        file: frame.file,
        line: frame.line,
        ...(frame.column !== undefined && frame.column > 0 && { column: frame.column }),
        ...(name !== undefined && { function: name }),
      });
    }
  }
  return [...seen.values()];
}

function valuesOf(thrown: ExceptionValue | undefined): { values?: Record<string, unknown> } {
  const vars = thrown?.frames.findLast(({ inApp }) => inApp)?.vars;
  return vars === undefined ? {} : { values: vars };
}

/** Hunks in the app's sources since every scenario of the issue was green; of the newest commits where nobody knows. */
async function recentChanges(
  issue: Issue,
  tools: LocaliseTools,
): Promise<{ changes: Change[]; green: Commit | undefined }> {
  const greens: Commit[] = [];
  for (const scenario of issue.scenarios) {
    const green = await tools.lastGreen(scenario);
    if (green) greens.push(green);
  }
  const green = greens.sort((a, b) => b.at.localeCompare(a.at))[0];
  const changes: Change[] = [];
  for (const commit of await tools.commitsSince(green?.sha)) {
    for (const hunk of await tools.hunksOf(commit.sha)) {
      const isNew = hunk.oldLines.length === 0 && hunk.newLines.length > MOST_ADDED;
      if (tools.isSource(hunk.file) && !isNew) changes.push({ commit, hunk });
    }
  }
  return { changes, green };
}

/** Nearest to the stack first; among the equally near the newest commit. */
async function rankChanges(
  changes: readonly Change[],
  stack: readonly SourcePosition[],
  tools: LocaliseTools,
): Promise<Change[]> {
  const [top] = stack;
  const blamed = top ? await tools.blame({ file: top.file, from: top.line, to: top.line }) : [];
  const weight = ({ commit, hunk }: Change): number => {
    const isBlamed = blamed.some(({ sha }) => sha === commit.sha);
    return Math.min(distance(hunk, stack), 10_000) - (isBlamed ? 5_000 : 0);
  };
  return [...changes].sort((a, b) => weight(a) - weight(b) || b.commit.at.localeCompare(a.commit.at));
}

/** Lines between a hunk and the nearest position; another file of the stack is nearer than one outside of it. */
function distance(hunk: Hunk, stack: readonly SourcePosition[]): number {
  const lines = stack
    .filter(({ file }) => file === hunk.file)
    .map(({ line }) =>
      Math.max(0, hunk.newStart - line, line - (hunk.newStart + Math.max(0, hunk.newLines.length - 1))),
    );
  return lines.length === 0 ? 20_000 : Math.min(...lines);
}

async function frameReason(
  index: number,
  { file, line }: SourcePosition,
  { errorType, message }: { errorType: string; message: string },
  tools: LocaliseTools,
): Promise<string> {
  const code = (await tools.readSource(file))?.split('\n')[line - 1]?.trim().slice(0, 120) ?? '';
  const what = [errorType, message].filter(Boolean).join(': ').slice(0, 200);
  return index === 0 ? `“${what}” is thrown here: ${code}` : `It is on the way to the throw: ${code}`;
}

function changedBy({ sha, subject }: Commit, green: Commit | undefined): string {
  const since = green === undefined ? '' : `, since the scenario was last green at ${green.sha.slice(0, 7)}`;
  return `Changed by ${sha.slice(0, 7)} “${subject.slice(0, 100)}”${since}.`;
}

function noSuspect(issue: Issue): Skipped {
  const minified = issue.event.exceptions.some(({ frames }) => frames.some(({ file }) => /\.js(?:\?|$)/.test(file)));
  return {
    subject: issue.shortId,
    reason: issue.runtime === 'browser' && minified ? 'no-source-map' : 'no-suspect',
    detail: minified
      ? 'Its frames lead to built files without a source map: let the build write source maps.'
      : 'No frame and no recent change leads to a file of app.sources.',
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
