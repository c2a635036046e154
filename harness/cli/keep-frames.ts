/** Takes the pictures that a report shows of its traces out of them, as files of the run's folder. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readTraceEvents } from '../adapters/playwright/read-trace.ts';
import type { RunFolder } from '../adapters/run-folder/run-folder.ts';
import { chooseFilm } from '../report/film.ts';
import type { ShownFilm } from '../report/html/film-strip.ts';
import { relativeLink } from '../report/html/relative-link.ts';
import { openZip, unpack, type Zip } from '../sentry-server/artifacts/zip-archive.ts';

const MIB = 1024 * 1024;
/** Larger traces are opened with the viewer alone. */
const MOST_BYTES = 64 * MIB;
const LIMITS = { entries: 20_000, nameBytes: 500, fileBytes: 32 * MIB, totalBytes: 512 * MIB };

/** What a trace of the folder shows; undefined where it is gone, too large, or no trace. Each is read once. */
export function filmReader(folder: RunFolder): (trace: string) => ShownFilm | undefined {
  const known = new Map<string, ShownFilm | undefined>();
  return (trace) => {
    if (!known.has(trace)) known.set(trace, keepFrames(trace, folder));
    return known.get(trace);
  };
}

function keepFrames(trace: string, folder: RunFolder): ShownFilm | undefined {
  const path = join(folder.dir, trace);
  if (relativeLink(trace) === undefined || !existsSync(path) || statSync(path).size > MOST_BYTES) return undefined;
  const zip = openZip(readFileSync(path), LIMITS);
  const events = readFile(zip, 'trace.trace');
  if (events === undefined) return undefined;
  const { frames, ...film } = chooseFilm(readTraceEvents(Buffer.from(events).toString('utf8')));
  // Traces of different trials have the same name.
  const name = trace.replace(/\.zip$/, '').replace(/[^\w-]+/g, '-');
  const kept = frames.flatMap(({ file, label }, index) => {
    const bytes = /^[^/\\]+\/[^/\\]+\.jpe?g$/.test(file) ? readFile(zip, file) : undefined;
    if (bytes === undefined) return [];
    const picture = `frames/${name}-${index + 1}.jpeg`;
    folder.writeBytes(picture, bytes);
    return [{ file: picture, label }];
  });
  return { ...film, frames: kept };
}

function readFile(zip: Zip, name: string): Uint8Array | undefined {
  const packed = zip.kind === 'zip' ? zip.files.get(name) : undefined;
  return packed && unpack(packed);
}
