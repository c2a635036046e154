import { execFileSync } from 'node:child_process';
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { excludeHome, openRepository } from './open-repository.ts';
import { ScratchRepository } from './scratch-repository.ts';

test('gives and takes paths relative to an app root in a subfolder', async () => {
  using scratch = new ScratchRepository({ 'apps/shop/src/a.ts': 'a\n', 'apps/other/b.ts': 'b\n', 'top.ts': 't\n' });
  const repository = await openRepository(join(scratch.dir, 'apps'), 'apps/shop/');

  const { sha } = await repository.resolveCommit('HEAD');

  expect(await repository.listFiles(sha)).toEqual(['src/a.ts']);
  expect(await repository.readFile(sha, 'src/a.ts')).toBe('a\n');
  expect(await repository.readFile(sha, 'top.ts')).toBeUndefined();
  expect([
    repository.toGit('src/a.ts'),
    repository.fromGit('apps/shop/x'),
    repository.fromGit('apps/shopping/x'),
  ]).toEqual(['apps/shop/src/a.ts', 'x', undefined]);
});

test('reads what is committed, not what lies in the checkout, and leaves the index as it is', async () => {
  using scratch = new ScratchRepository({ 'a.ts': 'committed\n' });
  const repository = await openRepository(scratch.dir);
  // Equal text at another time: a status that may lock would note that in the index.
  utimesSync(join(scratch.dir, 'a.ts'), 1_000_000, 1_000_000);
  scratch.write('b.ts', 'new\n');
  const before = scratch.fingerprint();

  expect(await repository.isDirty()).toBe(true);
  expect(await repository.readFile('HEAD', 'a.ts')).toBe('committed\n');
  expect(await repository.readFile('HEAD', 'b.ts')).toBeUndefined();
  expect(scratch.fingerprint()).toBe(before);
});

test('reads no file that writing back would change', async () => {
  using scratch = new ScratchRepository({
    'latin1.js': Buffer.from('// caf\xe9\n', 'latin1'),
    'bom.ts': '\uFEFFlet a;\r\n',
  });
  const repository = await openRepository(scratch.dir);

  expect(await repository.readFile('HEAD', 'latin1.js')).toBeUndefined();
  expect(await repository.readFile('HEAD', 'bom.ts')).toBe('\uFEFFlet a;\r\n');
});

test('reads many files at once like each by itself, and leaves out what it would not give', async () => {
  const files = { 'empty.ts': '', 'src/[id]/a b.ts': 'let ü;\r\n', 'src/two\nlines.ts': 'x\n\n', 'other.md': '#' };
  using scratch = new ScratchRepository({ ...files, 'latin1.ts': Buffer.from('caf\xe9', 'latin1') });
  symlinkSync('/etc/passwd', join(scratch.dir, 'link.ts'));
  const commit = scratch.commit('Add a link');
  const repository = await openRepository(scratch.dir);

  const texts = await repository.readFiles(commit, (file) => file.endsWith('.ts'));

  const { 'other.md': _, ...wanted } = files;
  expect(Object.fromEntries(texts)).toEqual(wanted);
  expect((await repository.readFiles(commit, () => false)).size).toBe(0);
});

test('lists files with strange names, but no symbolic link', async () => {
  using scratch = new ScratchRepository({ 'src/[id]/a b.ts': '', 'src/tab\there.ts': '', 'src/ü"q.ts': '' });
  symlinkSync('/etc/passwd', join(scratch.dir, 'src', 'link.ts'));
  const commit = scratch.commit('Add a link');
  const repository = await openRepository(scratch.dir);

  expect(await repository.listFiles(commit)).toEqual(['src/[id]/a b.ts', 'src/tab\there.ts', 'src/ü"q.ts']);
  for (const file of await repository.listFiles(commit)) expect(await repository.readFile(commit, file)).toBe('');
});

test('lists equal blobs for equal content, whatever else was committed', async () => {
  using scratch = new ScratchRepository({ 'src/a.ts': 'a\n', README: '1\n' });
  const repository = await openRepository(scratch.dir);
  const first = await repository.listBlobs('HEAD', ['src/**']);
  const second = scratch.commit('Change the README', { README: '2\n' });
  const third = scratch.commit('Change the source', { 'src/a.ts': 'b\n' });

  expect(await repository.listBlobs(second, ['src/**'])).toEqual(first);
  expect(await repository.listBlobs(third, ['src/**'])).not.toEqual(first);
});

