import { expect, test } from 'vitest';
import { caseOf, issueOf, patchOf } from '../../test/ladder/scripted-trial.ts';
import { AUTHOR, authorsSince, commitPatch, moveRef, readRef } from '../adapters/git/branch.ts';
import { openRepository } from '../adapters/git/open-repository.ts';
import { ScratchRepository } from '../adapters/git/scratch-repository.ts';
import { Failure } from '../model/failure.ts';
import { branchName } from '../publishing/branch-name.ts';
import { type Publication, type PublishTools, publishBranches } from './publish-branches.ts';

const NAME = 'mend/shop-1-cannot-read-properties-of-undefined-reading-tota';
const FIX = { edits: [{ file: 'src/cart.ts', start: 4, end: 5, text: '?.' }] };

function publication(shortId = 'SHOP-1', changes: Parameters<typeof patchOf>[1] = {}): Publication {
  const issue = issueOf({ shortId });
  return {
    case: caseOf(issue),
    serves: [],
    patch: patchOf(`patch-${shortId}`, { ...FIX, issue: shortId, ...changes }),
    verdict: {
      kind: 'confirmed',
      patch: `patch-${shortId}`,
      issue: shortId,
      rung: 'regress',
      why: 'Red in 5 of 5 runs, green in 5 of 5.',
      seconds: 2,
      base: [],
      patched: [],
      strength: 'weak',
      pValue: 0.004,
      controls: [],
      alsoCures: [],
      others: 0,
      checks: [],
    },
    suspect: undefined,
  };
}

/** Real git, wired as the assembly does it; what people settled is told by the branch's commits alone. */
async function toolsOn(scratch: ScratchRepository, changes: Partial<PublishTools> = {}): Promise<PublishTools> {
  const repository = await openRepository(scratch.dir);
  const { sha: base } = await repository.resolveCommit('main');
  const readTip: PublishTools['readTip'] = (branch) => readRef(repository, `refs/heads/${branch}`);
  const branchOf = (issue: Parameters<PublishTools['branchOf']>[0]) => branchName('mend/', issue);
  return {
    maxBranches: 5,
    maxOpen: 20,
    waiting: async () => [],
    dryRun: false,
    pushes: false,
    branchOf,
    settledByPeople: async (issue) => {
      const branch = branchOf(issue);
      const tip = await readTip(branch);
      const people = tip === undefined ? [] : await authorsSince(repository, base, tip);
      if (tip === undefined || people.every((who) => who === `${AUTHOR.name} <${AUTHOR.email}>`)) return undefined;
      const [result, reason] = ['edited-by-human', 'branch-has-foreign-commits'] as const;
      return { shortId: issue.shortId, result, reason, detail: 'Somebody’s.', branch, commit: tip, seconds: 0 };
    },
    rejectionOf: () => undefined,
    readTip,
    readRemoteTip: async () => undefined,
    commit: (patch, message) => commitPatch(repository, { base, patch, message, at: new Date('2026-01-01T00:00:00Z') }),
    move: (branch, commit, expected) => moveRef(repository, `refs/heads/${branch}`, commit, expected),
    push: async () => undefined,
    published: async () => undefined,
    fingerprint: async () => '0123456789abcdef',
    ...changes,
  };
}

function shop(): ScratchRepository {
  return new ScratchRepository({ 'src/cart.ts': 'cart.total;\n' });
}

test('publishes a patch with its message, and leaves all that is the user’s as it was', async () => {
  using scratch = shop();
  scratch.write('src/cart.ts', 'stashed;\n');
  scratch.git('stash');
  scratch.write('src/cart.ts', 'half done;\n');
  scratch.git('add', '--all');
  const hookRan = scratch.addFailingHooks();
  const before = scratch.fingerprint();

  const { items } = await publishBranches([publication()], await toolsOn(scratch));

  expect(items).toEqual([
    {
      shortId: 'SHOP-1',
      result: 'branch-created',
      reason: 'confirmed',
      detail: 'Red in 5 of 5 runs, green in 5 of 5.',
      branch: NAME,
      commit: scratch.git('rev-parse', NAME),
      patch: 'patch-SHOP-1',
      seconds: 2,
    },
  ]);
  expect(scratch.git('show', `${NAME}:src/cart.ts`)).toBe('cart?.total;');
  expect(scratch.git('log', '--format=%s %(trailers:key=Mendwright-Fingerprint,valueonly)', '-1', NAME)).toBe(
    'fix: mend it 0123456789abcdef',
  );
  expect(scratch.git('rev-parse', `${NAME}^`)).toBe(scratch.git('rev-parse', 'main'));
  expect(scratch.fingerprint()).toBe(before);
  expect(hookRan()).toBe(false);
});

test('regenerates its own branch on the new base', async () => {
  using scratch = shop();
  await publishBranches([publication()], await toolsOn(scratch));
  scratch.commit('Go on', { 'src/other.ts': 'other;\n' });

  const { items } = await publishBranches([publication()], await toolsOn(scratch));

  expect(items).toMatchObject([{ result: 'branch-updated', commit: scratch.git('rev-parse', NAME) }]);
  expect(scratch.git('rev-list', '--count', `main..${NAME}`)).toBe('1');
  expect(scratch.git('rev-parse', `${NAME}^`)).toBe(scratch.git('rev-parse', 'main'));
});

