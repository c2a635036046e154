import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { lookAtRepository } from './look-at-repository.ts';
import { formatWorkflow } from './workflow-text.ts';

const Step = z.object({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  env: z.record(z.string(), z.string()).default({}),
});
const Job = z.object({ permissions: z.record(z.string(), z.string()), steps: z.array(Step) });
const Workflow = z.object({ permissions: z.record(z.string(), z.string()), jobs: z.record(z.string(), Job) });

const ground = mkdtempSync(join(tmpdir(), 'mendwright-workflow-'));
afterAll(() => rmSync(ground, { recursive: true, force: true }));

function workflowOf(files: Readonly<Record<string, string>>): {
  night: z.infer<typeof Job>;
  publish: z.infer<typeof Job>;
} {
  const folder = mkdtempSync(join(ground, 'app-'));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const { permissions, jobs } = Workflow.parse(parse(formatWorkflow(lookAtRepository(folder))));
  expect(permissions).toEqual({});
  return z.object({ night: Job, publish: Job }).parse(jobs);
}

test('lets the job that runs code write nothing, and the job that writes run nothing of the repository', () => {
  const { night, publish } = workflowOf({ 'package.json': '{}', 'package-lock.json': '{}' });

  expect(night.permissions).toEqual({ contents: 'read' });
  expect(night.steps[0]?.with).toEqual({ 'fetch-depth': 0, 'persist-credentials': false });
  expect(night.steps.filter(({ env }) => env.TOKEN !== undefined).map(({ name }) => name)).toEqual([
    'Fetch what earlier nights left',
  ]);
  expect(publish.permissions).toEqual({ contents: 'write' });
  expect(publish.steps.flatMap(({ run }) => run ?? []).join('\n')).not.toMatch(/npm|npx|node|mendwright nightly/);
});

test.each([
  ['npm', { 'package.json': '{}', 'package-lock.json': '' }, 'npm ci'],
  ['npm without a lock file', { 'package.json': '{}' }, 'npm install --no-package-lock'],
  ['pnpm', { 'package.json': '{}', 'pnpm-lock.yaml': '' }, 'pnpm install --frozen-lockfile'],
  ['old yarn', { 'package.json': '{}', 'yarn.lock': '' }, 'yarn install --frozen-lockfile'],
  ['yarn', { 'package.json': '{}', 'yarn.lock': '', '.yarnrc.yml': '' }, 'yarn install --immutable'],
  ['bun', { 'package.json': '{}', 'bun.lock': '' }, 'bun install --frozen-lockfile'],
  ['no package.json', { 'requirements.txt': 'flask' }, 'npm install --no-save mendwright @playwright/test'],
])('installs with %s', (_, files, command) => {
  const { night } = workflowOf(files);

  expect(night.steps.map(({ run }) => run)).toContain(command);
});

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=mendwright', '-c', 'user.email=m@example.com', ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

function runStep(job: z.infer<typeof Job>, name: string, cwd: string, env: Record<string, string> = {}): string {
  const script = job.steps.find((step) => step.name === name)?.run ?? 'exit 99';
  return execFileSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A commit on a branch of its own, by whoever is named. */
function branch(cwd: string, name: string, author = 'mendwright'): string {
  const tree = git(cwd, 'write-tree');
  const sha = git(
    cwd,
    '-c',
    `user.name=${author}`,
    'commit-tree',
    tree,
    '-p',
    'HEAD',
    '-m',
    `fix: ${name} by ${author}`,
  );
  git(cwd, 'update-ref', `refs/heads/${name}`, sha);
  return sha;
}

test('carries new and updated branches and the ledger from one job to the other, and leaves a person’s branch alone', () => {
  const { night: nightJob, publish: publishJob } = workflowOf({ 'package.json': '{}' });
  const origin = join(ground, 'origin.git');
  const night = join(ground, 'night');
  const publish = join(ground, 'publish');
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', origin]);
  git(ground, 'clone', '--quiet', origin, night);
  git(night, 'checkout', '--quiet', '-b', 'main');
  git(night, 'commit', '--quiet', '--allow-empty', '-m', 'first');
  branch(night, 'mend/shop-2-old');
  const touched = branch(night, 'mend/shop-3-touched', 'Ada');
  git(night, 'push', '--quiet', 'origin', 'main', 'mend/shop-2-old', 'mend/shop-3-touched');

  const created = branch(night, 'mend/shop-1-new');
  git(night, 'commit', '--quiet', '--allow-empty', '-m', 'unpushed base');
  git(night, 'reset', '--quiet', '--hard', 'origin/main');
  const updated = git(night, 'commit-tree', git(night, 'write-tree'), '-p', 'HEAD', '-m', 'fix: better');
  git(night, 'update-ref', 'refs/heads/mend/shop-2-old', updated);
  branch(night, 'mend/shop-3-touched');
  const ledger = git(night, 'commit-tree', git(night, 'write-tree'), '-m', 'ledger');
  git(night, 'update-ref', 'refs/mendwright/ledger', ledger);
  runStep(nightJob, 'Bundle the branches', night);
  git(ground, 'clone', '--quiet', origin, publish);
  const said = runStep(publishJob, 'Push the branches', publish, {
    BUNDLE: join(night, 'mendwright-branches', 'branches.bundle'),
    REMOTE: 'origin',
  });

  expect(git(origin, 'for-each-ref', '--format=%(refname) %(objectname)').split('\n')).toEqual([
    `refs/heads/main ${git(night, 'rev-parse', 'main')}`,
    `refs/heads/mend/shop-1-new ${created}`,
    `refs/heads/mend/shop-2-old ${updated}`,
    `refs/heads/mend/shop-3-touched ${touched}`,
    `refs/mendwright/ledger ${ledger}`,
  ]);
  expect(said).toContain("mend/shop-3-touched holds somebody's commits");
});

test('pushes nothing after a night without branches', () => {
  const { night: nightJob, publish: publishJob } = workflowOf({ 'package.json': '{}' });
  const repository = join(ground, 'quiet');
  mkdirSync(repository);
  git(repository, 'init', '--quiet');
  git(repository, 'commit', '--quiet', '--allow-empty', '-m', 'first');

  runStep(nightJob, 'Bundle the branches', repository);
  const said = runStep(publishJob, 'Push the branches', repository, {
    BUNDLE: join(repository, 'mendwright-branches', 'branches.bundle'),
    REMOTE: 'origin',
  });

  expect(said).toBe('No branch was written.\n');
});
