/** Follows the record files of a running suite: each call gives the lines that were finished since the last one. */
import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Line } from './wire.ts';

const FILE = /^records-\d+\.ndjson$/;

/** Files are read from where the last call stopped; a line without its end waits for the next call. */
export function followLines(folder: string): () => Line[] {
  const offsets = new Map<string, number>();
  return () => {
    if (!existsSync(folder)) return [];
    const lines: Line[] = [];
    for (const name of readdirSync(folder).filter((one) => FILE.test(one)).sort()) {
      const text = readFrom(join(folder, name), offsets.get(name) ?? 0);
      const whole = text.subarray(0, text.lastIndexOf(10) + 1);
      offsets.set(name, (offsets.get(name) ?? 0) + whole.length);
      for (const line of whole.toString('utf8').split('\n')) {
        if (line !== '') lines.push(Line.parse(JSON.parse(line)));
      }
    }
    return lines;
  };
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
