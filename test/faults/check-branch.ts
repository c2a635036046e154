/** The hidden check of a branch: the mended app, started for itself, against assertions that the night did not see. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../harness/adapters/app/start-app.ts';
import { findChromium } from '../../harness/adapters/playwright/find-browser.ts';
import { git } from './build-repository.ts';
import type { Fault } from './fault.ts';
import { untilAnswered } from './until-answered.ts';

export interface BranchCheck {
  readonly repository: string;
  readonly branch: string;
  readonly fault: Fault;
  readonly example: string;
}

/** Builds and starts the branch in a worktree and runs its own scenarios and the fault's check.spec.ts with plain Playwright. */
export async function checkBranch({
  repository,
  branch,
  fault,
  example,
}: BranchCheck): Promise<{ correct: boolean; why: string }> {
  const check = join(example, 'faults', fault.id, 'check.spec.ts');
  if (!existsSync(check)) throw new Error(`${fault.id} has no check.spec.ts`);
  const tree = join(repository, '.mendwright', 'worktrees', 'hidden-check');
  git(repository, 'worktree', 'add', '--quiet', '--force', '--detach', tree, branch);
  mkdirSync(join(tree, 'scenarios'), { recursive: true });
  cpSync(check, join(tree, 'scenarios', 'hidden-check.spec.ts'));
  const port = await freePort();
  const { executablePath } = findChromium(tree);
  const env = {
    ...process.env,
    PORT: String(port),
    BASE_URL: `http://127.0.0.1:${port}`,
    ...(executablePath && { MENDWRIGHT_CHROMIUM: executablePath }),
  };
  const log = openSync(join(repository, '.mendwright', 'hidden-check.log'), 'w');
  const start = (command: string) =>
    spawn(command, { cwd: tree, env, shell: true, detached: true, stdio: ['ignore', log, log] });
  let app: ReturnType<typeof start> | undefined;
  try {
    const [built] = await once(start('npm run build --if-present'), 'exit');
    if (built !== 0) return { correct: false, why: 'the branch does not build' };
    app = start('npm start');
    await untilAnswered(`http://127.0.0.1:${port}/healthz`);
    const [code] = await once(start('npx playwright test --reporter=line --max-failures=1'), 'exit');
    return code === 0
      ? { correct: true, why: '' }
      : { correct: false, why: 'hidden assertions or scenarios fail on the branch' };
  } finally {
    if (app?.pid) process.kill(-app.pid, 'SIGKILL');
    git(repository, 'worktree', 'remove', '--force', tree);
  }
}
