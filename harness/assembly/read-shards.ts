/** Reads the run folders of shards, checks that they are parts of one whole, and brings their screenshots along. */
import { copyFileSync, existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { z } from 'zod';
import type { RunFolder } from '../adapters/run-folder/run-folder.ts';
import { Failure } from '../model/failure.ts';
import { ScenarioRun } from '../model/scenario.ts';
import { ShardRecording } from '../model/shard.ts';
import { Skipped } from '../model/stage-result.ts';
import type { Shard } from './merge-shards.ts';
import { SHARD_FILE } from './record-shard.ts';

const Runs = z.strictObject({ items: z.array(ScenarioRun), skipped: z.array(Skipped) });

export interface ShardsRequest {
  /** Absolute paths of run folders. */
  readonly folders: readonly string[];
  /** The commit of the night that merges them. */
  readonly base: string;
  /** Where screenshots go. */
  readonly into: Pick<RunFolder, 'path'>;
}

/** In the order of their parts. Throws the usage Failures `shard-unreadable`, `shards-differ` and `shards-incomplete`. */
export function readShards({ folders, base, into }: ShardsRequest): Shard[] {
  const found = folders.map((folder) => ({
    folder,
    recording: readPart(folder, SHARD_FILE, ShardRecording),
    runs: readPart(folder, 'run.json', Runs).items,
  }));
  checkWhole(
    found.map(({ recording }) => recording),
    base,
  );
  return found
    .sort((a, b) => indexOf(a.recording) - indexOf(b.recording))
    .map(({ folder, recording, runs }) => ({
      recording,
      runs: runs.map((run) => withFiles(run, { folder, into, name: `shards/${indexOf(recording)}` })),
    }));
}

function readPart<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const file = join(folder, name);
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const why = existsSync(file) ? 'is not a file of this version of mendwright' : 'does not exist';
    throw new Failure('usage', 'shard-unreadable', `${file} ${why}.`, {
      hint: 'Pass the run folders that `mendwright run --shard i/n` left; a shard that failed must be run again.',
      cause,
    });
  }
}

function checkWhole(recordings: readonly ShardRecording[], base: string): void {
  const other = recordings.find((recording) => recording.base !== base);
  if (other) {
    throw new Failure(
      'usage',
      'shards-differ',
      `Shard ${other.part} ran ${other.base.slice(0, 7)}, but this night works on ${base.slice(0, 7)}.`,
      { hint: 'Check out the commit that the shards ran, or pass it with --base.' },
    );
  }
  const total = totalOf(recordings[0]);
  const parts = recordings.map(({ part }) => part);
  const missing = Array.from({ length: total }, (_, index) => `${index + 1}/${total}`).filter(
    (part) => !parts.includes(part),
  );
  if (missing.length > 0) {
    throw new Failure('usage', 'shards-incomplete', `The run of shard ${missing.join(' and ')} is missing.`, {
      hint: 'A night over some of the scenarios would call the others green: run what is missing again.',
    });
  }
  if (parts.length !== total) {
    throw new Failure('usage', 'shards-differ', `These are not the parts of one whole: ${parts.join(', ')}.`, {
      hint: 'Pass each shard of one suite once.',
    });
  }
}

function indexOf({ part }: ShardRecording): number {
  return Number(part.split('/')[0]);
}

function totalOf(recording: ShardRecording | undefined): number {
  return Number(recording?.part.split('/')[1] ?? 0);
}

interface Moving {
  readonly folder: string;
  readonly into: Pick<RunFolder, 'path'>;
  readonly name: string;
}

/** What lies outside the shard's folder, by its name or by a link, is left out. */
function withFiles({ screenshot, trace, ...run }: ScenarioRun, moving: Moving): ScenarioRun {
  const shot = screenshot === undefined ? undefined : move(screenshot, moving);
  const zip = trace === undefined ? undefined : move(trace, moving);
  return { ...run, ...(shot && { screenshot: shot }), ...(zip && { trace: zip }) };
}

function move(file: string, { folder, into, name }: Moving): string | undefined {
  const from = join(folder, file);
  if (!existsSync(from) || !realpathSync(from).startsWith(realpathSync(folder) + sep)) return undefined;
  const inside = realpathSync(from).slice(realpathSync(folder).length + 1);
  copyFileSync(from, into.path(name, inside));
  return `${name}/${inside.replaceAll(sep, '/')}`;
}
