import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AUTHOR, authorsSince, commitPatch, moveRef, readRef } from './branch.ts';
import { openRepository, type Repository } from './open-repository.ts';
import { pushRefs } from './remote.ts';
import { ScratchRepository } from './scratch-repository.ts';

const AT = new Date('2026-01-01T02:03:04Z');
const US = `${AUTHOR.name} <${AUTHOR.email}>`;
const BRANCH = 'refs/heads/mend/shop-1-x';
const FIX = { edits: [{ file: 'a.ts', start: 0, end: 3, text: 'ONE' }], newFiles: [] };

async function publish(repository: Repository, message = 'fix: it\n'): Promise<string> {
  const { sha: base } = await repository.resolveCommit('HEAD');
  const commit = await commitPatch(repository, { base, patch: FIX, message, at: AT });
  await moveRef(repository, BRANCH, commit, await readRef(repository, BRANCH));
  return commit;
}

test('makes a branch while checkout, index, HEAD and stash stay as they are, and no hook, filter or signature runs', async () => {
  using scratch = new ScratchRepository({
    '.gitattributes': '*.ts filter=loud\n',
    'a.ts': 'one\ntwo\n',
    'b.ts': 'b\n',
  });
  scratch.write('b.ts', 'stashed\n');
  scratch.git('stash');
  scratch.write('b.ts', 'staged\n');
  scratch.git('add', 'b.ts');
  scratch.write('b.ts', 'not staged\n');
  scratch.write('c.ts', 'untracked\n');
  for (const [key, value] of [
    ['filter.loud.clean', 'tr a-z A-Z'],
    ['filter.loud.required', 'true'],
    ['commit.gpgSign', 'true'],
    ['gpg.program', 'false'],
    ['core.splitIndex', 'true'],
    ['i18n.commitEncoding', 'ISO-8859-1'],
  ] as const)
    scratch.git('config', key, value);
  const hookRan = scratch.addFailingHooks();
  const before = scratch.fingerprint();
  const repository = await openRepository(scratch.dir);

  const commit = await publish(repository, 'fix: the café\n');

  expect(scratch.fingerprint()).toBe(before);
  expect(hookRan()).toBe(false);
  expect(scratch.git('rev-parse', BRANCH, 'main')).toBe(`${commit}\n${scratch.git('rev-parse', 'HEAD')}`.trim());
  expect(scratch.git('show', '--no-textconv', `${commit}:a.ts`)).toBe('ONE\ntwo');
  expect(scratch.git('diff', '--name-status', 'HEAD', commit)).toBe('M\ta.ts');
  expect(scratch.git('cat-file', 'commit', commit).split('\n').slice(1)).toEqual([
    `parent ${scratch.git('rev-parse', 'HEAD')}`,
    `author ${US} 1767232984 +0000`,
    `committer ${US} 1767232984 +0000`,
    '',
    'fix: the café',
  ]);
  expect(scratch.git('reflog', 'show', '--format=%gn %gs', BRANCH)).toBe('mendwright mendwright');
});

test('keeps line ends, a byte order mark and the mode of a file, and adds new ones, below an app root', async () => {
  using scratch = new ScratchRepository({ 'app/run.sh': 'one\r\ntwo\r\n', 'app/bom.ts': '\uFEFFone' });
  scratch.git('config', 'core.autocrlf', 'input');
  chmodSync(join(scratch.dir, 'app/run.sh'), 0o755);
  scratch.git('update-index', '--chmod=+x', 'app/run.sh');
  scratch.git('commit', '--quiet', '-m', 'Make it a program');
  const repository = await openRepository(scratch.dir, 'app');
  const patch = {
    edits: [
      { file: 'run.sh', start: 5, end: 8, text: 'TWO' },
      { file: 'bom.ts', start: 1, end: 4, text: 'ONE' },
    ],
    newFiles: [{ file: 'new/[id] ü.ts', text: 'new\n' }],
  };

  const { sha: base } = await repository.resolveCommit('HEAD');
  const commit = await commitPatch(repository, { base, patch, message: 'x', at: AT });

  const listed = scratch.git('ls-tree', '-r', '-z', commit).split('\0').filter(Boolean);
  expect(listed.map((line) => line.replace(/ blob \w+\t/, ' '))).toEqual([
    '100644 app/bom.ts',
    '100644 app/new/[id] ü.ts',
    '100755 app/run.sh',
  ]);
  expect(await repository.readFile(commit, 'run.sh')).toBe('one\r\nTWO\r\n');
  expect(await repository.readFile(commit, 'bom.ts')).toBe('\uFEFFONE');
  expect(await repository.readFile(commit, 'new/[id] ü.ts')).toBe('new\n');
});

