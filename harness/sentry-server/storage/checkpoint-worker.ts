/** Moves pages from a database's log to their places, on a thread of its own: the writer would stand still for as long. */
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';

const { file, closed } = z.object({ file: z.string(), closed: z.instanceof(Int32Array) }).parse(workerData);
const address = pathToFileURL(file);
// A file that was deleted meanwhile must not be made anew.
address.searchParams.set('mode', 'rw');
const sqlite = new DatabaseSync(address);
sqlite.exec('PRAGMA busy_timeout = 1000; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0;');
const checkpoint = sqlite.prepare('PRAGMA wal_checkpoint(PASSIVE)');
parentPort?.on('message', (order: 'checkpoint' | 'close') => {
  if (order === 'close') {
    sqlite.close();
    Atomics.store(closed, 0, 1);
    Atomics.notify(closed, 0);
    parentPort?.close();
    return;
  }
  checkpoint.get();
  parentPort?.postMessage('done');
});
