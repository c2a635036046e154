/** Follows the record files of a running suite: each call gives the lines that were finished since the last one. */
import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../model/failure.ts';
import { Line } from './wire.ts';

const FILE = /^records-\d+\.ndjson$/;

/**
 * Files are read from where the last call stopped; a line without its end waits for the next call. The runner's own file
 * is read first and its lines come last: when it says that a test has ended, what its worker saw is in the same call.
 */
export function followLines(folder: string, runner: number): () => Line[] {
  const offsets = new Map<string, number>();
  return () => {
    if (!existsSync(folder)) return [];
    const own = `records-${runner}.ndjson`;
    const workers = (): string[] =>
      readdirSync(folder)
        .filter((name) => FILE.test(name) && name !== own)
        .sort();
    const told = read(own);
    return [...told.filter(isBegin), ...workers().flatMap(read), ...told.filter((line) => !isBegin(line))];
  };

  function read(name: string): Line[] {
    const lines: Line[] = [];
    if (existsSync(join(folder, name))) {
      const text = readFrom(join(folder, name), offsets.get(name) ?? 0);
      const whole = text.subarray(0, text.lastIndexOf(10) + 1);
      offsets.set(name, (offsets.get(name) ?? 0) + whole.length);
      for (const line of whole.toString('utf8').split('\n')) {
        if (line !== '') lines.push(parseLine(line, name));
      }
    }
    return lines;
  }
}

function parseLine(line: string, name: string): Line {
  try {
    return Line.parse(JSON.parse(line));
  } catch (cause) {
    throw new Failure('upstream', 'record-broken', `What the scenarios recorded in ${name} cannot be read.`, {
      hint: 'Check the free space of the disk.',
      cause,
    });
  }
}

function isBegin({ type }: Line): boolean {
  return type === 'begin';
}

function readFrom(file: string, offset: number): Buffer {
  const size = statSync(file).size - offset;
  if (size <= 0) return Buffer.alloc(0);
  const buffer = Buffer.alloc(size);
  const handle = openSync(file, 'r');
  try {
    return buffer.subarray(0, readSync(handle, buffer, 0, size, offset));
  } finally {
    closeSync(handle);
  }
}
