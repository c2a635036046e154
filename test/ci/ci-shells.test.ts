/** The shell in CI files, read by shells and by shellcheck where it is installed; and GitLab's jobs over issues, run with doubles. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** Answers as `mendwright` would, notes what it was asked, and writes a branch and a ledger where it is to mend something. */
const NPX = `#!/bin/sh
echo "$@" >> "$ASKED"
commit() { git commit-tree 'HEAD^{tree}' -p HEAD -m "$1"; }
case "$2" in
  run) cat "$MERGED"; exit 1 ;;
  nightly) git update-ref refs/heads/mend/SHOP-9 "$(commit x)"; git update-ref refs/mendwright/ledger "$(commit y)" ;;
  fix) git update-ref "refs/heads/mend/$3" "$(commit "$3")"; [ "$3" != SHOP-3 ] || exit 70 ;;
esac
`;

const IDENTITY = { GIT_AUTHOR_NAME: 'mendwright', GIT_AUTHOR_EMAIL: 'm@shop.example' };
const COMMITTER = { GIT_COMMITTER_NAME: 'mendwright', GIT_COMMITTER_EMAIL: 'm@shop.example' };

interface Project {
  readonly dir: string;
  run(script: string, env?: Record<string, string>): { status: number | null; stdout: string; stderr: string };
  read(file: string): string;
}

/** A clone of a repository with one commit, as a job gets it. */
function project(origin = makeOrigin()): Project {
  const dir = mkdtempSync(join(tmpdir(), 'mendwright-jobs-'));
  made.push(dir);
  execFileSync('git', ['clone', '--quiet', origin, dir]);
  const bin = join(dir, '.git', 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npx'), NPX);
  chmodSync(join(bin, 'npx'), 0o755);
  mkdirSync(join(dir, '.mendwright', 'runs', 'night-1'), { recursive: true });
  writeFileSync(join(dir, 'asked'), '');
  const env = {
    ...{ ...process.env, ...IDENTITY, ...COMMITTER, PATH: [bin, process.env.PATH].join(delimiter) },
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

function makeOrigin(): string {
  const origin = mkdtempSync(join(tmpdir(), 'mendwright-origin-'));
  made.push(origin);
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: origin,
      encoding: 'utf8',
      env: { ...process.env, ...IDENTITY, ...COMMITTER },
    }).trim();
  git('init', '--quiet', '--bare', '--initial-branch=main');
  git(
    'update-ref',
    'refs/heads/main',
    git('commit-tree', git('hash-object', '-w', '-t', 'tree', '/dev/null'), '-m', 'first'),
  );
  return origin;
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

test.each([
  [1, 'mendwright-night', ['refs/heads/main', 'refs/heads/mend/SHOP-9', 'refs/mendwright/ledger']],
  [3, 'mendwright-fix', ['refs/heads/main', 'refs/heads/mend/SHOP-1']],
])('GitLab’s publishing job pushes with its token what others bundled, %i shards', (shards, job, refs) => {
  const origin = makeOrigin();
  const jobs = Jobs.parse(resolveExtends(writtenFor('gitlab', shards)[0] ?? ''));
  const [worker, publisher] = [project(origin), project(origin)];
  mkdirSync(join(worker.dir, 'mendwright-issues'));
  writeFileSync(join(worker.dir, 'mendwright-issues', 'issues'), 'SHOP-1\n');
  writeFileSync(join(worker.dir, 'mendwright-issues', 'run'), 'night-1\n');
  // Its own parts: the packages and the browser are left out.
  const script = [...(shards === 1 ? [] : [jobs[job]?.script[0]]), jobs[job]?.script.at(-1)];
  const prelude = shards === 1 ? 'code=0; npx mendwright nightly\n' : '';
  expect(worker.run(prelude + script.join('\n'), { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '4' })).toMatchObject({
    status: 0,
  });
  cpSync(join(worker.dir, 'mendwright-branches'), join(publisher.dir, 'mendwright-branches'), { recursive: true });

  const published = publisher.run(jobs['mendwright-publish']?.script.join('\n') ?? 'exit 99', {
    ...{
      MENDWRIGHT_PUSH_TOKEN: 't0ken',
      CI_SERVER_HOST: 'gitlab.test',
      CI_SERVER_PORT: '443',
      CI_PROJECT_PATH: 'a/shop',
    },
    ...{ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: `url.${origin}.insteadOf` },
    GIT_CONFIG_VALUE_0: 'https://mendwright:t0ken@gitlab.test:443/a/shop.git',
  });

  expect(published, published.stderr).toMatchObject({ status: 0 });
  const found = execFileSync('git', ['for-each-ref', '--format=%(refname)'], { cwd: origin, encoding: 'utf8' });
  expect(found.trim().split('\n')).toEqual(refs);
  expect(published.stdout).not.toContain('t0ken');
});
