/** The app's sources at the base commit, read once, so that stages can ask for them at any time. */
import type { Repository } from '../adapters/git/open-repository.ts';

export interface Sources {
  /** Every file of the app's root at the base commit, sorted. */
  readonly files: readonly string[];
  /** Those of `app.sources`. */
  readonly sources: readonly string[];
  isSource(file: string): boolean;
  /** Text of a file of `app.sources`, undefined for all others. */
  read(file: string): string | undefined;
}

/** Larger files are generated or data; no fixer reads them. */
const MOST_CHARACTERS = 1_000_000;

export async function readSources(
  repository: Repository,
  commit: string,
  matches: (file: string) => boolean,
): Promise<Sources> {
  const files = await repository.listFiles(commit);
  const sources = files.filter((file) => matches(file));
  const texts = new Map<string, string>();
  for (const [file, text] of await repository.readFiles(commit, matches)) {
    if (text.length <= MOST_CHARACTERS && !text.includes('\0')) texts.set(file, text);
  }
  return { files, sources, isSource: matches, read: (file) => texts.get(file) };
}
