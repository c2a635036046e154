/** What git knows of a scenario's past: the commit at which it was green, and what changed since. */
import { dirname } from 'node:path/posix';
import type { Commit, Hunk } from '../model/suspect.ts';
import type { ScenarioHistory } from '../validation/find-wrong-expectation.ts';

/** Paths are relative to the app's root. */
export interface HistorySource {
  readonly base: string;
  isSource(file: string): boolean;
  /** The commit at which an earlier night saw the scenario green. */
  lastGreen(scenario: string): Promise<Commit | undefined>;
  /** Commits that changed a file or anything below a folder, newest first. */
  commitsTouching(path: string, max: number): Promise<readonly Commit[]>;
  changedFiles(from: string, to: string): Promise<readonly string[]>;
  hunksBetween(from: string, to: string): Promise<readonly Hunk[]>;
  parentOf(commit: string): Promise<Commit | undefined>;
  readFile(commit: string, file: string): Promise<string | undefined>;
}

/** How far back a scenario's own changes are looked for where no earlier night saw it green. */
const NEWEST = 20;

export async function scenarioHistory(
  { id, file }: { id: string; file: string },
  source: HistorySource,
): Promise<ScenarioHistory | undefined> {
  const seen = await source.lastGreen(id);
  const folder = dirname(file);
  const touching = await source.commitsTouching(folder, NEWEST);
  const newest = touching[0];
  const green = seen ?? (newest && (await source.parentOf(newest.sha)));
  if (green === undefined) return undefined;

  const changed = await source.changedFiles(green.sha, source.base);
  const specs = changed.filter((path) => path.startsWith(`${folder}/`) && !source.isSource(path));
  const changedSpecs = new Map<string, string>();
  for (const path of specs) {
    const text = await source.readFile(green.sha, path);
    if (text !== undefined) changedSpecs.set(path, text);
  }
  return {
    green,
    seen: seen !== undefined,
    sourcesChanged: changed.some((path) => source.isSource(path)),
    changedSpecs,
    ...(specs.length > 0 && newest && { specCommit: newest }),
    changedTogether: specs.length > 0 && (await changedTogether(green, touching, source)),
  };
}

/** Whether a commit since `green` changed the scenario's folder and the app's sources at once. */
async function changedTogether(green: Commit, touching: readonly Commit[], source: HistorySource): Promise<boolean> {
  for (const commit of touching) {
    if (commit.sha === green.sha) break;
    const parent = await source.parentOf(commit.sha);
    if (parent === undefined) continue;
    const files = await source.changedFiles(parent.sha, commit.sha);
    if (files.some((path) => source.isSource(path))) return true;
    if (parent.sha === green.sha) break;
  }
  return false;
}

/** Whether a line that names `text` was added to the app's sources since the scenario was last green. */
export async function changedRecently(scenario: string, text: string, source: HistorySource): Promise<boolean> {
  const green = await source.lastGreen(scenario);
  if (green === undefined) return false;
  const hunks = await source.hunksBetween(green.sha, source.base);
  return hunks.some(({ file, newLines }) => source.isSource(file) && newLines.some((line) => line.includes(text)));
}
