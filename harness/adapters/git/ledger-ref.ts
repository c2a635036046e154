/** JSON files in the tree of a reference of our own, written with compare-and-swap and readable with plain git. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../model/failure.ts';
import { commitTree, hasCommit, isAncestor, moveRef, readRef } from './branch.ts';
import type { Repository } from './open-repository.ts';
import { fetchObjects, readRemoteRefs, tryPush } from './remote.ts';
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
    const commit = await writeFiles(repository, tip === undefined ? [] : [tip], change(files), about);
    if (await moveRef(repository, LEDGER_REF, commit, tip)) return;
  }
  throw notWritable(new Error(`${LEDGER_REF} moved ${TRIES} times while it was being written`));
}

export type MergeFiles = (
  ours: ReadonlyMap<string, string>,
  theirs: ReadonlyMap<string, string>,
) => ReadonlyMap<string, string>;

/**
 * Takes what the remote's ledger holds, and gives it what ours holds: where both were written, `merge` unites them in a
 * commit with both as parents. Throws `remote-unreachable` and `push-refused`; what was taken stays.
 */
export async function syncLedger(
  repository: Repository,
  remote: string,
  merge: MergeFiles,
  about: { message: string; at: Date },
): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const theirs = (await readRemoteRefs(repository, remote, [LEDGER_REF])).get(LEDGER_REF);
    const tip = await pullLedger(repository, remote, theirs, merge, about);
    if (tip === undefined || tip === theirs) return;
    if (await tryPush(repository, remote, [{ ref: LEDGER_REF, expected: theirs, to: tip }])) return;
  }
  throw new Failure('upstream', 'push-refused', `${LEDGER_REF} moved ${TRIES} times while it was being pushed.`);
}

/** Unites the remote's ledger, which is at `theirs`, with ours. Returns where ours is then. */
export async function pullLedger(
  repository: Repository,
  remote: string,
  theirs: string | undefined,
  merge: MergeFiles,
  about: { message: string; at: Date },
): Promise<string | undefined> {
  if (theirs !== undefined && !(await hasCommit(repository, theirs))) {
    await fetchObjects(repository, remote, [LEDGER_REF]);
  }
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const ours = await readRef(repository, LEDGER_REF);
    if (theirs === undefined || (ours !== undefined && (await isAncestor(repository, theirs, ours)))) return ours;
    const next =
      ours === undefined || (await isAncestor(repository, ours, theirs))
        ? theirs
        : await writeFiles(
            repository,
            [ours, theirs],
            merge(await readTree(repository, ours), await readTree(repository, theirs)),
            about,
          );
    if (await moveRef(repository, LEDGER_REF, next, ours)) return next;
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
  parents: readonly string[],
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
    return await commitTree(repository, { tree, parents, ...about });
  } catch (error) {
    if (error instanceof GitError) throw notWritable(error);
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