test.each([
  ['a name that looks like an option', '--output=/tmp/x'],
  ['a range', 'HEAD~1..HEAD'],
  ['a name that nobody gave', 'nowhere'],
])('refuses %s as base', async (_, ref) => {
  using scratch = new ScratchRepository({ 'a.ts': '' });
  scratch.commit('Second');
  const repository = await openRepository(scratch.dir);

  await expect(repository.resolveCommit(ref)).rejects.toMatchObject({ kind: 'usage', code: 'base-unknown' });
});

test('keeps our folder out of git status, with one line written once', async () => {
  using scratch = new ScratchRepository({ 'a.ts': '' });
  const repository = await openRepository(scratch.dir);
  const file = join(scratch.dir, '.git', 'info', 'exclude');
  writeFileSync(file, 'no line feed at the end');
  scratch.write('.mendwright/runs/x', '');

  excludeHome(repository);
  excludeHome(repository);

  expect(readFileSync(file, 'utf8')).toBe('no line feed at the end\n.mendwright/\n');
  expect(await repository.isDirty()).toBe(false);
});

test('works from a worktree of the user’s, on its own HEAD', async () => {
  using scratch = new ScratchRepository({ 'a.ts': 'main\n' });
  const other = `${scratch.dir}-other`;
  scratch.git('worktree', 'add', '--quiet', '-b', 'work', other);
  try {
    execFileSync('git', ['commit', '--quiet', '--allow-empty', '-m', 'Work'], { cwd: other });

    const repository = await openRepository(other);

    expect((await repository.resolveCommit('HEAD')).subject).toBe('Work');
    expect(await repository.currentBranch()).toBe('work');
    expect(repository.gitDir).toBe(join(scratch.dir, '.git'));
  } finally {
    rmSync(other, { recursive: true, force: true });
  }
});

test('says what stands in the way', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'mendwright-none-'));
  try {
    await expect(openRepository(dir)).rejects.toMatchObject({ code: 'not-a-repository' });
    mkdirSync(join(dir, 'bare'));
    execFileSync('git', ['init', '--quiet', '--bare'], { cwd: join(dir, 'bare') });
    await expect(openRepository(join(dir, 'bare'))).rejects.toMatchObject({ code: 'bare-repository' });
    execFileSync('git', ['init', '--quiet'], { cwd: dir });
    const repository = await openRepository(dir);
    await expect(repository.resolveCommit('HEAD')).rejects.toMatchObject({ code: 'no-commit' });
    await expect(openRepository(dir, '../elsewhere')).rejects.toMatchObject({ code: 'root-outside' });
    vi.stubEnv('PATH', '/nowhere');
    await expect(openRepository(dir)).rejects.toMatchObject({ code: 'git-missing' });
  } finally {
    vi.unstubAllEnvs();
    rmSync(dir, { recursive: true, force: true });
  }
});

test.skipIf(process.getuid?.() !== 0)(
  'says how to trust a repository of somebody else (needs root to make one)',
  async () => {
    using scratch = new ScratchRepository({ 'a.ts': '' });
    for (const name of ['', '.git', ...readdirSync(join(scratch.dir, '.git')).map((name) => join('.git', name))])
      chownSync(join(scratch.dir, name), 12_345, 12_345);

    await expect(openRepository(scratch.dir)).rejects.toMatchObject({
      code: 'repository-not-trusted',
      hint: expect.stringContaining('safe.directory'),
    });
  },
);

test('tells a shallow clone from a whole one', async () => {
  using scratch = new ScratchRepository({ 'a.ts': 'first\n' });
  execFileSync('git', ['-C', scratch.dir, 'commit', '--quiet', '--allow-empty', '-m', 'second']);
  const clone = mkdtempSync(join(tmpdir(), 'shallow-'));
  try {
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${scratch.dir}`, clone]);

    expect(await (await openRepository(scratch.dir)).isShallow()).toBe(false);
    expect(await (await openRepository(clone)).isShallow()).toBe(true);
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
});
