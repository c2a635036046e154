/** Runs a client as a process of its own, without this process' Sentry settings. */
import { execFile } from 'node:child_process';

export interface CommandResult {
  /** -1 where the command could not be started or took too long. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Only what hangs is ended: a busy machine may be slow. */
const PATIENCE_MS = 300_000;

export function runCommand(
  [file = '', ...args]: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('SENTRY_'));
  const env = { ...Object.fromEntries(own), ...options.env };
  return new Promise((resolve) => {
    const settings = { cwd: options.cwd ?? process.cwd(), env, timeout: PATIENCE_MS, maxBuffer: 16 * 1024 * 1024 };
    const child = execFile(file, args, settings, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
    child.stdin?.end();
  });
}
