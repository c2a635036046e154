/** A command line of Sentry's as a function: what it printed, or an error that says how it ended. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENTS } from './client-folder.ts';
import type { Ground } from './ground.ts';
import { runCommand } from './run-command.ts';

export type CommandLine = (...args: string[]) => Promise<string>;

/** Runs with a home of its own, so that no person's settings count and nothing is remembered from the run before. */
export function commandLine(
  { url, token, org, project, dsn }: Ground,
  command: readonly string[],
  cwd: string,
): CommandLine {
  const home = join(CLIENTS, 'home');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  const env = {
    HOME: home,
    NO_COLOR: '1',
    SENTRY_URL: url,
    SENTRY_AUTH_TOKEN: token,
    SENTRY_ORG: org,
    SENTRY_PROJECT: project,
    SENTRY_DSN: dsn,
    SENTRY_CLI_NO_TELEMETRY: '1',
  };
  return async (...args) => {
    const { code, stdout, stderr } = await runCommand([...command, ...args], { cwd, env });
    if (code !== 0) throw new Error(`ended with ${code}: ${beforeBacktrace(stderr)} ${beforeBacktrace(stdout)}`);
    return `${stdout}\n${stderr}`;
  };
}

function beforeBacktrace(text: string): string {
  return text.split('Stack backtrace')[0]?.trim() ?? '';
}
