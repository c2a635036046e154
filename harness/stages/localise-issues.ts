/** Issues in, suspects out: the places in the source where the error was thrown, passed through, or came from. */
import { createHash } from 'node:crypto';
import type { ExceptionValue, Issue, StackFrame } from '../model/issue.ts';
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

/** A frame that lies in the app's sources. */
interface Site {
  readonly position: SourcePosition;
  /** What the frame has to do with the error. */
  readonly role: string;
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
  const sites = await sitesOf(issue, tools);
  const stack = sites.map(({ position }) => position);
  const [top] = stack;
  const blamed = top ? await tools.blame({ file: top.file, from: top.line, to: top.line }) : [];
  const { changes, green } = await recentChanges(issue, tools);
  const ranked = rankChanges(changes.length === 0 ? await changesOf(blamed, tools) : changes, stack, blamed);
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
  for (const [index, { position, role }] of oncePerLine(sites).slice(0, MOST_FRAMES).entries()) {
    const code = (await tools.readSource(position.file))?.split('\n')[position.line - 1]?.trim().slice(0, 120) ?? '';
    const reasons = [`${role}: ${code}`];
    const near = ranked.find(({ hunk }) => distance(hunk, [position]) <= NEAR);
    if (near) reasons.push(changedBy(near.commit, green));
    else if (index === 0 && blamed[0]) reasons.push(`The line was last changed by ${nameOf(blamed[0])}.`);
    places.push({ ...position, score: 0.9 * 0.8 ** index + (near ? 0.08 : 0), reasons });
  }
  for (const [index, { commit, hunk }] of ranked.slice(0, MOST_CHANGES).entries()) {
    const line = Math.max(1, hunk.newStart);
    if (places.some((place) => place.file === hunk.file && Math.abs(place.line - line) <= 2)) continue;
    if ((await tools.readSource(hunk.file)) === undefined) continue; // Deleted or renamed since.
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

/** Positions of the reported exception in the app's sources, throwing frame first, then those of its causes. */
async function sitesOf({ event }: Issue, tools: LocaliseTools): Promise<Site[]> {
  const seen = new Map<string, Site>();
  for (const [chained, exception] of [...event.exceptions].reverse().entries()) {
    let isFirst = true;
    for (const [depth, frame] of [...exception.frames].reverse().entries()) {
      const position = await positionOf(frame, tools);
      if (position === undefined) continue;
      const way = `It is on the way to the ${chained === 0 ? 'throw' : 'cause'}`;
      const role = isFirst ? `${what(exception)} is thrown ${depth === 0 ? 'here' : 'below this call'}` : way;
      isFirst = false;
      const key = `${position.file}:${position.line}:${position.column ?? 0}`;
      if (!seen.has(key)) seen.set(key, { position, role });
    }
  }
  return [...seen.values()];
}

/** Undefined for frames that lead to no file of the app's sources. */
async function positionOf(frame: StackFrame, tools: LocaliseTools): Promise<SourcePosition | undefined> {
  const { file, line, column = 0 } = frame;
  if (line === undefined || line < 1 || !tools.isSource(file)) return undefined;
  const name = (await tools.functionAt({ file, line })) ?? frame.function;
  return { file, line, ...(column > 0 && { column }), ...(name !== undefined && { function: name }) };
}

function what({ type, value }: ExceptionValue): string {
  return `“${[type, value].filter(Boolean).join(': ').slice(0, 200)}”`;
}

/** Two calls on one line are one place to look at; the first is nearer to the throw. */
function oncePerLine(sites: readonly Site[]): Site[] {
  const lines = new Map<string, Site>();
  for (const site of [...sites].reverse()) lines.set(`${site.position.file}:${site.position.line}`, site);
  return sites.filter((site) => lines.get(`${site.position.file}:${site.position.line}`) === site);
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
  const green = greens.sort(newestFirst)[0];
  return { changes: await changesOf(await tools.commitsSince(green?.sha), tools), green };
}

async function changesOf(commits: readonly Commit[], tools: LocaliseTools): Promise<Change[]> {
  const changes: Change[] = [];
  for (const commit of commits) {
    for (const hunk of await tools.hunksOf(commit.sha)) {
      const isNew = hunk.oldLines.length === 0 && hunk.newLines.length > MOST_ADDED;
      if (tools.isSource(hunk.file) && !isNew) changes.push({ commit, hunk });
    }
  }
  return changes;
}

/** Commits carry the time zone of whoever made them. */
function newestFirst(a: Commit, b: Commit): number {
  return Date.parse(b.at) - Date.parse(a.at);
}

/** Nearest to the stack first; among the equally near the newest commit. */
function rankChanges(
  changes: readonly Change[],
  stack: readonly SourcePosition[],
  blamed: readonly Commit[],
): Change[] {
  const weight = ({ commit, hunk }: Change): number => {
    const isBlamed = blamed.some(({ sha }) => sha === commit.sha);
    return Math.min(distance(hunk, stack), 10_000) - (isBlamed ? 5_000 : 0);
  };
  return [...changes].sort((a, b) => weight(a) - weight(b) || newestFirst(a.commit, b.commit));
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

function changedBy(commit: Commit, green: Commit | undefined): string {
  const since = green === undefined ? '' : `, since the scenario was last green at ${green.sha.slice(0, 7)}`;
  return `Changed by ${nameOf(commit)}${since}.`;
}

function nameOf({ sha, subject }: Commit): string {
  return `${sha.slice(0, 7)} “${subject.slice(0, 100)}”`;
}

function noSuspect({ shortId, runtime, event }: Issue): Skipped {
  const files = event.exceptions.flatMap(({ frames }) => frames.map(({ file }) => file));
  const isBuilt = (file: string): boolean => /\.[cm]?js(?:\?|$)/.test(file) && !file.includes('node_modules/');
  const lacksMap = runtime === 'browser' && files.some(isBuilt);
  return {
    subject: shortId,
    reason: lacksMap ? 'no-source-map' : 'no-suspect',
    detail: lacksMap
      ? 'Its frames lead to built files without a source map: let the build write source maps.'
      : 'No frame and no recent change leads to a file of app.sources.',
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
