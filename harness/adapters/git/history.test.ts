import { expect, test, vi } from 'vitest';
import { blameLines, changedFiles, commitsTouching, findCommit, hunksBetween, hunksOf } from './history.ts';
import { openRepository } from './open-repository.ts';
import { ScratchRepository } from './scratch-repository.ts';

const LINES = Array.from({ length: 60 }, (_, index) => `line ${index + 1}`);
const TEXT = `${LINES.join('\n')}\n`;

test('gives the hunks of a commit as git has them, without context', async () => {
  using scratch = new ScratchRepository({ 'a.ts': TEXT });
  const commit = scratch.commit('Change three places', {
    'a.ts': TEXT.replace('line 2\n', 'two\n').replace('line 4\n', '').replace('line 9\n', 'line 9\n-- nine\n++ half\n'),
  });
  const repository = await openRepository(scratch.dir);

  expect(await hunksOf(repository, commit)).toEqual([
    { commit, file: 'a.ts', oldStart: 2, oldLines: ['line 2'], newStart: 2, newLines: ['two'] },
    { commit, file: 'a.ts', oldStart: 4, oldLines: ['line 4'], newStart: 3, newLines: [] },
    { commit, file: 'a.ts', oldStart: 9, oldLines: [], newStart: 9, newLines: ['-- nine', '++ half'] },
  ]);
});

test('takes of a renamed file only what changed, and knows new and deleted ones', async () => {
  using scratch = new ScratchRepository({ 'old.ts': TEXT, 'gone.ts': 'gone\n' });
  const from = scratch.git('rev-parse', 'HEAD');
  scratch.git('mv', 'old.ts', 'new.ts');
  scratch.git('rm', '--quiet', 'gone.ts');
  const to = scratch.commit('Rename', { 'new.ts': TEXT.replace('line 30\n', 'thirty\n'), 'fresh.ts': 'fresh\n' });
  const repository = await openRepository(scratch.dir);

  const hunks = await hunksBetween(repository, from, to);

  expect(hunks.map(({ file, oldLines, newLines }) => [file, oldLines, newLines])).toEqual([
    ['fresh.ts', [], ['fresh']],
    ['gone.ts', ['gone'], []],
    ['new.ts', ['line 30'], ['thirty']],
  ]);
});

test('is not misled by the user’s settings', async () => {
  using scratch = new ScratchRepository({ '.gitattributes': '*.ts diff=loud\n', 'a.ts': TEXT });
  const from = scratch.git('rev-parse', 'HEAD');
  const to = scratch.commit('Change', { 'a.ts': TEXT.replace('line 2\n', 'two\n').replace('line 5\n', 'five\n') });
  const settings = {
    'diff.loud.textconv': 'tr a-z A-Z <',
    'diff.external': 'false',
    'diff.noprefix': 'true',
    'diff.mnemonicPrefix': 'true',
    'diff.interHunkContext': '9',
    'color.ui': 'always',
    'core.pager': 'false',
    'log.showSignature': 'true',
    'i18n.logOutputEncoding': 'UTF-16',
  };
  for (const [key, value] of Object.entries(settings)) scratch.git('config', key, value);
  const repository = await openRepository(scratch.dir);

  expect((await hunksBetween(repository, from, to)).map(({ file, newLines }) => [file, newLines])).toEqual([
    ['a.ts', ['two']],
    ['a.ts', ['five']],
  ]);
  expect(await commitsTouching(repository, to, { path: 'a.ts', max: 1 })).toMatchObject([
    { sha: to, subject: 'Change' },
  ]);
});

test('knows files by their name, with spaces, quotes and brackets, below an app root', async () => {
  const names = ['app/[id]/page.tsx', 'app/a b.ts', 'app/q"t.ts', 'app/tab\tüber.ts'];
  using scratch = new ScratchRepository({
    ...Object.fromEntries(names.map((name) => [name, '1\n'])),
    'app/i/page.tsx': '',
  });
  const from = scratch.git('rev-parse', 'HEAD');
  const to = scratch.commit('Change', { ...Object.fromEntries(names.map((name) => [name, '2\n'])), 'other/x.ts': '' });
  const repository = await openRepository(scratch.dir, 'app');
  const files = names.map((name) => name.slice(4)).sort();

  expect((await hunksBetween(repository, from, to)).map(({ file }) => file).sort()).toEqual(files);
  expect(await changedFiles(repository, from, to)).toEqual(files);
  scratch.commit('Change a namesake', { 'app/i/page.tsx': 'x\n' });
  expect(await commitsTouching(repository, 'HEAD', { path: '[id]/page.tsx', max: 1 })).toMatchObject([{ sha: to }]);
});

test('names the commits that last changed a line, newest first, whatever their time zones', async () => {
  using scratch = new ScratchRepository({ 'a.ts': TEXT });
  scratch.git('config', 'user.name', 'Ada');
  vi.stubEnv('GIT_COMMITTER_DATE', '2026-01-02T01:00:00+05:00');
  const earlier = scratch.commit('Earlier', { 'a.ts': TEXT.replace('line 3\n', 'three\n') });
  vi.stubEnv('GIT_COMMITTER_DATE', '2026-01-01T22:00:00+00:00');
  const later = scratch.commit('Later', { 'a.ts': TEXT.replace('line 3\n', 'three\n').replace('line 4\n', 'four\n') });
  vi.unstubAllEnvs();
  const repository = await openRepository(scratch.dir);

  const blamed = await blameLines(repository, 'HEAD', { file: 'a.ts', from: 3, to: 4 });

  expect(blamed.map(({ sha, author }) => [sha, author])).toEqual([
    [later, 'Ada'],
    [earlier, 'Ada'],
  ]);
  expect(await blameLines(repository, 'HEAD', { file: 'a.ts', from: 900, to: 900 })).toEqual([]);
  expect(await blameLines(repository, 'HEAD', { file: '--contents=/etc/passwd', from: 1, to: 1 })).toEqual([]);
});

test('finds a commit by what others call it, where it is part of another', async () => {
  using scratch = new ScratchRepository({ 'a.ts': TEXT });
  const first = scratch.git('rev-parse', 'HEAD');
  scratch.git('switch', '--quiet', '-c', 'side');
  const side = scratch.commit('Aside', { 'b.ts': 'b\n' });
  scratch.git('switch', '--quiet', '-c', 'other', 'main');
  const other = scratch.commit('Elsewhere', { 'c.ts': 'c\n' });
  scratch.git('switch', '--quiet', 'main');
  scratch.git('merge', '--quiet', '--no-ff', '-m', 'Merge', 'side');
  const merge = scratch.git('rev-parse', 'HEAD');
  const repository = await openRepository(scratch.dir);
  const find = async (id: string): Promise<string | undefined> => (await findCommit(repository, merge, id))?.subject;

  expect(await Promise.all([first, side, side.slice(0, 9), side.toUpperCase()].map(find))).toEqual([
    ...['Open the shop', 'Aside', 'Aside', 'Aside'],
  ]);
  const strange = [other, merge, 'f'.repeat(40), 'abc', 'main', '--all', '', `${first}^{tree}`, `${first}..${side}`];
  expect(await Promise.all(strange.map(find))).toEqual(strange.map(() => undefined));
});
