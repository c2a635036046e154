import { expect, test } from 'vitest';
import { openRepository } from './open-repository.ts';
import { readClaim } from './read-claim.ts';
import { ScratchRepository } from './scratch-repository.ts';

const MESSAGE = `fix: x

Mendwright-Patch: not a trailer, in the middle

Sentry-Issue: SHOP-1
Sentry-Issue: SHOP-2
Mendwright-Scenario: [] a.spec.ts › pays
Mendwright-Scenario: [] a.spec.ts › sells
Mendwright-Patch: 0123456789ab
`;

async function proposal(more: (scratch: ScratchRepository) => void = () => undefined) {
  const scratch = new ScratchRepository({ 'a.ts': '' });
  const base = scratch.git('rev-parse', 'HEAD');
  scratch.git('switch', '--quiet', '--create', 'mend/shop-1');
  scratch.commit(MESSAGE, { 'a.ts': 'x' });
  more(scratch);
  const commit = scratch.git('rev-parse', 'HEAD');
  scratch.git('switch', '--quiet', 'main');
  return { scratch, base, commit, repository: await openRepository(scratch.dir) };
}

test.each<[string, (scratch: ScratchRepository) => void]>([
  ['as a night wrote it', () => undefined],
  ['with a person’s commit on top', (scratch) => scratch.commit('By hand', { 'a.ts': 'y' })],
])('reads what a branch claims: %s', async (_, more) => {
  const { scratch, base, commit, repository } = await proposal(more);
  using _scratch = scratch;

  expect(await readClaim(repository, 'mend/shop-1')).toEqual({
    ...{ base, commit, issues: ['SHOP-1', 'SHOP-2'] },
    scenarios: ['[] a.spec.ts › pays', '[] a.spec.ts › sells'],
  });
});

test.each<[string, (commit: string) => string]>([
  ['a remote’s branch by its whole name', () => 'origin/mend/shop-1'],
  ['a remote’s branch by its own name', () => 'mend/shop-1'],
  ['a commit', (commit) => commit.slice(0, 12)],
])('finds %s', async (_, name) => {
  const { scratch, commit, repository } = await proposal();
  using _scratch = scratch;
  scratch.git('update-ref', 'refs/remotes/origin/mend/shop-1', commit);
  scratch.git('branch', '--quiet', '-D', 'mend/shop-1');

  expect((await readClaim(repository, name(commit))).commit).toBe(commit);
});

test.each([
  ['main', 'no-proposal'],
  ['nowhere', 'branch-unknown'],
  ['--help', 'branch-unknown'],
  ['0123456789abcdef', 'branch-unknown'],
])('says so of %s: %s', async (name, code) => {
  const { scratch, repository } = await proposal();
  using _scratch = scratch;

  await expect(readClaim(repository, name)).rejects.toMatchObject({ kind: 'usage', code });
});
