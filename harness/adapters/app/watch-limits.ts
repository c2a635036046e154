/** Ends a process group that takes more than it was given: memory, output, listening ports. Looks twice a second. */
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';

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
  const members = membersOf(group);
  if (members.length > limits.processes) return `started more than ${limits.processes} processes`;
  const resident = members.reduce((sum, { pages }) => sum + pages * PAGE, 0) / MIB;
  if (resident > limits.memoryMiB) return `took more than ${limits.memoryMiB} MiB of memory`;
  const ports = listening(members.map(({ pid }) => pid));
  return ports > limits.ports ? `listened on more than ${limits.ports} ports` : undefined;
}

interface Member {
  readonly pid: string;
  readonly pages: number;
}

function membersOf(group: number): Member[] {
  return listFolder('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    const stat = readOrEmpty(`/proc/${pid}/stat`);
    // After the name in parentheses: state, parent, group; 22 fields on, the resident pages.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[2]) === group ? [{ pid, pages: Number(fields[21]) }] : [];
  });
}

/** Sockets that listen, told by the kernel's table and by what the processes hold open. */
function listening(pids: readonly string[]): number {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readOrEmpty(file).split('\n').slice(1));
  const inodes = new Set(
    tables.flatMap((row) => {
      const fields = row.trim().split(/\s+/);
      return fields[3] === LISTENING && fields[9] ? [fields[9]] : [];
    }),
  );
  const held = new Set<string>();
  for (const pid of pids) {
    for (const descriptor of listFolder(`/proc/${pid}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${descriptor}`))?.[1];
      if (inode !== undefined && inodes.has(inode)) held.add(inode);
    }
  }
  return held.size;
}

/** Processes end while we look: nothing is held by one that is gone. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function listFolder(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
