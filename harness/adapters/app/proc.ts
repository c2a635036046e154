/** What Linux tells of processes; empty where there is no /proc. Processes end while we look: of those there is nothing, too. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface ProcessStat {
  /** `Z`: it has ended and waits to be reaped. */
  readonly state: string;
  /** Id of its process group. */
  readonly group: number;
  /** Resident memory in pages of 4 KiB. */
  readonly pages: number;
}

export function listProcesses(proc = '/proc'): number[] {
  return listFolder(proc).map(Number).filter(Number.isInteger);
}

export function statOf(pid: number): ProcessStat | undefined {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  if (stat === '') return undefined;
  // After the name in parentheses: state, parent, group; 22 fields on, the resident pages.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', group: Number(fields[2]), pages: Number(fields[21]) };
}

/** Inodes of the sockets that a process holds open. */
export function socketsOf(pid: number): string[] {
  return listFolder(`/proc/${pid}/fd`).flatMap((descriptor) => {
    const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${descriptor}`))?.[1];
    return inode === undefined ? [] : [inode];
  });
}

export function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
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
