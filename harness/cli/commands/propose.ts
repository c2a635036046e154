/** `propose`: ranked candidate patches for one error, from the files alone. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { functionAt } from '../../adapters/sources/function-at.ts';
import type { TypeSources } from '../../adapters/types/open-types.ts';
import { isPython } from '../../kit/python/python-source.ts';
import { isScript } from '../../kit/source-text.ts';
import { loadFixers } from '../../load-fixers.ts';
import type { Patch } from '../../model/patch.ts';
import type { TypeService } from '../../model/type-service.ts';
import { hasConfig, readSettings, resolveIn } from '../../settings.ts';
import { localiseIssues } from '../../stages/localise-issues.ts';
import { proposePatches } from '../../stages/propose-patches.ts';
import { type ErrorFlags, readToldError } from '../told-error.ts';

export interface ProposeFlags extends ErrorFlags {
  readonly limit: number;
  /** `--config FILE`; fixers of one's own are named there. */
  readonly config?: string;
  readonly cwd: string;
  readonly types?: boolean;
}

export interface Proposal {
  readonly candidates: readonly (Pick<Patch, 'id' | 'fixer' | 'title' | 'diff' | 'score' | 'evidence'> & {
    readonly reason: string;
  })[];
}

const SKIPPED = new Set(['node_modules', '.git', 'dist', 'build', 'out', 'coverage', '.next', '.mendwright']);
/** So many files are read besides the one that throws: enough for names and imports, quick in any repository. */
const MOST_FILES = 400;
const MOST_BYTES = 300_000;

/** Throws the usage Failures of `readToldError`. */
export async function propose(flags: ProposeFlags): Promise<{ text: string; data: Proposal }> {
  const cwd = resolve(flags.cwd);
  const told = readToldError(flags, cwd);
  const places = told.issue.event.exceptions.flatMap(({ frames }) => frames.map(({ file }) => file));
  const files = [...new Set([...places.reverse(), ...listScripts(cwd)])].slice(0, MOST_FILES);
  const known = new Set(files);
  const readSource = async (file: string): Promise<string | undefined> =>
    known.has(file) ? readFileSync(join(cwd, file), 'utf8') : undefined;
  const listFiles = async (): Promise<readonly string[]> => files;
  const { items: suspects } = await localiseIssues([told], {
    isSource: (file) => known.has(file),
    readSource,
    listFiles,
    functionAt: async ({ file, line }) => functionAt(file, readFileSync(join(cwd, file), 'utf8'), line),
    ...NO_HISTORY,
  });
  const { items } = await proposePatches(suspects, {
    fixers: await loadFixers(await ownFixers(cwd, flags.config)),
    listFiles,
    readSource,
    readManifest: async () => manifestsAbove(cwd, told.issue.event.exceptions.at(-1)?.frames.at(-1)?.file ?? ''),
    ...(flags.types && { openTypes: async (texts) => openTypes({ root: cwd, texts }) }),
    limit: flags.limit,
  });
  const candidates = items.map(({ id, fixer, title, diff, score, evidence, rationale: reason }) => ({
    id,
    fixer,
    title,
    diff,
    score,
    evidence,
    reason,
  }));
  return { text: formatCandidates(candidates), data: { candidates } };
}

async function openTypes(sources: TypeSources): Promise<TypeService> {
  const types = await import('../../adapters/types/open-types.ts');
  return types.openTypes(sources);
}

/** Folders of the configuration, where there is one. */
async function ownFixers(cwd: string, config: string | undefined): Promise<string[]> {
  if (config === undefined && !hasConfig(cwd)) return [];
  const { fixers } = await readSettings({ cwd, config, flags: {}, env: process.env });
  return fixers.paths.map((path) => resolveIn(cwd, path));
}

/** The files alone are asked, neither git nor a run. */
const NO_HISTORY = {
  blame: async () => [],
  lastGreen: async () => undefined,
  findTurn: async () => undefined,
  commitsSince: async () => [],
  hunksOf: async () => [],
  findCommit: async () => undefined,
  requestsOf: () => [],
};

/** Of every folder between the file and the root: in a workspace the tools are named further up. */
function manifestsAbove(cwd: string, file: string): string {
  const found: string[] = [];
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(cwd, folder, 'package.json');
    if (existsSync(manifest)) found.push(readFileSync(manifest, 'utf8'));
    if (folder === '.' || folder === dirname(folder)) return found.join('\n');
  }
}

function listScripts(cwd: string): string[] {
  const found: string[] = [];
  const folders = [''];
  for (let folder = folders.shift(); folder !== undefined && found.length < MOST_FILES; folder = folders.shift()) {
    for (const entry of readdirSync(join(cwd, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(path);
      else if (entry.isFile() && (isScript(path) || isPython(path)) && statSync(join(cwd, path)).size <= MOST_BYTES)
        found.push(path);
    }
  }
  return found.sort();
}

function formatCandidates(candidates: Proposal['candidates']): string {
  if (candidates.length === 0) return 'No fixer has an idea for this error at this place.';
  return candidates
    .map(({ fixer, title, diff, score }, index) => `${index + 1}. ${title} (${fixer}, ${score.toFixed(2)})\n${diff}`)
    .join('\n');
}
