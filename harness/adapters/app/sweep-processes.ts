/** Finds and ends what a killed run left behind: processes that carry its mark in their environment. */
import { RUN_MARK } from './child-environment.ts';
import { listProcesses, readOrEmpty, statOf } from './proc.ts';

/** Process ids, other than our own, whose mark `isOurs` accepts; empty where there is no /proc. */
export function findMarked(isOurs: (mark: string) => boolean, proc = '/proc'): number[] {
  const found: number[] = [];
  for (const pid of listProcesses(proc)) {
    if (pid === process.pid) continue;
    const mark = markOf(`${proc}/${pid}/environ`);
    if (mark !== undefined && isOurs(mark)) found.push(pid);
  }
  return found.sort((a, b) => a - b);
}

/** Kills them, and those that they started meanwhile, until none is left. Returns how many there were. */
export function sweepProcesses(isOurs: (mark: string) => boolean): number {
  const killed = new Set<number>();
  for (let round = 0; round < 10; round++) {
    const pids = findMarked(isOurs).filter((pid) => !isZombie(pid));
    if (pids.length === 0) break;
    for (const pid of pids) {
      killed.add(pid);
      kill(pid);
    }
  }
  return killed.size;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM'))) throw error;
  }
}

function isZombie(pid: number): boolean {
  return (statOf(pid)?.state ?? 'Z') === 'Z';
}

/** Those of other users cannot be read, and are not ours. */
function markOf(file: string): string | undefined {
  const prefix = `${RUN_MARK}=`;
  return readOrEmpty(file)
    .split('\0')
    .find((entry) => entry.startsWith(prefix))
    ?.slice(prefix.length);
}
