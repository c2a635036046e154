/** Ends a process group that takes more than it was given: memory, output, listening ports. Looks twice a second. */
import { statSync } from 'node:fs';
import { listProcesses, readOrEmpty, socketsOf, statOf } from './proc.ts';

export interface Limits {
  /** MiB resident, of all processes of the group together. */
  readonly memoryMiB: number;
  /** MiB written to its log. */
  readonly outputMiB: number;
  /** Number of TCP ports on which the group listens. */
  readonly ports: number;
  /** Number of processes. */
  readonly processes: number;
}

const EVERY_MS = 500;
const MIB = 1024 * 1024;
const PAGE = 4096;
const LISTENING = '0A';

/** `onExceeded` is called once, with words for a person. Where there is no /proc, only the output is watched. */
export function watchLimits(
  { group, log, limits }: { group: number; log: string; limits: Limits },
  onExceeded: (what: string) => void,
): () => void {
  const timer = setInterval(() => {
    const what = exceeded(group, log, limits);
    if (what === undefined) return;
    clearInterval(timer);
    onExceeded(what);
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function exceeded(group: number, log: string, limits: Limits): string | undefined {
  const written = sizeOf(log) / MIB;
  if (written > limits.outputMiB) return `printed more than ${limits.outputMiB} MiB`;
  const members = listProcesses().flatMap((pid) => {
    const stat = statOf(pid);
    return stat?.group === group ? [{ pid, pages: stat.pages }] : [];
  });
  if (members.length > limits.processes) return `started more than ${limits.processes} processes`;
  const resident = members.reduce((sum, { pages }) => sum + pages * PAGE, 0) / MIB;
  if (resident > limits.memoryMiB) return `took more than ${limits.memoryMiB} MiB of memory`;
  const ports = listening(members.map(({ pid }) => pid));
  return ports > limits.ports ? `listened on more than ${limits.ports} ports` : undefined;
}

/** Sockets that listen, told by the kernel's table and by what the processes hold open. */
function listening(pids: readonly number[]): number {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readOrEmpty(file).split('\n').slice(1));
  const inodes = new Set(
    tables.flatMap((row) => {
      const fields = row.trim().split(/\s+/);
      return fields[3] === LISTENING && fields[9] ? [fields[9]] : [];
    }),
  );
  return new Set(pids.flatMap(socketsOf).filter((inode) => inodes.has(inode))).size;
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
