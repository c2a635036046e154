/** A command in a process group of its own, which ends as a whole. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { listProcesses, statOf } from './proc.ts';
import { type Limits, watchLimits } from './watch-limits.ts';

export interface GroupRequest {
  /** A line of the user's configuration, run by the shell. */
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Absolute path of a file that takes stdout and stderr. */
  readonly log: string;
  /** Over them the group is killed, and its log says why. */
  readonly limits?: Limits | undefined;
}

export interface ProcessGroup {
  readonly pid: number;
  /** Resolves when the shell has ended; a signal counts as 128 + 15. */
  readonly exited: Promise<number>;
  /** Undefined while it runs. */
  exitCode(): number | undefined;
  /** The last lines of its output, for messages. */
  tail(lines: number): string;
  /** Asks the whole group to end, kills it after two seconds, and returns when it is gone. */
  end(): Promise<void>;
}

const GRACE_MS = 2_000;
const ENDED_BY_SIGNAL = 143;
/** How the last line of a log begins where a limit ended the group. */
export const ENDED = 'Error: Mendwright ended the app';

export function startGroup({ command, cwd, env, log, limits }: GroupRequest): ProcessGroup {
  const output = openSync(log, 'a');
  const child = spawn(command, {
    cwd,
    env: { ...env },
    shell: true,
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const exited = once(child, 'exit').then(
    ([code]) => (typeof code === 'number' ? code : ENDED_BY_SIGNAL),
    () => 127,
  );
  live.add(child);
  void exited.then(() => live.delete(child));
  let stopWatching = (): void => undefined;
  if (limits && child.pid !== undefined) {
    stopWatching = watchLimits({ group: child.pid, log, limits }, (what) => {
      signalGroup(child, 'SIGKILL');
      appendFileSync(log, `\n${ENDED}: it ${what}.\n`);
    });
  }
  return {
    pid: child.pid ?? -1,
    exited,
    exitCode: () => child.exitCode ?? (child.signalCode === null ? undefined : ENDED_BY_SIGNAL),
    tail: (lines) => lastLines(log, lines),
    end: async () => {
      stopWatching();
      await endGroup(child, exited);
    },
  };
}

/** Runs `command` to its end; over `timeoutMs` or on abort it is ended and counts as 124 or 130. */
export async function runToEnd(
  request: GroupRequest,
  limits: { timeoutMs: number; signal?: AbortSignal },
): Promise<number> {
  const group = startGroup(request);
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const stop = limits.signal ? AbortSignal.any([timeout, limits.signal]) : timeout;
  const stopped = new Promise<number>((resolve) => {
    if (stop.aborted) resolve(timeout.aborted ? 124 : 130);
    stop.addEventListener('abort', () => resolve(timeout.aborted ? 124 : 130), { once: true });
  });
  const code = await Promise.race([group.exited, stopped]);
  await group.end();
  return code;
}

const live = new Set<ChildProcess>();

/** The last resort when the harness itself ends: kills every group at once, without waiting. */
export function killAllGroups(): void {
  for (const child of live) signalGroup(child, 'SIGKILL');
}

async function endGroup(child: ChildProcess, exited: Promise<number>): Promise<void> {
  if (child.pid === undefined) return;
  signalGroup(child, 'SIGTERM');
  const deadline = performance.now() + GRACE_MS;
  await Promise.race([exited, pause(GRACE_MS)]);
  while (isGroupAlive(child) && performance.now() < deadline) await pause(20);
  signalGroup(child, 'SIGKILL');
  await exited;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  trySignal(child, signal);
}

/** Where there is a /proc, members that have ended and only wait to be reaped do not count. */
function isGroupAlive(child: ChildProcess): boolean {
  if (!trySignal(child, 0)) return false;
  if (!existsSync('/proc/self/stat')) return true;
  return listProcesses().some((pid) => {
    const stat = statOf(pid);
    return stat?.group === child.pid && stat?.state !== 'Z';
  });
}

/** False when nobody is left in the group. */
function trySignal(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

function lastLines(file: string, lines: number): string {
  const text = readFileSync(file, 'utf8').trimEnd();
  return text.split('\n').slice(-lines).join('\n');
}
