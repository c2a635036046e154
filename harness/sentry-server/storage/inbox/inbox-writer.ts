/** Appends to an inbox's files; a file that is long is followed by another, and goes when all of it is stored. */
import { closeSync, ftruncateSync, openSync, rmSync, writevSync } from 'node:fs';
import { type InboxFile, inboxFile } from './inbox-files.ts';

const FILE_BYTES = 64 * 1024 * 1024;

interface Open extends InboxFile {
  readonly fd: number;
}

export interface InboxWriter {
  /** All or nothing; returns where the inbox ends then. Throws what the disk has to say. */
  append(records: readonly Buffer[]): number;
  /** Deletes the files of which all is stored. */
  release(storedTo: number): void;
  /** Deletes all files where all is stored. */
  close(storedTo: number): void;
}

/** Throws where there is such a file already. */
export function inboxWriter(database: string, name: string, base: number): InboxWriter {
  const start = (from: number): Open => {
    const file = inboxFile(database, name, from);
    return { ...file, fd: openSync(file.path, 'ax') };
  };
  let open = start(base);
  let full: { readonly path: string; readonly end: number }[] = [];
  let end = base;
  const dropFull = (storedTo: number): void => {
    for (const file of full) if (file.end <= storedTo) rmSync(file.path, { force: true });
    full = full.filter((file) => file.end > storedTo);
  };
  return {
    append: (records) => {
      const size = records.reduce((sum, { length }) => sum + length, 0);
      try {
        for (let left = records; left.length > 0; left = left.slice(BUFFERS))
          writeWhole(open.fd, left.slice(0, BUFFERS));
      } catch (error) {
        ftruncateSync(open.fd, end - open.base);
        throw error;
      }
      end += size;
      if (end - open.base > FILE_BYTES) {
        const next = start(end);
        closeSync(open.fd);
        full.push({ path: open.path, end });
        open = next;
      }
      return end;
    },
    release: (storedTo) => {
      if (full.length > 0) dropFull(storedTo);
    },
    close: (storedTo) => {
      closeSync(open.fd);
      dropFull(storedTo);
      if (storedTo === end) rmSync(open.path, { force: true });
    },
  };
}

/** What systems take in one call. */
const BUFFERS = 512;

function writeWhole(fd: number, buffers: readonly Buffer[]): void {
  const size = buffers.reduce((sum, { length }) => sum + length, 0);
  const written = writevSync(fd, buffers);
  if (written === size) return;
  // A disk that is nearly full takes a part first, and says why with the rest.
  writeWhole(fd, [Buffer.concat(buffers).subarray(written)]);
}
