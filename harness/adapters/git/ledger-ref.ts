/** JSON files in the tree of a reference of our own, written with compare-and-swap and readable with plain git. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** One process for all files: a ledger has one for each scenario. */
async function readTree({ top }: Repository, commit: string): Promise<Map<string, string>> {
  const listed = (await plumb(top, ['ls-tree', '-r', '-z', commit])).toString('utf8').split('\0').filter(Boolean);
  const entries = listed.map((line) => {
    const [info = '', path = ''] = line.split('\t');
    return { path, blob: info.split(' ')[2] ?? '' };
  });
  const batch = await plumb(top, ['cat-file', '--batch'], { input: entries.map(({ blob }) => `${blob}\n`).join('') });
  const files = new Map<string, string>();
  let at = 0;
  for (const { path } of entries) {
    // `<id> blob <size>`, the bytes, and a line feed.
    const start = batch.indexOf('\n', at) + 1;
    const end = start + Number(batch.toString('utf8', at, start).trim().split(' ')[2]);
    files.set(path, batch.toString('utf8', start, end));
    at = end + 1;
  }
  return files;
}

async function writeFiles(
  repository: Repository,
  parent: string | undefined,
  files: ReadonlyMap<string, string>,
  about: { message: string; at: Date },
): Promise<string> {
  const { top } = repository;
  const folder = mkdtempSync(join(tmpdir(), 'mendwright-ledger-'));
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    const paths = [...files.keys()];
    const texts = [...files.values()].map((text, index) => {
      const file = join(folder, `${index}.json`);
      writeFileSync(file, text);
      return `${file}\n`;
    });
    const written = await plumb(top, ['hash-object', '-w', '--no-filters', '--stdin-paths'], { input: texts.join('') });
    const blobs = written.toString('utf8').trim().split('\n');
    const lines = paths.map((path, index) => `100644 ${blobs[index]}\t${path}\n`);
    await plumb(top, ['update-index', '--add', '--index-info'], { env, input: lines.join('') });
    const tree = (await plumb(top, ['write-tree'], { env })).toString('utf8').trim();
    return await commitTree(repository, { tree, parent, ...about });
  } catch (error) {
    if (error instanceof GitError) throw notWritable(error);
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