test.each<[string, Parameters<typeof commitPatch>[1]['patch']]>([
  ['edits of a file that is not there', { edits: [{ file: 'no.ts', start: 0, end: 0, text: '' }], newFiles: [] }],
  ['edits of a link', { edits: [{ file: 'link.ts', start: 0, end: 1, text: '/' }], newFiles: [] }],
  ['edits outside of the text', { edits: [{ file: 'a.ts', start: 0, end: 999, text: '' }], newFiles: [] }],
  ['new files that are there already', { edits: [], newFiles: [{ file: 'a.ts', text: '' }] }],
  ['new files above the top', { edits: [], newFiles: [{ file: '../x.ts', text: '' }] }],
  ['new files in git’s folder', { edits: [], newFiles: [{ file: '.git/hooks/post-checkout', text: '' }] }],
])('makes no commit of %s', async (_, patch) => {
  using scratch = new ScratchRepository({ 'a.ts': 'one\n' });
  symlinkSync('a.ts', join(scratch.dir, 'link.ts'));
  const base = scratch.commit('Link');
  const repository = await openRepository(scratch.dir);

  await expect(commitPatch(repository, { base, patch, message: 'x', at: AT })).rejects.toThrow();
});

test('moves a branch only from where it was expected', async () => {
  using scratch = new ScratchRepository({ 'a.ts': 'one\n' });
  const first = scratch.git('rev-parse', 'HEAD');
  const second = scratch.commit('Second');
  const repository = await openRepository(scratch.dir);
  const moves = [];
  for (const [to, expected] of [
    [first, second], // It is not there yet.
    [first, undefined],
    [second, undefined],
    [second, second],
    [second, first],
  ] as const)
    moves.push(await moveRef(repository, BRANCH, to, expected));

  expect(moves).toEqual([false, true, false, false, true]);
  expect(await readRef(repository, BRANCH)).toBe(second);
});

test('does not take a branch for one whose name only begins like it', async () => {
  using scratch = new ScratchRepository({ 'a.ts': 'one\n' });
  scratch.git('branch', 'mend/shop-1-x/more');
  const repository = await openRepository(scratch.dir);

  expect(await readRef(repository, BRANCH)).toBeUndefined();
  await expect(moveRef(repository, BRANCH, 'HEAD', undefined)).rejects.toMatchObject({ code: 'branch-name-taken' });
});

test('says which branch leaves no room for ours', async () => {
  using scratch = new ScratchRepository({ 'a.ts': 'one\n' });
  scratch.git('branch', 'mend');
  const repository = await openRepository(scratch.dir);

  await expect(publish(repository)).rejects.toMatchObject({
    kind: 'usage',
    code: 'branch-name-taken',
    message: 'The branch mend leaves no room for mend/shop-1-x.',
  });
});

test('leaves a branch alone that somebody has checked out, here or in another worktree', async () => {
  using scratch = new ScratchRepository({ 'a.ts': 'one\n' });
  const repository = await openRepository(scratch.dir);
  const tip = await publish(repository);
  const next = scratch.commit('Next');

  scratch.git('checkout', '--quiet', 'mend/shop-1-x');
  expect(await moveRef(repository, BRANCH, next, tip)).toBe(false);
  scratch.git('checkout', '--quiet', 'main');
  scratch.git('worktree', 'add', '--quiet', join(scratch.dir, 'review'), 'mend/shop-1-x');
  expect(await moveRef(repository, BRANCH, next, tip)).toBe(false);
  scratch.git('worktree', 'remove', 'review');
  expect(await moveRef(repository, BRANCH, next, tip)).toBe(true);
});

