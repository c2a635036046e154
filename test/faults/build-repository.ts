/** Writes an example app as a fresh git repository with a plausible history, faults included as innocent commits. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyExample } from './copy-example.ts';
import type { Fault } from './fault.ts';

const AUTHORS = [
  'Mara Lind <mara@team.example>',
  'Jonas Okafor <jonas@team.example>',
  'Priya Nair <priya@team.example>',
];

/** Commits of the healthy app: each takes the files that the earlier ones left. */
const CHAPTERS: readonly { subject: string; takes: RegExp }[] = [
  { subject: 'Set up the project', takes: /^[^/]+$/ },
  { subject: 'Describe what page and server say to each other', takes: /^shared\// },
  { subject: 'Serve it', takes: /^(server|local)\// },
  { subject: 'Show it in the browser', takes: /^(src|public)\// },
  { subject: 'Describe what a customer does as scenarios', takes: /^scenarios\// },
  { subject: 'Add what is left', takes: /./ },
];

/** The first commit lies this many days before the last one. */
const DAY_MS = 24 * 60 * 60_000;

/** Copies `example` to `target`, which must be empty or absent, and commits it chapter by chapter. */
export function buildRepository(example: string, target: string): void {
  rmSync(target, { recursive: true, force: true });
  copyExample(example, target);
  const ignore = join(target, '.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, 'node_modules/\ndist/\ntest-results/\n');
  git(target, 'init', '--quiet', '--initial-branch=main');
  git(target, 'config', 'user.name', 'Mara Lind');
  git(target, 'config', 'user.email', 'mara@team.example');
  const left = new Set(git(target, 'ls-files', '--others', '--exclude-standard').split('\n').filter(Boolean));
  for (const [index, { subject, takes }] of CHAPTERS.entries()) {
    const files = [...left].filter((file) => takes.test(file));
    if (files.length === 0) continue;
    for (const file of files) left.delete(file);
    git(target, 'add', '--', ...files);
    commit(target, subject, index);
  }
}

/** Applies the fault's edits to the working tree and commits them under its innocent subject. */
export function commitFault(target: string, fault: Fault): void {
  for (const { file, find, replace, all } of fault.edits) {
    const path = join(target, file);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const parts = text.split(find);
    if (find !== '' && parts.length !== 2 && !all) {
      throw new Error(`${fault.id}: ${JSON.stringify(find)} stands ${parts.length - 1} times in ${file}`);
    }
    writeFileSync(path, find === '' ? replace : parts.join(replace));
  }
  git(target, 'add', '--all');
  const commits = Number(git(target, 'rev-list', '--count', 'HEAD'));
  commit(target, fault.commit.subject, commits);
}

function commit(target: string, subject: string, index: number): void {
  const date = new Date(Date.now() - (20 - index) * DAY_MS).toISOString();
  const author = AUTHORS[index % AUTHORS.length] ?? '';
  execFileSync('git', ['commit', '--quiet', '--no-verify', '--author', author, '--date', date, '-m', subject], {
    cwd: target,
    env: { ...process.env, GIT_COMMITTER_DATE: date },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}
