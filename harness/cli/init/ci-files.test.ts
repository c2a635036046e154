import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { chooseCi, ciFiles } from './ci-files.ts';
import type { Ci } from './ci-names.ts';
import { lookAtRepository } from './look-at-repository.ts';

const ground = mkdtempSync(join(tmpdir(), 'mendwright-ci-'));
afterAll(() => rmSync(ground, { recursive: true, force: true }));

function project(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(ground, 'app-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  execFileSync('git', ['init', '--quiet', folder]);
  return folder;
}

function textOf(ci: Ci, shards: number): string {
  const folder = project({ 'package.json': '{}', 'package-lock.json': '' });
  return ciFiles(lookAtRepository(folder), { ci, shards })[0]?.text ?? '';
}

test.each<[string, Record<string, string>, string | undefined, Ci]>([
  ['a workflow of GitHub', { '.github/workflows/ci.yml': '' }, undefined, 'github'],
  ['a GitLab file', { '.gitlab-ci.yml': '' }, undefined, 'gitlab'],
  ['a remote on a GitLab', {}, 'git@gitlab.example:shop/app.git', 'gitlab'],
  ['another CI', { Jenkinsfile: '' }, 'git@gitlab.example:shop/app.git', 'script'],
  ['nothing', {}, undefined, 'github'],
])('finds %s', (_, files, remote, ci) => {
  const folder = project(files);
  if (remote !== undefined) git(folder, 'remote', 'add', 'origin', remote);

  expect(chooseCi(lookAtRepository(folder))).toBe(ci);
});

const Step = z.object({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
});
const Job = z.object({
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  permissions: z.record(z.string(), z.string()),
  strategy: z.object({ matrix: z.record(z.string(), z.unknown()) }).optional(),
  steps: z.array(Step),
});
const Workflow = z.object({ permissions: z.strictObject({}), jobs: z.record(z.string(), Job) });

test('shards a workflow: a matrix, a job that merges, a matrix over issues, and one job that publishes', () => {
  const { jobs } = Workflow.parse(parse(textOf('github', 3)));

  expect(Object.entries(jobs).map(([name, { needs, strategy }]) => [name, needs, strategy?.matrix])).toEqual([
    ['scenarios', undefined, { shard: [1, 2, 3] }],
    ['issues', 'scenarios', undefined],
    ['fix', 'issues', { issue: expect.stringContaining('fromJSON(needs.issues.outputs.issues)') }],
    ['publish', ['issues', 'fix'], undefined],
  ]);
});

test('lets no job of a sharded workflow that runs code write, and no job that writes run code', () => {
  const { jobs } = Workflow.parse(parse(textOf('github', 3)));

  for (const [name, { permissions, steps }] of Object.entries(jobs)) {
    const commands = steps.flatMap(({ run }) => run ?? []).join('\n');
    const isPublishing = name === 'publish';
    expect([name, permissions]).toEqual([name, { contents: isPublishing ? 'write' : 'read' }]);
    expect([name, /\b(?:npm|npx|node)\b/.test(commands)]).toEqual([name, !isPublishing]);
    expect([name, steps[0]?.with]).toEqual([
      name,
      { 'fetch-depth': 0, ...(!isPublishing && { 'persist-credentials': false }) },
    ]);
    // What a stranger could name reaches a shell through the environment alone.
    expect([name, commands.includes('${{')]).toEqual([name, false]);
  }
});

const GitlabJob = z.object({
  extends: z.string().optional(),
  needs: z.array(z.string()).optional(),
  parallel: z.number().optional(),
  environment: z.object({ name: z.string() }).optional(),
  script: z.array(z.string()),
});

test.each([
  [1, { 'mendwright-night': [undefined, undefined], 'mendwright-publish': [['mendwright-night'], undefined] }],
  [
    3,
    {
      'mendwright-scenarios': [undefined, 3],
      'mendwright-issues': [['mendwright-scenarios'], undefined],
      'mendwright-fix': [['mendwright-issues'], 4],
      'mendwright-publish': [['mendwright-issues', 'mendwright-fix'], undefined],
    },
  ],
])('writes GitLab jobs for %i shards, and shows the token to the one that runs no code', (shards, expected) => {
  const { '.mendwright': shared, ...rest } = z.record(z.string(), z.unknown()).parse(parse(textOf('gitlab', shards)));
  const jobs = z.record(z.string(), GitlabJob).parse(rest);

  expect(shared).toMatchObject({ variables: { GIT_DEPTH: '0' } });
  expect(Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, [job.needs, job.parallel]]))).toEqual(
    expected,
  );
  for (const [name, { script, environment }] of Object.entries(jobs)) {
    const commands = script.join('\n');
    const isPublishing = name === 'mendwright-publish';
    expect([name, commands.includes('MENDWRIGHT_PUSH_TOKEN')]).toEqual([name, isPublishing]);
    expect([name, environment?.name]).toEqual([name, isPublishing ? 'mendwright-publish' : undefined]);
    expect([name, /\b(?:npm|npx|node)\b/.test(commands)]).toEqual([name, !isPublishing]);
    expect(spawnCheck(commands)).toBe('');
  }
});

