/** `propose`: ranked candidate patches for one error, from the files alone. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { isScript } from '../../kit/source-text.ts';
import { loadFixers } from '../../load-fixers.ts';
import { Failure } from '../../model/failure.ts';
import type { Patch } from '../../model/patch.ts';
import type { Suspect } from '../../model/suspect.ts';
import { proposePatches } from '../../stages/propose-patches.ts';

export interface ProposeFlags {
  /** As the browser or Node printed it: `TypeError: x is undefined`. */
  readonly error: string;
  /** FILE:LINE[:COLUMN], relative to `cwd`. */
  readonly at: string;
  readonly limit: number;
  readonly cwd: string;
}

export interface Proposal {
  readonly candidates: readonly Pick<Patch, 'id' | 'fixer' | 'title' | 'diff' | 'score'>[];
}

const SKIPPED = new Set(['node_modules', '.git', 'dist', 'build', 'out', 'coverage', '.next', '.mendwright']);
/** So many files are read besides the one that throws: enough for names and imports, quick in any repository. */
const MOST_FILES = 400;
const MOST_BYTES = 300_000;

/** Throws usage Failures for an empty error, a position that is none and a file that is not there. */
export async function propose(flags: ProposeFlags): Promise<{ text: string; data: Proposal }> {
  const cwd = resolve(flags.cwd);
  if (flags.error.trim() === '') {
    throw new Failure('usage', 'error-missing', '--error says nothing.', {
      hint: "For example --error 'x is not defined'",
    });
  }
  const place = parsePlace(flags.at, cwd);
  const files = [place.file, ...listScripts(cwd).filter((file) => file !== place.file)].slice(0, MOST_FILES);
  const { items } = await proposePatches([suspectOf(flags.error, place)], {
    fixers: await loadFixers([]),
    listFiles: async () => files,
    readSource: async (file) => readFileSync(join(cwd, file), 'utf8'),
    limit: flags.limit,
  });
  const candidates = items.map(({ id, fixer, title, diff, score }) => ({ id, fixer, title, diff, score }));
  return { text: formatCandidates(candidates), data: { candidates } };
}

function parsePlace(at: string, cwd: string): { file: string; line: number; column?: number } {
  const match = /^(?<file>.+?):(?<line>\d+)(?::(?<column>\d+))?$/.exec(at);
  const { file = '', line = '', column } = match?.groups ?? {};
  if (match === null || Number(line) < 1) {
    throw new Failure('usage', 'place-wrong', `--at ${at} is no FILE:LINE[:COLUMN].`, {
      hint: 'For example --at src/cart.ts:41:12',
    });
  }
  const full = isAbsolute(file) ? file : join(cwd, file);
  const inside = relative(cwd, full).split(sep).join('/');
  if (inside.startsWith('..') || !existsSync(full) || !statSync(full).isFile()) {
    throw new Failure('usage', 'file-missing', `There is no file ${file} below ${cwd}.`, {
      hint: 'Paths are relative to --cwd.',
    });
  }
  if (Number(line) > readFileSync(full, 'utf8').split('\n').length) {
    throw new Failure('usage', 'place-wrong', `${file} has no line ${line}.`, {
      hint: 'Is it the position in the source, not in a built file?',
    });
  }
  return { file: inside, line: Number(line), ...(column !== undefined && { column: Number(column) }) };
}

function listScripts(cwd: string): string[] {
  const found: string[] = [];
  const folders = [''];
  for (let folder = folders.shift(); folder !== undefined && found.length < MOST_FILES; folder = folders.shift()) {
    for (const entry of readdirSync(join(cwd, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(path);
      else if (entry.isFile() && isScript(path) && statSync(join(cwd, path)).size <= MOST_BYTES) found.push(path);
    }
  }
  return found.sort();
}

function suspectOf(error: string, place: { file: string; line: number; column?: number }): Suspect {
  const match = /^(?:Uncaught (?:\(in promise\) )?)?(?<type>[A-Z]\w*(?:Error|Exception)): (?<message>[\s\S]*)$/.exec(
    error.trim(),
  );
  return {
    id: 'propose',
    issue: 'propose',
    ...place,
    runtime: 'browser',
    errorType: match?.groups?.type ?? '',
    message: match?.groups?.message ?? error.trim(),
    score: 1,
    reasons: [],
    stack: [place],
    hunks: [],
  };
}

function formatCandidates(candidates: Proposal['candidates']): string {
  if (candidates.length === 0) return 'No fixer has an idea for this error at this place.';
  return candidates
    .map(({ fixer, title, diff, score }, index) => `${index + 1}. ${title} (${fixer}, ${score.toFixed(2)})\n${diff}`)
    .join('\n');
}
