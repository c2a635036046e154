/** What a night's results rest on, as `path hash`: sources, lock files, the suite with what lies beside it, fixers of one's own. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Repository } from '../adapters/git/open-repository.ts';
import { resolveIn, type Settings } from '../settings.ts';

const LOCK_FILES = [
  'package-lock.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'requirements.txt',
  'poetry.lock',
  'uv.lock',
];
const SPEC = /\.(?:spec|test)\.[^/.]+$/;

export interface InputsGround {
  readonly repository: Pick<Repository, 'top' | 'listBlobs'>;
  readonly base: string;
  readonly settings: Pick<Settings, 'app' | 'scenarios' | 'fixers'>;
}

/** `everything`: `path blob` of all files of the base. */
export async function inputsOf(
  { repository, base, settings }: InputsGround,
  everything: readonly string[],
): Promise<string[]> {
  const globs = [...settings.app.sources, ...LOCK_FILES, settings.scenarios.config];
  const named = await repository.listBlobs(base, globs);
  return [...new Set([...named, ...suiteOf(everything), ...ownFixers(repository.top, settings.fixers.paths)])];
}

/** Scenarios, and the pages and fixtures below their folders. */
function suiteOf(everything: readonly string[]): string[] {
  const pathOf = (line: string): string => line.slice(0, line.lastIndexOf(' '));
  const specs = everything.map(pathOf).filter((path) => SPEC.test(path));
  const folders = [...new Set(specs.map((path) => posix.dirname(path)))].filter((folder) => folder !== '.');
  const below = folders.map((folder) => `${folder}/`);
  return everything.filter((line) => {
    const path = pathOf(line);
    return SPEC.test(path) || below.some((folder) => path.startsWith(folder));
  });
}

/** They are loaded from the checkout, or from anywhere. */
function ownFixers(top: string, paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const folder = resolveIn(top, path);
    if (!existsSync(folder)) return [];
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.[cm]?[jt]s$/.test(file),
    );
    return files
      .filter((file) => statSync(join(folder, file)).isFile())
      .map(
        (file) =>
          `${path}/${file} ${createHash('sha256')
            .update(readFileSync(join(folder, file)))
            .digest('hex')}`,
      );
  });
}