test.each([1, 3])('writes a script that a shell can read, for %i shards', (shards) => {
  expect(spawnCheck(textOf('script', shards), 'sh')).toBe('');
});

/** What the shell says of the text's syntax. */
function spawnCheck(text: string, shell = 'bash'): string {
  return execFileSync(shell, ['-n'], { input: text, encoding: 'utf8' });
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=mendwright', '-c', 'user.email=m@example.com', ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

/** Moves a branch to a commit of its own. */
function branch(cwd: string, name: string, message: string): string {
  const sha = git(cwd, 'commit-tree', git(cwd, 'rev-parse', 'HEAD^{tree}'), '-p', 'HEAD', '-m', message);
  git(cwd, 'update-ref', `refs/heads/${name}`, sha);
  return sha;
}

/** Writes one file into the ledger, on top of what is there. */
function remember(cwd: string, file: string, text: string): void {
  const before = git(cwd, 'for-each-ref', '--format=%(objectname)', 'refs/mendwright/ledger');
  const index = { ...process.env, GIT_INDEX_FILE: join(cwd, '.git', 'test-index') };
  const run = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=m', '-c', 'user.email=m@example.com', ...args], {
      cwd,
      env: index,
      encoding: 'utf8',
    }).trim();
  writeFileSync(join(cwd, 'blob'), text);
  run('read-tree', before === '' ? '--empty' : before);
  run('update-index', '--add', '--cacheinfo', `100644,${run('hash-object', '-w', 'blob')},${file}`);
  const parents = before === '' ? [] : ['-p', before];
  git(cwd, 'update-ref', 'refs/mendwright/ledger', run('commit-tree', run('write-tree'), ...parents, '-m', 'ledger'));
}

test('publishes what jobs wrote beside each other: every branch, and their ledgers laid over each other', () => {
  const { jobs } = Workflow.parse(parse(textOf('github', 2)));
  const script = (job: string, name: string): string =>
    jobs[job]?.steps.find((step) => step.name === name)?.run ?? 'exit 99';
  const bash = (text: string, cwd: string, env: Record<string, string>): string =>
    execFileSync('bash', ['-e', '-o', 'pipefail', '-c', text], {
      cwd,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const origin = join(ground, 'origin.git');
  const seed = join(ground, 'seed');
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', origin]);
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', seed]);
  git(seed, 'commit', '--quiet', '--allow-empty', '-m', 'first');
  branch(seed, 'mend/shop-1-old', 'fix: as it was');
  remember(seed, 'issues/shop-1.json', 'old');
  remember(seed, 'scenarios/green.json', 'kept');
  git(seed, 'push', '--quiet', origin, 'main', 'mend/shop-1-old', 'refs/mendwright/ledger');
  const bundles = join(ground, 'bundles');

  const wrote = ['shop-1-old', 'shop-2-new'].map((name, index) => {
    const job = join(ground, `job-${index}`);
    const temp = join(ground, `temp-${index}`);
    mkdirSync(temp);
    execFileSync('git', ['clone', '--quiet', origin, job]);
    git(job, 'fetch', 'origin', '+refs/heads/mend/*:refs/heads/mend/*', '+refs/mendwright/*:refs/mendwright/*');
    bash(script('fix', 'Note what was there'), job, { HERE: temp });
    const sha = branch(job, `mend/${name}`, `fix: ${name}`);
    remember(job, `issues/${name.slice(0, 6)}.json`, 'new');
    bash(script('fix', 'Bundle what this job wrote'), job, { HERE: temp });
    mkdirSync(bundles, { recursive: true });
    execFileSync('cp', ['-R', join(temp, 'mendwright-branches'), join(bundles, String(index))]);
    return sha;
  });
  const publish = join(ground, 'publish');
  execFileSync('git', ['clone', '--quiet', origin, publish]);
  bash(script('publish', 'Push the branches'), publish, { BUNDLES: bundles, REMOTE: 'origin' });

  expect(git(origin, 'for-each-ref', 'refs/heads/mend', '--format=%(refname:lstrip=3) %(objectname)')).toBe(
    `shop-1-old ${wrote[0]}\nshop-2-new ${wrote[1]}`,
  );
  const ledger = git(origin, 'ls-tree', '-r', '--name-only', 'refs/mendwright/ledger').split('\n');
  expect(ledger.map((file) => [file, git(origin, 'show', `refs/mendwright/ledger:${file}`)])).toEqual([
    ['issues/shop-1.json', 'new'],
    ['issues/shop-2.json', 'new'],
    ['scenarios/green.json', 'kept'],
  ]);
});
