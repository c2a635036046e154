/** One night at a time on one repository: a lock file that dies with its process. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../model/failure.ts';

const Holder = z.object({ pid: z.int().positive(), started: z.string(), run: z.string() });

/** Linux's start time of a process in clock ticks: tells a process from a later one with the same number. */
export function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return isAlive(pid) ? 'unknown' : undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Takes the lock of `home`, or throws a usage Failure that names who holds it. Returns the release. */
export function takeNightLock(home: string, run: string): () => void {
  const file = join(home, 'night.lock');
  mkdirSync(dirname(file), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, started: processStart(process.pid) ?? 'unknown', run });
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(file, mine, { flag: 'wx' });
      return () => {
        if (readText(file) === mine) rmSync(file, { force: true });
      };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw notWritable(home, error);
      const holder = readHolder(file);
      if (holder !== undefined && processStart(holder.pid) === holder.started) throw taken(holder, file);
      rmSync(file, { force: true });
    }
  }
  throw new Failure('usage', 'night-already-running', `Another night took ${file} at this very moment.`, {
    hint: 'Start again when it has ended.',
  });
}

/** Id of the run that is at work in `home`; undefined where none is. */
export function nightAtWork(home: string): string | undefined {
  const holder = readHolder(join(home, 'night.lock'));
  return holder !== undefined && processStart(holder.pid) === holder.started ? holder.run : undefined;
}

function taken(holder: z.infer<typeof Holder>, file: string): Failure {
  return new Failure('usage', 'night-already-running', `Run ${holder.run} (process ${holder.pid}) is at work here.`, {
    hint: `Wait until it ends, or end it; its lock is ${file}.`,
  });
}

function notWritable(home: string, cause: unknown): Failure {
  return new Failure('upstream', 'folder-not-writable', `${home} cannot be written.`, {
    hint: 'Check the free space and the permissions of the repository.',
    cause,
  });
}

function readHolder(file: string): z.infer<typeof Holder> | undefined {
  try {
    const parsed = Holder.safeParse(JSON.parse(readText(file) ?? 'null'));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
