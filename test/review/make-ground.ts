/** Makes a repository after a night and prints where it is: `make-ground.ts kept|traced|large|hostile|none [remote]`. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { copyTraceViewer } from '../../harness/adapters/playwright/trace-viewer.ts';
import type { RunRecord } from '../../harness/model/run-record.ts';
import { largeNight } from '../golden/large-night.ts';
import { hostileNight } from './hostile-night.ts';
import { reviewGround } from './review-ground.ts';

const CHANGES: Readonly<Record<string, (record: RunRecord) => RunRecord>> = {
  kept: (record) => record,
  traced: (record) => record,
  none: (record) => record,
  hostile: hostileNight,
  // Without its branches: nobody decides there.
  large: () => {
    const night = largeNight({ issues: 200, runs: 2_000 });
    return { ...night, outcomes: night.outcomes.map(({ branch: _, commit: __, ...outcome }) => outcome) };
  },
};

const [kind = 'kept', remote = ''] = process.argv.slice(2);
const change = CHANGES[kind];
if (change === undefined) throw new Error(`there is no night ${kind}`);
const { repository, record } = await reviewGround({ remote, change });
if (kind === 'traced') {
  copyTraceViewer(join(import.meta.dirname, '..', '..'), join(repository.dir, '.mendwright', 'runs', record.id));
}
if (kind === 'none') rmSync(join(repository.dir, '.mendwright', 'runs'), { recursive: true });
process.stdout.write(`${JSON.stringify({ dir: repository.dir, run: record.id })}\n`);
