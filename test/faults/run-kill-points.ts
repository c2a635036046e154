/**
 * Kills a night's processes at every stage, with `kill -9`: the harness, the app, the browser, Playwright's worker and its
 * runner. After each: the repository is as it was, nothing runs on, and the next night ends with the right branch.
 */
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { fingerprint, git, mendwright, processesOf, type Running, startMendwright, tinyApp } from '../e2e/tiny-app.ts';

type Victim = 'harness' | 'app' | 'browser' | 'worker' | 'runner';

interface KillPoint {
  readonly victim: Victim;
  /** What the night has told when the victim is looked for. */
  readonly after: string;
}

const STAGES: readonly string[] = [
  'running every scenario',
  'reading the issues',
  'running the red scenarios',
  'finding the place',
  'asking the fixers',
  'judging',
  'passed screen',
  'passed confirm',
  'passed regress',
  'writing',
];
/** Where something of the kind runs for long enough to be met. */
const BUSY = ['running every scenario', 'running the red scenarios', 'judging', 'passed screen'];

const POINTS: readonly KillPoint[] = [
  ...STAGES.map((after): KillPoint => ({ victim: 'harness', after })),
  ...BUSY.flatMap((after) =>
    (['app', 'browser', 'worker', 'runner'] as const).map((victim): KillPoint => ({ victim, after })),
  ),
];

const PATTERNS: Readonly<Record<Exclude<Victim, 'harness'>, RegExp>> = {
  app: /node server\.mjs/,
  browser: /chrom(?!.*--type=)/,
  worker: /playwright.*worker/i,
  runner: /cli\.js test/,
};
const PATIENCE_MS = 20_000;
const LIMIT_MS = 180_000;

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // It has ended.
  }
}

async function until<T>(look: () => T | undefined): Promise<T | undefined> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(10)) {
    const found = look();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether there was anything to kill. */
async function killAt({ victim, after }: KillPoint, running: Running, dir: string): Promise<boolean> {
  if (victim === 'harness') return killWhenSaid(running, after);
  const isThere = await until(() => (running.stderr().includes(after) ? true : undefined));
  if (!isThere) return false;
  const pid = await until(() => processesOf(dir).find((one) => PATTERNS[victim].test(commandOf(one))));
  if (pid === undefined) return false;
  process.kill(pid, 'SIGKILL');
  return true;
}

/** Some stages last for a few milliseconds: the kill comes with the word, not with the next look. */
function killWhenSaid({ child, stderr, ended }: Running, after: string): Promise<boolean> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (stderr().includes(after)) resolve(child.kill('SIGKILL'));
    };
    child.stderr?.on('data', look);
    void ended.then(() => resolve(false));
  });
}

const NOTHING = 'there was nothing to kill';

/** A busy machine may let a night end between its word and our kill: then nothing was tried, and it is tried again. */
async function tryPoint(point: KillPoint): Promise<string[]> {
  let wrong: string[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    wrong = await tryOnce(point);
    if (!wrong.includes(NOTHING)) break;
  }
  return wrong;
}

/** What is wrong after the kill; empty where all is well. */
async function tryOnce(point: KillPoint): Promise<string[]> {
  const dir = tinyApp();
  const before = fingerprint(dir);
  const wrong: string[] = [];
  try {
    const running = startMendwright(['nightly', '--cwd', dir]);
    if (!(await killAt(point, running, dir))) wrong.push(NOTHING);
    const late = AbortSignal.timeout(LIMIT_MS);
    const ended = await Promise.race([
      running.ended,
      new Promise<undefined>((done) => late.addEventListener('abort', () => done(undefined))),
    ]);
    if (ended === undefined) {
      wrong.push('the night did not end');
      running.child.kill('SIGKILL');
    } else if (point.victim !== 'harness' && (ended.code === null || ended.code > 3)) {
      wrong.push(`the night ended with ${ended.code}: ${ended.stderr.slice(-300)}`);
    }
    if (point.victim !== 'harness' && processesOf(dir).length > 0) wrong.push('processes run on');
    if (fingerprint(dir) !== before) wrong.push('the checkout has changed');
    const next = await mendwright(['nightly', '--json', '--cwd', dir]);
    const { issues }: { issues: { result: string; branch: string | null }[] } = JSON.parse(next.stdout);
    const [issue] = issues;
    const isRight =
      issues.length === 1 && /^(?:branch-created|branch-updated|no-work|unchanged)$/.test(issue?.result ?? '');
    if (!isRight) wrong.push(`the next night: ${next.stdout.slice(0, 300)}`);
    if (git(dir, 'branch', '--list', 'mend/*') === '') wrong.push('there is no branch');
    if (processesOf(dir).length > 0) wrong.push('processes run on after the next night');
    if (git(dir, 'worktree', 'list').split('\n').length !== 1) wrong.push('worktrees are left');
    if (fingerprint(dir) !== before) wrong.push('the checkout has changed after the next night');
    git(dir, 'fsck', '--strict', '--no-dangling');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  return wrong;
}

const { values } = parseArgs({ options: { only: { type: 'string' } } });
let failed = 0;
const points = POINTS.filter(({ victim, after }) => `${victim} ${after}`.includes(values.only ?? ''));
for (const point of points) {
  const wrong = await tryPoint(point).catch((error: unknown) => [String(error)]);
  process.stdout.write(
    `${wrong.length === 0 ? 'ok  ' : 'FAIL'} ${point.victim} killed after “${point.after}” ${wrong.join('; ')}\n`,
  );
  if (wrong.length > 0) failed++;
}
process.stdout.write(`${points.length - failed} of ${points.length} kill points as they should be\n`);
process.exitCode = failed === 0 ? 0 : 1;
