/** One run's folder: each stage's nouns as checked JSON files, written whole or not at all. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { Failure } from '../../model/failure.ts';

export interface RunFolder {
  readonly id: string;
  /** Absolute path. */
  readonly dir: string;
  /** Absolute path of a file or folder inside, its parent made. */
  path(...parts: string[]): string;
  has(name: string): boolean;
  /** Checks `value` and writes it as `name`; an earlier file is replaced in one step. */
  write<T>(name: string, schema: z.ZodType<T>, value: T): void;
  /** Throws a usage Failure where the file is missing or of another form. */
  read<T>(name: string, schema: z.ZodType<T>): T;
  writeText(name: string, text: string): string;
  writeBytes(name: string, bytes: Uint8Array): void;
}

/** Ids look like `2026-11-23T02-00-00-3f2a`, so that names sort by time. */
export function runId(now: Date, random: () => number): string {
  const tail = Math.floor(random() * 0x10000)
    .toString(16)
    .padStart(4, '0');
  return `${now.toISOString().slice(0, 19).replaceAll(':', '-')}-${tail}`;
}

const RUN_ID = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-[0-9a-f]{4}$/;

/** `home` is the `.mendwright` folder of the app's repository. */
export function createRunFolder(home: string, id: string): RunFolder {
  const dir = join(home, 'runs', id);
  mkdirSync(dir, { recursive: true });
  return folder(dir, id);
}

/** The run named `id`, or the newest one for `latest`. */
export function openRunFolder(home: string, id: string): RunFolder {
  const name = id === 'latest' ? listRuns(home).at(-1) : id;
  if (name !== undefined && RUN_ID.test(name) && existsSync(join(home, 'runs', name))) {
    return folder(join(home, 'runs', name), name);
  }
  const known = listRuns(home).slice(-3).join(', ');
  throw new Failure('usage', 'run-unknown', `There is no run ${id} in ${join(home, 'runs')}.`, {
    hint: known === '' ? 'Start one with `mendwright nightly`.' : `The newest are: ${known}.`,
  });
}

/** Ids of all runs, oldest first. */
export function listRuns(home: string): string[] {
  const dir = join(home, 'runs');
  return existsSync(dir)
    ? readdirSync(dir)
        .filter((name) => RUN_ID.test(name))
        .sort()
    : [];
}

function folder(dir: string, id: string): RunFolder {
  const path = (...parts: string[]): string => {
    const full = join(dir, ...parts);
    mkdirSync(dirname(full), { recursive: true });
    return full;
  };
  const writeText = (name: string, text: string): string => {
    const full = path(name);
    writeFileSync(`${full}.part`, text);
    renameSync(`${full}.part`, full);
    return full;
  };
  return {
    id,
    dir,
    path,
    has: (name) => existsSync(join(dir, name)),
    write: (name, schema, value) => {
      writeText(name, `${JSON.stringify(schema.parse(value), null, 2)}\n`);
    },
    read: (name, schema) => readRecord(join(dir, name), schema),
    writeText,
    writeBytes: (name, bytes) => {
      const full = path(name);
      writeFileSync(`${full}.part`, bytes);
      renameSync(`${full}.part`, full);
    },
  };
}

function readRecord<T>(file: string, schema: z.ZodType<T>): T {
  if (!existsSync(file)) {
    throw new Failure('usage', 'stage-not-run', `${file} does not exist: that stage has not finished in this run.`, {
      hint: 'Start from an earlier stage with --from, or start a new run.',
    });
  }
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Failure('usage', 'run-file-wrong', `${file} is not a file of this version of mendwright.`, {
      cause: error,
    });
  }
}
