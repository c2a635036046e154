/** Whole nights on a tiny app: what they leave in the repository, and what they leave alone. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { openProgressReader } from '../../harness/adapters/run-folder/progress-log.ts';
import { RunRecord, Stage } from '../../harness/model/run-record.ts';
import { fingerprint, git, mendwright, processesOf, startMendwright, tinyApp } from './tiny-app.ts';

// A night runs browsers; on a busy machine several of them take a while.
vi.setConfig({ testTimeout: 240_000 });

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function app(): string {
  const dir = tinyApp();
  made.push(dir);
  return dir;
}

test('leaves a branch with the cure and its evidence, and the checkout as it was', async () => {
  const dir = app();
  writeFileSync(join(dir, 'notes.txt'), 'not committed');
  git(dir, 'config', 'core.hooksPath', join(dir, 'hooks'));
  const before = fingerprint(dir);

  const ended = await mendwright(['nightly', '--json', '--cwd', dir]);

  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain('The checkout has changes');
  const night = JSON.parse(ended.stdout);
  expect(night.scenarios).toEqual({ total: 1, red: 1, green: 0, flaky: 0 });
  expect(night.issues).toMatchObject([
    {
      shortId: 'TINY-1',
      result: 'branch-created',
      suspect: { file: 'src/total.mjs', line: 3 },
      patch: { files: ['src/total.mjs'] },
      verdict: 'confirmed',
      candidates: { confirmed: 1 },
    },
  ]);
  const [{ branch, commit }] = night.issues;
  expect(git(dir, 'rev-parse', branch)).toBe(commit);
  expect(git(dir, 'show', '--format=%an%n%s%n%(trailers:keyonly,separator=%x2C)', '--stat', branch)).toMatch(
    /^mendwright\nfix: .+\nSentry-Issue,Mendwright-Fingerprint,Mendwright-Scenario,Mendwright-Fixer,Mendwright-Patch\n\n src\/total\.mjs \| 2 \+-/,
  );
  expect(git(dir, 'show', `${branch}:src/total.mjs`)).toMatch(/cart\??\.items \?\? \[\]/);
  expect(git(dir, 'log', '-1', '--format=%H', `${branch}^`)).toBe(git(dir, 'rev-parse', 'HEAD'));
  expect(fingerprint(dir)).toBe(before);
  expect(git(dir, 'status', '--porcelain')).toBe('?? notes.txt');
  expect(processesOf(dir)).toEqual([]);
  expect(git(dir, 'worktree', 'list').split('\n')).toHaveLength(1);
  const [run = ''] = readdirSync(join(dir, '.mendwright', 'runs'));
  const files = readdirSync(join(dir, '.mendwright', 'runs', run));
  expect(files).toEqual(
    expect.arrayContaining(['junit.xml', 'report.html', 'report.json', 'report.md', 'record.json']),
  );
  const folder = join(dir, '.mendwright', 'runs', run);
  const { verdicts } = RunRecord.parse(JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')));
  const proof = verdicts.find((verdict) => verdict.kind === 'confirmed');
  // For people to compare with the page before.
  expect(existsSync(join(folder, proof?.greenRun?.screenshot ?? 'none'))).toBe(true);
  const told = openProgressReader(join(dir, '.mendwright')).read();
  expect(told?.state).toBe('ended');
  expect(told?.stages.map(({ name }) => name)).toEqual(Stage.options);
  expect(told?.lines.some(({ text }) => text.includes('passed confirm'))).toBe(true);
});

test('does no work the second time, and says what came of the first', async () => {
  const dir = app();
  const first = JSON.parse((await mendwright(['nightly', '--json', '--cwd', dir])).stdout);

  const second = JSON.parse((await mendwright(['nightly', '--json', '--cwd', dir])).stdout);

  expect(second.issues).toMatchObject([
    {
      shortId: 'TINY-1',
      result: 'no-work',
      reason: 'branch-created',
      branch: first.issues[0].branch,
      commit: first.issues[0].commit,
    },
  ]);
});

test('writes no branch and no ledger in a dry run', async () => {
  const dir = app();

  const night = JSON.parse((await mendwright(['nightly', '--json', '--dry-run', '--cwd', dir])).stdout);

  expect(night.issues).toMatchObject([{ result: 'branch-created', reason: 'dry-run', commit: null }]);
  expect(git(dir, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
});

test('leaves a branch alone on which a person has committed', async () => {
  const dir = app();
  const first = JSON.parse((await mendwright(['nightly', '--json', '--cwd', dir])).stdout);
  const { branch } = first.issues[0];
  git(dir, 'switch', '--quiet', branch);
  git(dir, 'commit', '--quiet', '--allow-empty', '-m', 'Look at it');
  git(dir, 'switch', '--quiet', 'main');
  writeFileSync(join(dir, 'src', 'total.mjs'), `${readFileSync(join(dir, 'src', 'total.mjs'), 'utf8')}// seen\n`);
  git(dir, 'commit', '--quiet', '--all', '-m', 'Comment');
  const tip = git(dir, 'rev-parse', branch);

  const second = JSON.parse((await mendwright(['nightly', '--json', '--cwd', dir])).stdout);

  expect(second.issues).toMatchObject([{ result: 'edited-by-human', branch }]);
  expect(git(dir, 'rev-parse', branch)).toBe(tip);
});

test('repeats the later stages of a run that has ended', async () => {
  const dir = app();
  const first = JSON.parse((await mendwright(['run', '--json', '--cwd', dir])).stdout);

  const again = await mendwright(['run', '--from', 'localise', '--run', 'latest', '--json', '--cwd', dir]);

  expect(again.stderr).not.toContain('running every scenario');
  expect(again.stderr).toContain('finding the place');
  expect(JSON.parse(again.stdout)).toEqual(first);
});

test('mends one issue by its short id', async () => {
  const dir = app();
  await mendwright(['run', '--cwd', dir]);

  const ended = await mendwright(['fix', 'TINY-1', '--json', '--cwd', dir]);

  expect(JSON.parse(ended.stdout).issues).toMatchObject([{ shortId: 'TINY-1', result: 'branch-created' }]);
});

test.each([
  ['Ctrl-C', 'SIGINT', 130],
  ['kill -9', 'SIGKILL', null],
] as const)('is cleaned up after %s, at once or by the next night', async (_, signal, code) => {
  const dir = app();
  const before = fingerprint(dir);
  const running = startMendwright(['nightly', '--cwd', dir]);
  await vi.waitFor(() => expect(running.stderr()).toContain('TINY-1'), { timeout: 60_000, interval: 50 });
  await vi.waitFor(() => expect(processesOf(dir).length).toBeGreaterThan(0), { timeout: 60_000, interval: 20 });

  running.child.kill(signal);

  expect((await running.ended).code).toBe(code);
  expect(fingerprint(dir)).toBe(before);
  if (signal === 'SIGINT') {
    expect(processesOf(dir)).toEqual([]);
    expect(existsSync(join(dir, '.mendwright', 'night.lock'))).toBe(false);
  }
  const next = await mendwright(['nightly', '--json', '--cwd', dir]);
  expect(JSON.parse(next.stdout).issues).toMatchObject([{ result: 'branch-created' }]);
  expect(processesOf(dir)).toEqual([]);
  expect(git(dir, 'worktree', 'list').split('\n')).toHaveLength(1);
  expect(fingerprint(dir)).toBe(before);
});
