/** Three shards in three clones, merged: the same issues and suspects as one run. `npm run shards` goes on to the branches. */
import { rmSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { NightSummary } from '../../harness/report/json.ts';
import { threeShards } from '../shards/three-shards.ts';
import { type Ended, mendwright } from './tiny-app.ts';

// Five apps and as many browsers; on a busy machine they take a while.
vi.setConfig({ testTimeout: 480_000 });

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** All but the run's name. */
function told({ stdout, stderr }: Ended): Omit<NightSummary, 'run'> {
  expect(stdout, stderr).not.toBe('');
  const { run: _, ...rest } = NightSummary.parse(JSON.parse(stdout));
  return rest;
}

test('three shards in three clones, merged, find what one run finds', async () => {
  const { whole, merging, shards, folders } = await threeShards(made);
  // In two clones: while one waits for its app or a page, the other computes.
  const [merged, one] = await Promise.all([
    mendwright(['run', '--runs', ...folders, '--json', '--cwd', merging]),
    mendwright(['run', '--json', '--cwd', whole]),
  ]);

  expect(shards.map(({ code }) => code)).toEqual([1, 1, 1]);
  expect(told(merged)).toEqual(told(one));
  expect(told(merged)).toMatchObject({
    scenarios: { total: 6, red: 3, green: 3 },
    issues: [
      { shortId: 'TINY-1', scenarios: [A, C], suspect: { file: 'src/total.mjs', line: 3 } },
      { shortId: 'TINY-2', scenarios: [B], suspect: { file: 'src/label.mjs', line: 3 } },
    ],
  });

  const part = await mendwright(['nightly', '--runs', ...folders.slice(1), '--json', '--cwd', merging]);
  expect(part).toMatchObject({ code: 2, stdout: '' });
  expect(part.stderr).toContain('The run of shard 1/3 is missing.');
});

const A = expect.stringContaining('a-total.spec.ts');
const B = expect.stringContaining('b-member.spec.ts');
const C = expect.stringContaining('c-again.spec.ts');
