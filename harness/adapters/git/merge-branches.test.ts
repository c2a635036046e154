import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mergeBranches } from './merge-branches.ts';
import { openRepository } from './open-repository.ts';
import { ScratchRepository } from './scratch-repository.ts';

const LINES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', ''].join('\n');
const AT = new Date('2026-01-01T00:00:00Z');

/** Branches from one base, each with its changes; what `mergeBranches` makes of them. */
async function merge(
  branches: Readonly<Record<string, Readonly<Record<string, string>>>>,
  more?: Record<string, string>,
) {
  const scratch = new ScratchRepository({ 'a.txt': LINES, 'b.txt': LINES, ...more });
  const tips = Object.entries(branches).map(([branch, files]) => {
    scratch.git('switch', '--quiet', '--create', branch, 'main');
    const commit = scratch.commit(branch, files);
    scratch.git('switch', '--quiet', 'main');
    return { branch, commit };
  });
  const repository = await openRepository(scratch.dir);
  const base = scratch.git('rev-parse', 'main');
  return { scratch, base, result: () => mergeBranches(repository, { base, tips, at: AT }) };
}

test.each<[string, Parameters<typeof merge>[0], string[], unknown[], Record<string, string>]>([
  [
    'branches that touch different files',
    { 'mend/a': { 'a.txt': LINES.replace('one', 'ONE') }, 'mend/b': { 'b.txt': LINES.replace('two', 'TWO') } },
    ['mend/a', 'mend/b'],
    [],
    { 'a.txt': LINES.replace('one', 'ONE'), 'b.txt': LINES.replace('two', 'TWO') },
  ],
  [
    'branches that touch different parts of one file',
    { 'mend/a': { 'a.txt': LINES.replace('one', 'ONE') }, 'mend/b': { 'a.txt': LINES.replace('seven', 'SEVEN') } },
    ['mend/a', 'mend/b'],
    [],
    { 'a.txt': LINES.replace('one', 'ONE').replace('seven', 'SEVEN') },
  ],
  [
    'branches of which the second conflicts with the first, and the third with nobody',
    {
      'mend/a': { 'a.txt': LINES.replace('two', 'TWO') },
      'mend/b': { 'a.txt': LINES.replace('two', 'zwei'), 'new.txt': 'new\n' },
      'mend/c': { 'b.txt': LINES.replace('two', 'TWO') },
    },
    ['mend/a', 'mend/c'],
    [{ branch: 'mend/b', with: ['mend/a'], files: ['a.txt'] }],
    { 'a.txt': LINES.replace('two', 'TWO'), 'b.txt': LINES.replace('two', 'TWO') },
  ],
  [
    'two branches that do the same',
    { 'mend/a': { 'a.txt': LINES.replace('two', 'TWO') }, 'mend/b': { 'a.txt': LINES.replace('two', 'TWO') } },
    ['mend/a', 'mend/b'],
    [],
    { 'a.txt': LINES.replace('two', 'TWO') },
  ],
])('merges %s', async (_, branches, merged, conflicts, files) => {
  const { scratch, result } = await merge(branches);
  using _scratch = scratch;
  const hookRan = scratch.addFailingHooks();
  const before = [scratch.fingerprint(), scratch.git('for-each-ref')];

  const { commit, ...rest } = await result();

  expect(rest).toEqual({ branches: merged, conflicts });
  for (const [file, text] of Object.entries(files)) expect(`${scratch.git('show', `${commit}:${file}`)}\n`).toBe(text);
  expect([scratch.fingerprint(), scratch.git('for-each-ref')]).toEqual(before);
  expect(hookRan()).toBe(false);
});

test('runs no merge program of the user’s', async () => {
  const branches = {
    'mend/a': { 'a.txt': LINES.replace('one', 'ONE') },
    'mend/b': { 'a.txt': LINES.replace('seven', 'SEVEN') },
  };
  const { scratch, result } = await merge(branches, { '.gitattributes': '*.txt merge=own\n' });
  using _scratch = scratch;
  const mark = join(scratch.dir, '.git', 'ran');
  scratch.git('config', 'merge.own.driver', `touch '${mark}'; exit 1`);

  const { commit, conflicts } = await result();

  expect(existsSync(mark)).toBe(false);
  expect(conflicts).toEqual([]);
  expect(scratch.git('show', `${commit}:a.txt`)).toContain('SEVEN');
});
