/** What earlier runs left beside this one, for trends and for what changed since. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listRuns, openRunFolder, type RunFolder } from '../adapters/run-folder/run-folder.ts';
import { RunRecord } from '../model/run-record.ts';
import { NightPoint, pointOf } from '../report/trends/night-point.ts';
import { MOST_NIGHTS } from '../report/trends/trends.ts';

/** Records of older versions have no night.json; larger ones are not worth their reading. */
const LARGEST_RECORD = 16 * 1024 * 1024;

/** Oldest first, this run left out, and what began after it. Runs that did not end, or cannot be read, are left out. */
export function readEarlierNights(folder: RunFolder): NightPoint[] {
  const home = join(folder.dir, '..', '..');
  return listRuns(home)
    .filter((id) => id < folder.id)
    .slice(-(MOST_NIGHTS - 1))
    .flatMap((id) => readNight(openRunFolder(home, id)) ?? []);
}

function readNight(run: RunFolder): NightPoint | undefined {
  try {
    if (run.has('night.json')) return run.read('night.json', NightPoint);
    const record = join(run.dir, 'record.json');
    if (!existsSync(record) || statSync(record).size > LARGEST_RECORD) return undefined;
    return pointOf(run.read('record.json', RunRecord));
  } catch {
    return undefined; // Another version's: it tells nothing, and tonight's report does not hang on it.
  }
}
