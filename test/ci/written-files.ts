/** The CI files that `init` writes for repositories of several kinds. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ciFiles } from '../../harness/cli/init/ci-files.ts';
import type { Ci } from '../../harness/cli/init/ci-names.ts';
import { lookAtRepository } from '../../harness/cli/init/look-at-repository.ts';

type Files = Readonly<Record<string, string>>;

export const REPOSITORIES: readonly (readonly [string, Files])[] = [
  ['npm', { 'package.json': '{}', 'package-lock.json': '' }],
  ['npm without a lock file', { 'package.json': '{}' }],
  ['pnpm', { 'package.json': '{}', 'pnpm-lock.yaml': '' }],
  ['yarn', { 'package.json': '{}', 'yarn.lock': '' }],
  ['yarn of today', { 'package.json': '{}', 'yarn.lock': '', '.yarnrc.yml': '' }],
  ['bun', { 'package.json': '{}', 'bun.lock': '' }],
  ['Flask', { 'requirements.txt': 'flask\n', 'app.py': '' }],
];

/** The files' texts; a folder of the repository holds the app where `root` says so. */
export function writtenFor(ci: Ci, shards: number, files?: Files, root = ''): string[] {
  const top = mkdtempSync(join(tmpdir(), 'mendwright-ci-'));
  try {
    mkdirSync(join(top, '.git'));
    for (const [file, text] of Object.entries(files ?? { 'package.json': '{}', 'package-lock.json': '' })) {
      mkdirSync(dirname(join(top, root, file)), { recursive: true });
      writeFileSync(join(top, root, file), text);
    }
    return ciFiles(lookAtRepository(join(top, root)), { ci, shards }).map(({ text }) => text);
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}
