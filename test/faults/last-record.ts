/** What the last night on a repository recorded. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunRecord } from '../../harness/model/run-record.ts';

/** Undefined where there was none. */
export function lastRecord(repository: string): RunRecord | undefined {
  const runs = join(repository, '.mendwright', 'runs');
  const last = readdirSync(runs)
    .filter((one) => /^\d/.test(one))
    .sort()
    .at(-1);
  return last === undefined
    ? undefined
    : RunRecord.parse(JSON.parse(readFileSync(join(runs, last, 'record.json'), 'utf8')));
}
