/** JSON files in the tree of a reference of our own, written with compare-and-swap and readable with plain git. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitTree, moveRef, readRef } from './branch.ts';
import type { Repository } from './open-repository.ts';
import { GitError, notWritable, plumb } from './run-git.ts';

export const LEDGER_REF = 'refs/mendwright/ledger';
const TRIES = 10;

/** Text of every file of the ledger, by path; empty where there is none yet. */
export async function readLedgerFiles(repository: Repository): Promise<Map<string, string>> {
  const tip = await readRef(repository, LEDGER_REF);
  return tip === undefined ? new Map() : readTree(repository, tip);
}

/** `change` sees the newest files and returns those to write; it runs again when somebody else was quicker. */
export async function changeLedgerFiles(
  repository: Repository,
  change: (files: ReadonlyMap<string, string>) => ReadonlyMap<string, string>,
  about: { message: string; at: Date },
): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const tip = await readRef(repository, LEDGER_REF);
    const files = tip === undefined ? new Map<string, string>() : await readTree(repository, tip);
    const commit = await writeFiles(repository, tip, change(files), about);
    if (await moveRef(repository, LEDGER_REF, commit, tip)) return;
  }
  throw notWritable(new Error(`${LEDGER_REF} moved ${TRIES} times while it was being written`));
}

async function readTree({ top }: Repository, commit: string): Promise<Map<string, string>> {
  const listed = (await plumb(top, ['ls-tree', '-r', '-z', commit])).toString('utf8').split('\0').filter(Boolean);
  const files = new Map<string, string>();
  for (const line of listed) {
    const [info = '', path = ''] = line.split('\t');
    const blob = info.split(' ')[2] ?? '';
    files.set(path, (await plumb(top, ['cat-file', 'blob', blob])).toString('utf8'));
  }
  return files;
}

async function writeFiles(
  repository: Repository,
  parent: string | undefined,
  files: ReadonlyMap<string, string>,
  about: { message: string; at: Date },
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mendwright-ledger-'));
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    const lines: string[] = [];
    for (const [path, text] of files) {
      const blob = (await plumb(repository.top, ['hash-object', '-w', '--stdin', '--no-filters'], { input: text }))
        .toString('utf8')
        .trim();
      lines.push(`100644 ${blob}\t${path}`);
    }
    await plumb(repository.top, ['update-index', '--add', '--index-info'], { env, input: `${lines.join('\n')}\n` });
    const tree = (await plumb(repository.top, ['write-tree'], { env })).toString('utf8').trim();
    return await commitTree(repository, { tree, parent, ...about });
  } catch (error) {
    if (error instanceof GitError) throw notWritable(error);
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