test.each<[string, (scratch: ScratchRepository) => void]>([
  ['committed to it', (scratch) => scratch.commit('By hand', { 'src/hand.ts': '' })],
  ['amended it', (scratch) => scratch.git('commit', '--quiet', '--amend', '-m', 'In better words')],
])('leaves a branch alone when a person has %s', async (_, edit) => {
  using scratch = shop();
  await publishBranches([publication()], await toolsOn(scratch));
  scratch.git('checkout', '--quiet', NAME);
  edit(scratch);
  scratch.git('checkout', '--quiet', 'main');
  const tip = scratch.git('rev-parse', NAME);

  const { items } = await publishBranches([publication()], await toolsOn(scratch));

  expect(items).toMatchObject([{ result: 'edited-by-human', reason: 'branch-has-foreign-commits', commit: tip }]);
  expect(scratch.git('rev-parse', NAME)).toBe(tip);
});

test('does not pull a branch from under a person who has it checked out', async () => {
  using scratch = shop();
  await publishBranches([publication()], await toolsOn(scratch));
  scratch.commit('Go on', { 'src/other.ts': 'other;\n' });
  scratch.git('checkout', '--quiet', NAME);
  const before = scratch.git('rev-parse', 'HEAD');

  const { items } = await publishBranches([publication()], await toolsOn(scratch));

  expect(items).toMatchObject([
    { result: 'edited-by-human', detail: expect.stringContaining('checked out'), commit: before },
  ]);
  expect(scratch.git('rev-parse', 'HEAD')).toBe(before);
  expect(scratch.git('status', '--porcelain')).toBe('');
});

test('does not overwrite a branch that moved while it was being written', async () => {
  using scratch = shop();
  const real = await toolsOn(scratch);
  const tools = {
    ...real,
    commit: async (...args: Parameters<PublishTools['commit']>) => {
      scratch.git('branch', '--force', NAME, 'main');
      return real.commit(...args);
    },
  };

  const { items } = await publishBranches([publication()], tools);

  expect(items).toMatchObject([{ result: 'edited-by-human' }]);
  expect(scratch.git('rev-parse', NAME)).toBe(scratch.git('rev-parse', 'main'));
});

test('never proposes again what a person rejected', async () => {
  using scratch = shop();

  const { items } = await publishBranches(
    [publication()],
    await toolsOn(scratch, { rejectionOf: () => 'A person rejected it.' }),
  );

  expect(items).toMatchObject([{ result: 'rejected-before', reason: 'rejected-by-person' }]);
  expect(scratch.git('branch', '--list', 'mend/*')).toBe('');
});

test('stops at the limit, by short id, and names those that it left out', async () => {
  using scratch = shop();
  const publications = ['SHOP-3', 'SHOP-1', 'SHOP-2'].map((shortId) => publication(shortId));

  const { items } = await publishBranches(publications, await toolsOn(scratch, { maxBranches: 2 }));

  expect(items.map(({ shortId, result }) => [shortId, result])).toEqual([
    ['SHOP-1', 'branch-created'],
    ['SHOP-2', 'branch-created'],
    ['SHOP-3', 'limit-reached'],
  ]);
  expect(scratch.git('branch', '--list', 'mend/*').split('\n')).toHaveLength(2);
});

test('writes nothing at all in a dry run', async () => {
  using scratch = shop();
  const objects = () => scratch.git('count-objects', '-v');
  const before = objects();
  const push = async () => expect.unreachable('a dry run pushed');

  const { items } = await publishBranches([publication()], await toolsOn(scratch, { dryRun: true, push }));

  expect(items).toMatchObject([{ result: 'branch-created', reason: 'dry-run', branch: NAME }]);
  expect(items[0]).not.toHaveProperty('commit');
  expect(objects()).toBe(before);
  expect(scratch.git('branch', '--list', 'mend/*')).toBe('');
});

test('goes on with the other issues when the remote does not take a branch', async () => {
  using scratch = shop();
  const push: PublishTools['push'] = async (branch) => {
    if (branch === NAME) throw new Failure('upstream', 'push-refused', 'The remote said no.', { hint: 'Ask it.' });
  };

  const { items } = await publishBranches([publication('SHOP-2'), publication()], await toolsOn(scratch, { push }));

  expect(items).toMatchObject([
    { result: 'errored', reason: 'harness-failed', detail: `${NAME} stands here, but: The remote said no. Ask it.` },
    { result: 'branch-created' },
  ]);
  expect(scratch.git('branch', '--list', 'mend/*').split('\n')).toHaveLength(2);
});

test('ends with the Failure, and without a branch, where git cannot write', async () => {
  using scratch = shop();
  const tools = await toolsOn(scratch);
  const free = scratch.fillDisk();

  await expect(publishBranches([publication()], tools)).rejects.toMatchObject({ code: 'repository-not-writable' });

  free();
  expect(scratch.git('branch', '--list', 'mend/*')).toBe('');
  const { items } = await publishBranches([publication()], tools);
  expect(items).toMatchObject([{ result: 'branch-created' }]);
});
