/** JSON files in the tree of a reference of our own, written with compare-and-swap and readable with plain git. */
import { isUtf8 } from 'node:buffer';
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

/** What lies in the reference: texts by path, and what is no text of ours, which is carried along as it is. */
export interface LedgerTree {
  readonly files: ReadonlyMap<string, string>;
  readonly foreign: ReadonlyMap<string, ForeignEntry>;
}

/** A link, a program, a submodule, bytes that are no text, or a file larger than any entry. */
interface ForeignEntry {
  readonly mode: string;
  readonly id: string;
}

const EMPTY: LedgerTree = { files: new Map(), foreign: new Map() };

/** Where something goes that stands in the way of a folder of the ledger's. */
const ASIDE = 'set-aside/';
const MOST_BYTES = 1024 * 1024;

/** Text of every file of the ledger, by path; empty where there is none yet. Throws the usage Failure `ledger-unreadable`. */
export async function readLedgerFiles(repository: Repository): Promise<ReadonlyMap<string, string>> {
  return (await readLedgerTree(repository)).files;
}

/** The same with what else lies there. */
export async function readLedgerTree(repository: Repository): Promise<LedgerTree> {
  const tip = await readRef(repository, LEDGER_REF);
  return tip === undefined ? EMPTY : readTree(repository, tip);
}

/** `change` sees the newest files and returns those to write; it runs again when somebody else was quicker. */
export async function changeLedgerFiles(
  repository: Repository,
  change: (files: ReadonlyMap<string, string>) => ReadonlyMap<string, string>,
  about: { message: string; at: Date },
): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const tip = await readRef(repository, LEDGER_REF);
    const { files, foreign } = tip === undefined ? EMPTY : await readTree(repository, tip);
    const parents = tip === undefined ? [] : [tip];
    const commit = await writeFiles(repository, parents, { files: change(files), foreign }, about);
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
            uniteTrees(await readTree(repository, ours), await readTree(repository, theirs), merge),
            about,
          );
    if (await moveRef(repository, LEDGER_REF, next, ours)) return next;
  }
  throw notWritable(new Error(`${LEDGER_REF} moved ${TRIES} times while it was being written`));
}

/** What neither wrote is kept of both; of two such at one path the greater id stands, and the other in the history. */
function uniteTrees(ours: LedgerTree, theirs: LedgerTree, merge: MergeFiles): LedgerTree {
  const foreign = new Map(ours.foreign);
  for (const [path, entry] of theirs.foreign) {
    const own = foreign.get(path);
    if (own === undefined || own.id < entry.id) foreign.set(path, entry);
  }
  return { files: merge(ours.files, theirs.files), foreign };
}

/** One process for all files: a ledger has one for each scenario. */
async function readTree(repository: Repository, commit: string): Promise<LedgerTree> {
  const { top } = repository;
  if (!(await isCommit(repository, commit))) throw unreadable(`${LEDGER_REF} is at ${commit}, which is no commit.`);
  const listed = (await plumb(top, ['ls-tree', '-r', '-l', '-z', commit])).toString('utf8').split('\0').filter(Boolean);
  const files = new Map<string, string>();
  const foreign = new Map<string, ForeignEntry>();
  const texts: { path: string; id: string }[] = [];
  for (const line of listed) {
    const [info = '', path = ''] = line.split('\t');
    const [mode = '', , id = '', size] = info.split(/ +/);
    // Git has no size for what it does not have; a submodule's commit is nobody's to have.
    if (size === 'BAD') throw unreadable(`${path} of ${LEDGER_REF} is lost: the repository does not hold ${id}.`);
    if (mode === '100644' && Number(size) <= MOST_BYTES) texts.push({ path, id });
    else foreign.set(path, { mode, id });
  }
  const batch = await plumb(top, ['cat-file', '--batch'], { input: texts.map(({ id }) => `${id}\n`).join('') });
  let at = 0;
  for (const { path, id } of texts) {
    // `<id> blob <size>`, the bytes, and a line feed.
    const start = batch.indexOf('\n', at) + 1;
    const [, type, size] = batch.toString('utf8', at, start).trim().split(' ');
    if (type !== 'blob') throw unreadable(`${path} of ${LEDGER_REF} is lost: the repository does not hold ${id}.`);
    const bytes = batch.subarray(start, start + Number(size));
    if (isUtf8(bytes)) files.set(path, bytes.toString('utf8'));
    else foreign.set(path, { mode: '100644', id });
    at = start + Number(size) + 1;
  }
  return { files, foreign };
}

async function isCommit({ top }: Repository, id: string): Promise<boolean> {
  // Without `^{commit}`: a tag of a commit is none.
  const type = await plumb(top, ['cat-file', '-t', id], { accept: [128] });
  return type.toString('utf8').trim() === 'commit';
}

function unreadable(message: string): Failure {
  return new Failure('usage', 'ledger-unreadable', message, {
    hint: `Nothing was written to it. To begin anew and keep it: git update-ref ${LEDGER_REF}-aside ${LEDGER_REF} && git update-ref -d ${LEDGER_REF}`,
  });
}

/** Nothing can lie at the name of a folder: what does, steps aside. */
function withoutClashes<T>(entries: Iterable<readonly [string, T]>, folders: ReadonlySet<string>): [string, T][] {
  return [...entries].map(([path, entry]) => [folders.has(path) ? `${ASIDE}${path}` : path, entry]);
}

function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) folders.add(path.slice(0, end));
  }
  return folders;
}

async function writeFiles(
  repository: Repository,
  parents: readonly string[],
  tree: LedgerTree,
  about: { message: string; at: Date },
): Promise<string> {
  const { top } = repository;
  const folders = foldersOf([...tree.files.keys(), ...tree.foreign.keys()]);
  const files = new Map(withoutClashes(tree.files, folders));
  // A path that is written now is the ledger's own: what lay there stays in the history.
  const foreign = withoutClashes(tree.foreign, folders).filter(([path]) => !files.has(path));
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
    const lines = [
      ...paths.map((path, index) => `100644 ${blobs[index]}\t${path}\0`),
      ...foreign.map(([path, { mode, id }]) => `${mode} ${id}\t${path}\0`),
    ];
    await plumb(top, ['update-index', '--add', '-z', '--index-info'], { env, input: lines.join('') });
    const id = (await plumb(top, ['write-tree'], { env })).toString('utf8').trim();
    return await commitTree(repository, { tree: id, parents, ...about });
  } catch (error) {
    if (error instanceof GitError) throw notWritable(error);
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
