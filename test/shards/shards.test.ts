/** Three shards in three clones, merged: the same issues, suspects and branches as one night over the whole suite. */
import { rmSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { NightSummary } from '../../harness/report/json.ts';
import { git, mendwright } from '../e2e/tiny-app.ts';
import { threeShards } from './three-shards.ts';

// Two whole nights; on a busy machine they take a while.
vi.setConfig({ testTimeout: 900_000 });

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** All that does not differ from night to night. */
function lasting(text: string): unknown[] {
  const { scenarios, issues } = NightSummary.parse(JSON.parse(text));
  return [
    scenarios,
    ...issues.map(({ commit: _, seconds: __, candidates: ___, patch, ...issue }) => ({
      ...issue,
      patch: patch && { ...patch, id: '' },
    })),
  ];
}

test('three shards in three clones, merged, come to what one night comes to', async () => {
  const { whole, merging, shards, folders } = await threeShards(made);
  const [merged, one] = await Promise.all([
    mendwright(['nightly', '--runs', ...folders, '--json', '--cwd', merging]),
    mendwright(['nightly', '--json', '--cwd', whole]),
  ]);

  expect(shards.map(({ code }) => code)).toEqual([1, 1, 1]);
  expect(merged.stderr).not.toContain('Sentry was not told');
  expect(lasting(merged.stdout)).toEqual(lasting(one.stdout));
  const { scenarios, issues } = NightSummary.parse(JSON.parse(merged.stdout));
  expect(scenarios).toMatchObject({ total: 6, red: 3, green: 3 });
  expect(issues).toMatchObject([
    { shortId: 'TINY-1', result: 'branch-created', suspect: { file: 'src/total.mjs', line: 3 } },
    { shortId: 'TINY-2', result: 'branch-created', suspect: { file: 'src/label.mjs', line: 3 } },
  ]);
  for (const { branch } of issues) {
    expect(git(merging, 'diff', `main..${branch}`)).toBe(git(whole, 'diff', `main..${branch}`));
  }
});