const MARA = 'Mara Lind <mara@shop.example>';
test.each<[string, (scratch: ScratchRepository) => void, string[]]>([
  ['ours alone', () => undefined, [US]],
  ['a commit on top', (scratch) => scratch.commit('More', { 'b.ts': 'b\n' }), [MARA, US]],
  ['an amended commit', (scratch) => scratch.git('commit', '--quiet', '--amend', '-m', 'Better words'), [US, MARA]],
  ['a rebase', (scratch) => scratch.git('rebase', '--quiet', '--force-rebase', 'main'), [US, MARA]],
])('knows who made the commits of a branch with %s', async (_, change, people) => {
  using scratch = new ScratchRepository({ 'a.ts': 'one\n' });
  const repository = await openRepository(scratch.dir);
  await publish(repository);
  scratch.git('checkout', '--quiet', 'mend/shop-1-x');
  change(scratch);

  expect(await authorsSince(repository, 'main', 'mend/shop-1-x')).toEqual(people);
});

test('does not hold commits of an earlier base for foreign ones after the base was rewritten', async () => {
  using scratch = new ScratchRepository({ 'a.ts': 'one\n' });
  scratch.commit('Second', { 'b.ts': 'b\n' });
  const repository = await openRepository(scratch.dir);
  const tip = await publish(repository);
  scratch.git('commit', '--quiet', '--amend', '-m', 'Second, in better words');

  expect(await authorsSince(repository, scratch.git('rev-parse', 'HEAD'), tip)).toEqual([US]);
});

test.each<[string, (scratch: ScratchRepository) => void]>([
  ['no object can be written', (scratch) => scratch.fillDisk()],
  [
    'the branch cannot be locked',
    (scratch) => mkdirSync(join(scratch.dir, '.git', `${BRANCH}.lock`), { recursive: true }),
  ],
])('says so and leaves nothing half written where %s', async (_, spoil) => {
  using scratch = new ScratchRepository({ 'a.ts': 'one\n' });
  const repository = await openRepository(scratch.dir);
  const before = scratch.fingerprint();
  spoil(scratch);

  await expect(publish(repository)).rejects.toMatchObject({ kind: 'upstream', code: 'repository-not-writable' });
  expect(await readRef(repository, BRANCH)).toBeUndefined();
  expect(scratch.fingerprint()).toBe(before);
});

test('pushes the branch and nothing else, and refuses to overwrite what is new at the remote', async () => {
  using scratch = new ScratchRepository({ 'a.ts': 'one\n' });
  const remote = join(scratch.dir, '.git', 'remote.git');
  execFileSync('git', ['init', '--quiet', '--bare', remote]);
  const atRemote = (...args: string[]) => execFileSync('git', args, { cwd: remote, encoding: 'utf8' }).trim();
  scratch.git('remote', 'add', 'origin', remote);
  scratch.git('tag', '--annotate', '-m', 'one', 'v1');
  scratch.git('config', 'push.followTags', 'true');
  const hookRan = scratch.addFailingHooks();
  const repository = await openRepository(scratch.dir);
  const first = await publish(repository);

  await pushRefs(repository, 'origin', [{ ref: BRANCH, expected: undefined }]);
  expect(atRemote('for-each-ref', '--format=%(refname) %(objectname)')).toBe(`${BRANCH} ${first}`);
  expect(hookRan()).toBe(false);

  const second = await publish(repository, 'fix: it better\n');
  await pushRefs(repository, 'origin', [{ ref: BRANCH, expected: first }]);
  expect(atRemote('rev-parse', BRANCH)).toBe(second);

  const foreign = scratch.git('rev-parse', 'main');
  atRemote('update-ref', BRANCH, foreign);
  await publish(repository, 'fix: it best\n');
  await expect(pushRefs(repository, 'origin', [{ ref: BRANCH, expected: second }])).rejects.toMatchObject({
    kind: 'upstream',
    code: 'push-refused',
  });
  expect(atRemote('rev-parse', BRANCH)).toBe(foreign);
  await expect(pushRefs(repository, '--upload-pack=x', [{ ref: BRANCH, expected: second }])).rejects.toMatchObject({
    code: 'push-refused',
  });
});
