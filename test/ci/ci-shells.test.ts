/** The shell in CI files, read by shells and by shellcheck where it is installed; and GitLab's jobs over issues, run with doubles. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { resolveExtends } from './resolve-extends.ts';
import { writtenFor } from './written-files.ts';

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

const Workflow = z.object({
  jobs: z.record(z.string(), z.object({ steps: z.array(z.object({ run: z.string().optional() })) })),
});
const Jobs = z.record(z.string(), z.object({ script: z.array(z.string()) }));

/** `[what, shell, text]` of everything that a shell is to run. */
const SHELLS = [1, 3].flatMap((shards) => {
  const { jobs } = Workflow.parse(parse(writtenFor('github', shards)[0] ?? ''));
  const github = Object.entries(jobs).flatMap(([name, { steps }]) =>
    steps.flatMap(({ run }, index) => (run === undefined ? [] : [[`GitHub ${name} ${index}, ${shards}`, 'bash', run]])),
  );
  const gitlab = Object.entries(Jobs.parse(resolveExtends(writtenFor('gitlab', shards)[0] ?? ''))).map(
    ([name, { script }]) => [`GitLab ${name}, ${shards}`, 'bash', script.join('\n')],
  );
  return [...github, ...gitlab, [`the script, ${shards}`, 'sh', writtenFor('script', shards)[0] ?? '']];
});

test.each(SHELLS)('a shell can read %s', (_, shell = '', text = '') => {
  expect(text).not.toBe('');
  expect(spawnSync(shell, ['-n'], { input: text, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

/** Words that are split on purpose (branch names, short ids, how the command is called); and `cd` where the shell runs with -e. */
const MEANT = 'SC2086,SC2012,SC2164';
const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0;
test.skipIf(!hasShellcheck).each(SHELLS)('shellcheck finds nothing in %s', (_, shell = '', text = '') => {
  const args = ['--shell', shell, '--exclude', MEANT, '-'];
  const { stdout, status } = spawnSync('shellcheck', args, { input: text, encoding: 'utf8' });

  expect(stdout).toBe('');
  expect(status).toBe(0);
});

/** Answers as `mendwright` would, notes what it was asked, and writes a branch for each issue that it is to mend. */
const NPX = `#!/bin/sh
echo "$@" >> "$ASKED"
case "$2" in
  run) cat "$MERGED"; exit 1 ;;
  fix) git update-ref "refs/heads/mend/$3" "$(git commit-tree 'HEAD^{tree}' -p HEAD -m "$3")"; [ "$3" != SHOP-3 ] || exit 70 ;;
esac
`;

function project(): {
  dir: string;
  run: (script: string, env?: Record<string, string>) => { status: number | null };
  read: (file: string) => string;
} {
  const dir = mkdtempSync(join(tmpdir(), 'mendwright-jobs-'));
  made.push(dir);
  writeFileSync(join(dir, 'npx'), NPX);
  chmodSync(join(dir, 'npx'), 0o755);
  execFileSync('git', ['init', '--quiet', dir]);
  for (const [key, value] of [
    ['name', 'm'],
    ['email', 'm@example.com'],
  ]) {
    execFileSync('git', ['config', `user.${key}`, `${value}`], { cwd: dir });
  }
  execFileSync('git', ['commit', '--quiet', '--allow-empty', '-m', 'first'], { cwd: dir });
  mkdirSync(join(dir, '.mendwright', 'runs', 'night-1'), { recursive: true });
  writeFileSync(join(dir, 'asked'), '');
  const env = {
    ...process.env,
    PATH: [dir, process.env.PATH].join(delimiter),
    ...{ CI_PROJECT_DIR: dir, ASKED: join(dir, 'asked'), MERGED: join(dir, 'merged.json') },
  };
  return {
    dir,
    run: (script, more = {}) =>
      spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
        cwd: dir,
        env: { ...env, ...more },
        encoding: 'utf8',
      }),
    read: (file) => readFileSync(join(dir, file), 'utf8'),
  };
}

const JOBS = Jobs.parse(resolveExtends(writtenFor('gitlab', 3)[0] ?? ''));
/** The job's own part: the packages and the browser are left out. */
const own = (job: string): string => JOBS[job]?.script.at(-1) ?? 'exit 99';
const issue = (shortId: string, result: string | null = null) => ({ shortId, result });

test('GitLab’s issues are shared among its jobs, each mended once, and a failure is told at the end', () => {
  const { dir, run, read } = project();
  const issues = [1, 2, 3, 4, 5, 6].map((number) => issue(`SHOP-${number}`));
  writeFileSync(
    join(dir, 'merged.json'),
    JSON.stringify({ run: 'night-1', issues: [issue('SHOP-0', 'flaky'), ...issues] }),
  );

  expect(run(own('mendwright-issues'))).toMatchObject({ status: 0 });
  expect([read('mendwright-issues/run'), read('mendwright-issues/issues')]).toEqual([
    'night-1\n',
    'SHOP-1\nSHOP-2\nSHOP-3\nSHOP-4\nSHOP-5\nSHOP-6\n',
  ]);
  expect(read('asked')).not.toContain('nightly');

  const mended = [1, 2, 3, 4].map((index) => {
    writeFileSync(join(dir, 'asked'), '');
    const fix = `${JOBS['mendwright-fix']?.script[0]}\n${own('mendwright-fix')}`;
    const { status } = run(fix, { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: '4' });
    return [status, read('asked').trim().split('\n')];
  });
  expect(mended).toEqual([
    [0, ['mendwright fix SHOP-1 --run night-1', 'mendwright fix SHOP-5 --run night-1']],
    [0, ['mendwright fix SHOP-2 --run night-1', 'mendwright fix SHOP-6 --run night-1']],
    [70, ['mendwright fix SHOP-3 --run night-1']],
    [0, ['mendwright fix SHOP-4 --run night-1']],
  ]);
});

test('a GitLab night without open issues ends after the merge', () => {
  const { dir, run, read } = project();
  writeFileSync(join(dir, 'merged.json'), JSON.stringify({ run: 'night-1', issues: [issue('SHOP-0', 'flaky')] }));

  expect(run(own('mendwright-issues'))).toMatchObject({ status: 0 });
  expect(read('asked')).toContain('mendwright nightly --run night-1');
  const fix = JOBS['mendwright-fix']?.script.join('\n') ?? '';
  expect(run(fix, { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '4' })).toMatchObject({
    status: 0,
    stdout: 'No issue is left for this job.\n',
  });
});
