/** A scenario that is red without any error, by a commit that changed much: what its run called tells where to look. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { RunRecord } from '../../harness/model/run-record.ts';
import { git, mendwright, tinyApp } from './tiny-app.ts';

vi.setConfig({ testTimeout: 240_000 });

const made: string[] = [];
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

const RIGHT = `export function average(cart) {
  return total(cart) / cart.items.length;
}

export function largest(cart) {
  return Math.max(...cart.items);
}

export function total(cart) {
  return cart.items?.length ?? 0;
}
`;
const WRONG = RIGHT.replace('/ cart', '/ 2 / cart').replace('Math.max', 'Math.min').replace('?? 0', '?? 1');

test('puts the change that the red run called first, and keeps a trace of that run', async () => {
  const dir = tinyApp({ 'src/total.mjs': RIGHT });
  made.push(dir);
  const before = await mendwright(['nightly', '--json', '--cwd', dir]);
  expect(before.code).toBe(0);
  writeFileSync(join(dir, 'src', 'total.mjs'), WRONG);
  git(dir, 'commit', '--quiet', '--all', '-m', 'Simplify');

  const ended = await mendwright(['run', '--json', '--no-bisect', '--cwd', dir]);

  const { run } = JSON.parse(ended.stdout);
  const folder = join(dir, '.mendwright', 'runs', run);
  const record = RunRecord.parse(JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')));
  expect(record.suspects.map((one) => one.function)).toEqual(['total', 'average', 'largest']);
  expect(record.suspects[0]?.reasons).toContain('Called in the red run, and when it was last green.');
  expect(record.suspects[1]?.reasons).toContain('`average` was not called in the red run.');
  const [{ trace = '', screenshot = '' } = {}] = record.scenarios;
  expect(existsSync(join(folder, trace))).toBe(true);
  expect(existsSync(join(folder, screenshot))).toBe(true);
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain(`show-trace ${trace}`);
});
