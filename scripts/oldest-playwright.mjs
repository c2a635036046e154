// Runs the tests of watched suites against the oldest Playwright that a suite may use, installed in a folder of its own.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const VERSION = '1.50.1';
const HOME = join(ROOT, '.demo', `playwright-${VERSION}`);

function run(command, args, options) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(join(HOME, 'node_modules', '@playwright', 'test'))) {
  mkdirSync(HOME, { recursive: true });
  writeFileSync(join(HOME, 'package.json'), '{ "name": "oldest", "private": true }\n');
  const quiet = ['--no-audit', '--no-fund', '--no-save', '--workspaces=false', '--loglevel=error'];
  run('npm', ['install', ...quiet, `@playwright/test@${VERSION}`], { cwd: HOME });
}
run('npx', ['--no-install', 'vitest', 'run', 'test/observe'], {
  cwd: ROOT,
  env: { ...process.env, OBSERVED_HOME: HOME },
});
