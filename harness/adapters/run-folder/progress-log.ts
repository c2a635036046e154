/** A night's progress in its folder, written line by line, and read back while it is being written. */
import { appendFileSync, closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type NightProgress, ProgressEntry } from '../../model/progress.ts';
import { nightAtWork } from './night-lock.ts';
import { listRuns, type RunFolder } from './run-folder.ts';

const FILE = 'progress.jsonl';
const TEXT = 600;
/** A night that runs wild must not fill the disk with words. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_LINES = 40;

export interface Told {
  stage(name: string, detail?: string): void;
  update(detail: string): void;
  line(text: string): void;
  warn(text: string): void;
}

/** Whatever is told to `shown` is kept in the folder as well. A night does not end because its words cannot be kept. */
export function keepProgress<Shown extends Told>(
  shown: Shown,
  folder: RunFolder,
  now: () => Date,
): { progress: Told; end: () => void } {
  const file = folder.path(FILE);
  let bytes = existsSync(file) ? statSync(file).size : 0;
  const keep = (kind: ProgressEntry['kind'], text: string, detail?: string): void => {
    if (bytes > MOST_BYTES && kind !== 'end') return;
    const entry = { at: now().toISOString(), kind, text: text.slice(0, TEXT) };
    const line = `${JSON.stringify(detail === undefined ? entry : { ...entry, detail: detail.slice(0, TEXT) })}\n`;
    bytes += line.length;
    try {
      appendFileSync(file, line);
    } catch {
      bytes = Number.POSITIVE_INFINITY; // A full disk: the stages will say so, where it matters.
    }
  };
  return {
    progress: {
      stage: (name, detail) => {
        keep('stage', name, detail ?? '');
        shown.stage(name, detail);
      },
      update: (detail) => {
        keep('update', detail);
        shown.update(detail);
      },
      line: (text) => {
        keep('line', text);
        shown.line(text);
      },
      warn: (text) => {
        keep('warn', text);
        shown.warn(text);
      },
    },
    end: () => keep('end', ''),
  };
}

/** Reads on from where it was each time it is asked. */
export interface ProgressReader {
  /** Undefined where no run below `home` has told anything; else the newest one that did. */
  read(): NightProgress | undefined;
}

export function openProgressReader(home: string): ProgressReader {
  let reading: { run: string; offset: number; entries: ProgressEntry[] } | undefined;
  return {
    read: () => {
      const run = listRuns(home).findLast((id) => existsSync(join(home, 'runs', id, FILE)));
      if (run === undefined) return undefined;
      const file = join(home, 'runs', run, FILE);
      if (reading?.run !== run || statSync(file).size < reading.offset) reading = { run, offset: 0, entries: [] };
      const { text, offset } = readLines(file, reading.offset);
      const entries = [...reading.entries, ...text.split('\n').filter(Boolean).flatMap(parseEntry)];
      reading = { run, offset, entries: forget(entries) };
      return sumUp(run, entries, nightAtWork(home) === run);
    },
  };
}

const CHUNK = 64 * 1024;

/** A line that is half written is read the next time. */
function readLines(file: string, from: number): { text: string; offset: number } {
  const parts: Buffer[] = [];
  const opened = openSync(file, 'r');
  try {
    const size = statSync(file).size;
    for (let at = from; at < size; ) {
      const chunk = Buffer.alloc(Math.min(CHUNK, size - at));
      const read = readSync(opened, chunk, 0, chunk.length, at);
      if (read === 0) break;
      parts.push(chunk.subarray(0, read));
      at += read;
    }
  } finally {
    closeSync(opened);
  }
  const bytes = Buffer.concat(parts);
  const whole = bytes.lastIndexOf(10) + 1;
  return { text: bytes.toString('utf8', 0, whole), offset: from + whole };
}

function parseEntry(line: string): ProgressEntry[] {
  try {
    const parsed = ProgressEntry.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return []; // Another version's, or cut off by a full disk.
  }
}

function sumUp(run: string, entries: readonly ProgressEntry[], isAtWork: boolean): NightProgress {
  // A run that is gone on with writes behind its earlier end.
  const last = entries.at(-1);
  const hasEnded = last?.kind === 'end';
  const started = entries.findLastIndex(({ kind }, index) => kind === 'end' && index < entries.length - 1) + 1;
  const own = entries.slice(started);
  return {
    run,
    state: hasEnded ? 'ended' : isAtWork ? 'running' : 'killed',
    startedAt: own[0]?.at ?? '',
    ...(hasEnded && { endedAt: last.at }),
    stages: own
      .filter(({ kind }) => kind === 'stage')
      .map(({ text, detail = '', at }) => ({ name: text, detail, startedAt: at })),
    now: whereItStands(own.findLast(({ kind }) => kind === 'update' || kind === 'stage')),
    lines: own
      .filter(({ kind }) => kind === 'line' || kind === 'warn')
      .slice(-MOST_LINES)
      .map(({ text, kind }) => ({ text, isWarning: kind === 'warn' })),
  };
}

function whereItStands(entry: ProgressEntry | undefined): string {
  return (entry?.kind === 'stage' ? entry.detail : entry?.text) ?? '';
}

/** Only the newest of what is told often is ever shown. */
function forget(entries: readonly ProgressEntry[]): ProgressEntry[] {
  const update = entries.findLastIndex(({ kind }) => kind === 'update');
  let lines = entries.filter(({ kind }) => kind === 'line' || kind === 'warn').length - MOST_LINES;
  return entries.filter(({ kind }, index) => {
    if (kind === 'update') return index === update;
    if (kind === 'line' || kind === 'warn') return lines-- <= 0;
    return true;
  });
}
