import { existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRepository } from './open-repository.ts';
import { ScratchRepository } from './scratch-repository.ts';
import { addWorktree, applyEdits, removeWorktree, sweepWorktrees, writePatch } from './worktrees.ts';

test('makes a worktree of a commit, several at once, and leaves no trace of them', async () => {
  using scratch = new ScratchRepository({ 'a.ts': 'first\n' });
  const first = scratch.git('rev-parse', 'HEAD');
  scratch.commit('Second', { 'a.ts': 'second\n' });
  const hookRan = scratch.addFailingHooks();
  const before = scratch.fingerprint();
  const repository = await openRepository(scratch.dir);

  const dirs = await Promise.all(['base', 'try-1', 'try-2'].map((name) => addWorktree(repository, name, first)));
  const texts = dirs.map((dir) => readFileSync(join(dir, 'a.ts'), 'utf8'));
  await Promise.all(dirs.map((dir) => removeWorktree(repository, dir)));

  expect(texts).toEqual(['first\n', 'first\n', 'first\n']);
  expect(dirs.some((dir) => existsSync(dir))).toBe(false);
  expect(scratch.git('worktree', 'list').split('\n')).toHaveLength(1);
  expect(scratch.fingerprint()).toBe(before);
  expect(hookRan()).toBe(false);
});

test('replaces one of the same name', async () => {
  using scratch = new ScratchRepository({ 'a.ts': 'a\n' });
  const repository = await openRepository(scratch.dir);
  const dir = await addWorktree(repository, 'base', 'HEAD');
  await writePatch(dir, { edits: [], newFiles: [{ file: 'left.ts', text: '' }] });

  expect(await addWorktree(repository, 'base', 'HEAD')).toBe(dir);
  expect(existsSync(join(dir, 'left.ts'))).toBe(false);
});

test('sweeps what a killed night left, also where it was killed while git made the worktree', async () => {
  using scratch = new ScratchRepository({ 'a.ts': 'a\n' });
  const repository = await openRepository(scratch.dir);
  await addWorktree(repository, 'whole', 'HEAD');
  const half = await addWorktree(repository, 'half', 'HEAD');
  scratch.git('worktree', 'lock', '--reason', 'initializing', half);
  const lost = await addWorktree(repository, 'lost', 'HEAD');
  rmSync(lost, { recursive: true });
  scratch.write('.mendwright/worktrees/unknown-to-git/a.ts', '');

  expect(await sweepWorktrees(repository)).toBe(3);
  expect(await sweepWorktrees(repository)).toBe(0);
  expect(scratch.git('worktree', 'list').split('\n')).toHaveLength(1);
  expect(existsSync(join(scratch.dir, '.mendwright', 'worktrees'))).toBe(false);
  expect(existsSync(await addWorktree(repository, 'half', 'HEAD'))).toBe(true);
});

test('keeps the user’s own worktrees, even on a disk that is not mounted just now', async () => {
  using scratch = new ScratchRepository({ 'a.ts': 'a\n' });
  const stick = `${scratch.dir}-stick`;
  scratch.git('worktree', 'add', '--quiet', '-b', 'work', stick);
  renameSync(stick, `${stick}-away`);
  try {
    const repository = await openRepository(scratch.dir);

    await removeWorktree(repository, await addWorktree(repository, 'base', 'HEAD'));
    await addWorktree(repository, 'left', 'HEAD');
    await sweepWorktrees(repository);

    renameSync(`${stick}-away`, stick);
    expect(scratch.git('-C', stick, 'status', '--porcelain', '--branch')).toBe('## work');
  } finally {
    rmSync(stick, { recursive: true, force: true });
    rmSync(`${stick}-away`, { recursive: true, force: true });
  }
});

test.each(['', '..', 'a/b', '--force', 'A', 'a b'])('refuses %j as a name', async (name) => {
  using scratch = new ScratchRepository({ 'a.ts': '' });
  const repository = await openRepository(scratch.dir);

  await expect(addWorktree(repository, name, 'HEAD')).rejects.toThrow('not a worktree name');
});

test('applies offsets of the commit’s text where the checked-out file has other line ends', async () => {
  using scratch = new ScratchRepository({ '.gitattributes': '*.ts text eol=crlf\n', 'app/a.ts': 'one\ntwo\nthree\n' });
  const repository = await openRepository(scratch.dir, 'app');
  const root = join(await addWorktree(repository, 'base', 'HEAD'), 'app');
  expect(readFileSync(join(root, 'a.ts'), 'utf8')).toBe('one\r\ntwo\r\nthree\r\n');

  await writePatch(root, { edits: [{ file: 'a.ts', start: 8, end: 13, text: 'THREE' }], newFiles: [] });

  expect(readFileSync(join(root, 'a.ts'), 'utf8')).toBe('one\ntwo\nTHREE\n');
});

test('keeps two insertions at one place in order, and refuses edits that overlap or lie outside', () => {
  const edit = (start: number, end: number, text: string) => ({ file: 'a.ts', start, end, text });
  const apply = (...edits: ReturnType<typeof edit>[]) => applyEdits('abcdef', { edits }, 'a.ts');

  expect(apply(edit(5, 6, 'F'), edit(1, 1, '('), edit(1, 1, '['), edit(1, 2, 'B'))).toBe('a([BcdeF');
  expect(apply({ ...edit(0, 6, ''), file: 'b.ts' })).toBe('abcdef');
  expect(() => apply(edit(1, 3, ''), edit(2, 4, ''))).toThrow('overlap');
  expect(() => apply(edit(6, 7, ''))).toThrow('outside');
});

test.each([
  ['a path with dots', '../outside.ts'],
  ['a linked folder', 'linked/outside.ts'],
  ['a linked file', 'link.ts'],
  ['a dangling link', 'dangling.ts'],
  ['git’s own file', '.git'],
  ['a file that is there already', 'a.ts'],
])('never writes through %s', async (_, file) => {
  using scratch = new ScratchRepository({ 'a.ts': 'a\n', 'outside/keep.ts': 'keep\n' });
  const outside = join(scratch.dir, 'outside');
  symlinkSync(outside, join(scratch.dir, 'linked'));
  symlinkSync(join(outside, 'keep.ts'), join(scratch.dir, 'link.ts'));
  symlinkSync(join(outside, 'made.ts'), join(scratch.dir, 'dangling.ts'));
  scratch.commit('Add links');
  const repository = await openRepository(scratch.dir);
  const root = await addWorktree(repository, 'base', 'HEAD');
  const before = scratch.fingerprint();

  await expect(writePatch(root, { edits: [], newFiles: [{ file, text: 'evil' }] })).rejects.toThrow();
  if (file !== 'a.ts') {
    const edit = { file, start: 0, end: 0, text: 'evil' };
    await expect(writePatch(root, { edits: [edit], newFiles: [] })).rejects.toThrow();
  }
  expect(scratch.fingerprint()).toBe(before);
  expect(readFileSync(join(root, 'a.ts'), 'utf8')).toBe('a\n');
});
