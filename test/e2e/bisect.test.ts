/** A scenario that is red without any error: history alone says where to look, and older commits are run to ask it. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { fingerprint, git, mendwright, tinyApp } from './tiny-app.ts';

vi.setConfig({ testTimeout: 240_000 });

const made: string[] = [];
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

/** Right at first; then a commit counts one item too many, and others lie on both sides of it. */
function app(): { dir: string; guilty: string } {
  const right = `export function total(cart) {
  return cart.items?.length ?? 0;
}
`;
  const dir = tinyApp({ 'src/total.mjs': right, 'src/notes.mjs': 'export const notes = [];\n' });
  made.push(dir);
  let guilty = '';
  for (const [nth, text] of ['one', 'two', 'three', 'four', 'five'].entries()) {
    if (nth === 2) writeFileSync(join(dir, 'src', 'total.mjs'), right.replace('?? 0', '?? 1'));
    else writeFileSync(join(dir, 'src', 'notes.mjs'), `export const notes = ['${text}'];\n`);
    git(dir, 'commit', '--quiet', '--all', '-m', nth === 2 ? 'Count differently' : `Note ${text}`);
    if (nth === 2) guilty = git(dir, 'rev-parse', 'HEAD');
  }
  return { dir, guilty };
}

test('finds the commit that turned it red, and leaves the checkout as it was', async () => {
  const { dir, guilty } = app();
  const before = fingerprint(dir);

  const ended = await mendwright(['run', '--json', '--cwd', dir]);

  const { run } = JSON.parse(ended.stdout);
  const record = JSON.parse(readFileSync(join(dir, '.mendwright', 'runs', run, 'record.json'), 'utf8'));
  expect(record.suspects).toMatchObject([{ file: 'src/total.mjs', line: 2, commit: { sha: guilty } }]);
  expect(fingerprint(dir)).toBe(before);
  expect(git(dir, 'worktree', 'list').split('\n')).toHaveLength(1);
});

test('does not where it is told not to', async () => {
  const { dir } = app();

  const ended = await mendwright(['run', '--json', '--no-bisect', '--cwd', dir]);

  const [issue] = JSON.parse(ended.stdout).issues;
  expect(issue.suspect?.file).not.toBe('src/total.mjs');
});
