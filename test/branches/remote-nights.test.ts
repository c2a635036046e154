/** Nights with a remote that is shared, written at once, out of reach, or not to be written. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeLedgerFiles, LEDGER_REF, syncLedger } from '../../harness/adapters/git/ledger-ref.ts';
import { openRepository } from '../../harness/adapters/git/open-repository.ts';
import { ScratchRepository } from '../../harness/adapters/git/scratch-repository.ts';
import { rejectBranch } from '../../harness/assembly/reject-branch.ts';
import { mergeLedgers } from '../../harness/publishing/ledger/merge-ledgers.ts';
import { issueOf, scenario } from '../ladder/scripted-trial.ts';
import { night, PAYS } from './night-without-browser.ts';

const NOW = new Date('2026-01-01T00:00:00Z');
let remote = '';
beforeEach(() => {
  remote = mkdtempSync(join(tmpdir(), 'mendwright-remote-'));
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
});
afterEach(() => rmSync(remote, { recursive: true, force: true }));
const atRemote = (...args: string[]) => execFileSync('git', args, { cwd: remote, encoding: 'utf8' }).trim();

function shop(): ScratchRepository {
  const scratch = new ScratchRepository({ 'src/cart.ts': 'cart.total;\n', 'scenarios/cart.spec.ts': '' });
  scratch.git('remote', 'add', 'origin', remote);
  return scratch;
}

test('unites what two machines wrote at once, in a commit with both as parents', async () => {
  using one = shop();
  using other = shop();
  const about = { message: 'ledger\n', at: NOW };
  const [here, there] = [await openRepository(one.dir), await openRepository(other.dir)];
  await changeLedgerFiles(here, () => new Map([['scenarios/a.json', '{}']]), about);
  await changeLedgerFiles(there, () => new Map([['scenarios/b.json', '{}']]), about);

  await syncLedger(here, 'origin', mergeLedgers, about);
  await syncLedger(there, 'origin', mergeLedgers, about);
  await syncLedger(here, 'origin', mergeLedgers, about);

  expect(atRemote('ls-tree', '-r', '--name-only', LEDGER_REF).split('\n')).toEqual([
    'scenarios/a.json',
    'scenarios/b.json',
  ]);
  expect(atRemote('rev-list', '--parents', '-1', LEDGER_REF).split(' ')).toHaveLength(3);
  expect([one, other].map((scratch) => scratch.git('rev-parse', LEDGER_REF))).toEqual(
    Array(2).fill(atRemote('rev-parse', LEDGER_REF)),
  );
});

test('another machine repeats nothing: it reads the ledger and the branch from the remote', async () => {
  using one = shop();
  one.git('push', '--quiet', 'origin', 'main');
  await night({ dir: one.dir, push: 'origin', now: NOW, red: [issueOf()] });
  const before = atRemote('for-each-ref', 'refs/heads');
  using other = new ScratchRepository({ x: '' });
  other.git('fetch', '--quiet', remote, 'main');
  other.git('reset', '--quiet', '--hard', 'FETCH_HEAD');
  other.git('remote', 'add', 'origin', remote);
  const untouched = other.fingerprint();

  const { outcomes } = await night({ dir: other.dir, push: 'origin', now: NOW, red: [issueOf({ shortId: 'SHOP-7' })] });

  expect(outcomes).toMatchObject([{ shortId: 'SHOP-7', result: 'no-work', reason: 'branch-created' }]);
  expect(atRemote('for-each-ref', 'refs/heads')).toBe(before);
  expect(other.fingerprint()).toBe(untouched);

  // Its Sentry gives the error another short id; a change of the app calls for the branch again, which is the first one's.
  other.commit('Change the cart', { 'src/cart.ts': 'my.cart.total;\n' });
  const changed = await night({ dir: other.dir, push: 'origin', now: NOW, red: [issueOf({ shortId: 'SHOP-7' })] });

  expect(changed.outcomes).toMatchObject([{ result: 'branch-updated', branch: outcomes[0]?.branch }]);
  expect(atRemote('branch', '--list', 'mend/*').split('\n')).toHaveLength(1);
}, 120_000);

test.each<[string, () => string]>([
  ['is not there', () => join(remote, 'nowhere')],
  ['is out of reach', () => 'http://jo:s3cret@127.0.0.1:9/shop.git'],
])('goes on, and says so, where the remote %s', async (_, address) => {
  using scratch = shop();
  scratch.git('remote', 'set-url', 'origin', address());

  const { outcomes, warnings } = await night({ dir: scratch.dir, push: 'origin', now: NOW, red: [issueOf()] });

  expect(warnings).toEqual([expect.stringContaining('pushes nothing')]);
  expect(outcomes).toMatchObject([{ result: 'errored', detail: expect.stringContaining('stands here, but:') }]);
  expect(JSON.stringify([outcomes, warnings])).not.toContain('s3cret');
  expect(scratch.git('branch', '--list', 'mend/*')).not.toBe('');
  expect(scratch.git('ls-tree', '-r', '--name-only', LEDGER_REF)).toContain('issues/');
});

test('writes neither here nor there in a dry run', async () => {
  using scratch = shop();
  const everything = () => [scratch.git('count-objects', '-v'), scratch.git('for-each-ref'), scratch.fingerprint()];
  const before = everything();

  const { outcomes } = await night({ dir: scratch.dir, push: 'origin', now: NOW, red: [issueOf()], dryRun: true });

  expect(outcomes).toMatchObject([{ result: 'branch-created', reason: 'dry-run' }]);
  expect(everything()).toEqual(before);
  expect(atRemote('for-each-ref')).toBe('');
});

test('names the issues that it deferred, and takes them up in the next night', async () => {
  using scratch = shop();
  const red = [issueOf(), issueOf({ id: '2', shortId: 'SHOP-2', title: 'TypeError: another' })];
  const first = await night({ dir: scratch.dir, now: NOW, red, maxBranches: 1 });
  const second = await night({ dir: scratch.dir, now: NOW, red, maxBranches: 1 });

  expect(first.outcomes.map(({ result }) => result)).toEqual(['branch-created', 'limit-reached']);
  expect(second.outcomes.map(({ result }) => result)).toEqual(['no-work', 'branch-created']);
});

test('defers what would be one branch more than may wait at once, names those that wait, and goes on when one is gone', async () => {
  using scratch = shop();
  scratch.git('push', '--quiet', 'origin', 'main');
  const [one, two] = [issueOf(), issueOf({ id: '2', shortId: 'SHOP-2', title: 'TypeError: another' })];
  const limits = { dir: scratch.dir, push: 'origin', now: NOW, maxOpen: 1 } as const;

  const first = await night({ ...limits, red: [one] });
  const second = await night({ ...limits, red: [one, two] });
  scratch.commit('Move on', { 'src/cart.ts': 'my.cart.total;\n' });
  // What waits already is still brought up to date.
  const third = await night({ ...limits, red: [one, two] });
  const [{ branch = '' } = {}] = first.outcomes;
  scratch.git('push', '--quiet', 'origin', `+${branch}:main`);
  scratch.git('reset', '--quiet', '--hard', branch);
  const fourth = await night({ ...limits, red: [two] });

  expect(second.outcomes).toMatchObject([
    { result: 'no-work' },
    { result: 'limit-reached', detail: `1 branch waits already (publish.maxOpen): ${branch}.` },
  ]);
  expect(third.outcomes.map(({ result }) => result)).toEqual(['branch-updated', 'limit-reached']);
  expect(atRemote('branch', '--list', 'mend/*').split('\n')).toHaveLength(1);
  expect(fourth.outcomes).toMatchObject([{ shortId: 'SHOP-2', result: 'branch-created' }, { result: 'fixed-on-base' }]);
}, 120_000);

test('says of a branch that is no longer needed that its scenarios are green without it, and leaves it', async () => {
  using scratch = shop();
  const first = await night({ dir: scratch.dir, now: NOW, red: [issueOf()] });
  const branch = first.outcomes[0]?.branch ?? '';
  const lucky = await night({ dir: scratch.dir, now: NOW, red: [], green: [PAYS] });
  scratch.commit('Mend it otherwise', { 'src/cart.ts': 'cart && cart.total;\n' });
  const elsewhere = await night({ dir: scratch.dir, now: NOW, red: [], green: [scenario('sells')] });
  const mended = await night({ dir: scratch.dir, now: NOW, red: [], green: [PAYS] });

  expect([lucky, elsewhere].map(({ outcomes }) => outcomes)).toEqual([[], []]);
  expect(mended.outcomes).toMatchObject([{ result: 'fixed-on-base', reason: 'green-again', branch }]);
  expect(scratch.git('branch', '--list', branch)).not.toBe('');
});

test('tells what it cannot read in the ledger, and loses nothing of it', async () => {
  using scratch = shop();
  await night({ dir: scratch.dir, push: 'origin', now: NOW, red: [issueOf()] });
  const here = await openRepository(scratch.dir);
  const broken = new Map([
    ['issues/by-hand.json', '<<<<<<<'],
    ['rejections/later.json', '{ "version": 9 }'],
    ['notes/mine.txt', 'kept'],
  ]);
  await changeLedgerFiles(here, (files) => new Map([...files, ...broken]), { message: 'by hand\n', at: NOW });

  const { outcomes, warnings } = await night({ dir: scratch.dir, push: 'origin', now: NOW, red: [issueOf()] });

  expect(outcomes).toMatchObject([{ result: 'no-work' }]);
  expect(warnings).toEqual([
    expect.stringContaining('cannot read: issues/by-hand.json, rejections/later.json. It counts as absent'),
  ]);
  for (const [path, text] of broken) expect(atRemote('show', `${LEDGER_REF}:${path}`)).toBe(text);
});

test('the ledger is read with the commands that it names, in any clone', async () => {
  using scratch = shop();
  scratch.git('push', '--quiet', 'origin', 'main');
  const { outcomes } = await night({ dir: scratch.dir, push: 'origin', now: NOW, red: [issueOf()] });
  const branch = outcomes[0]?.branch ?? '';
  await rejectBranch({ cwd: scratch.dir, branch, why: 'Never.', push: 'origin', dryRun: false, now: NOW });
  const clone = mkdtempSync(join(tmpdir(), 'mendwright-clone-'));
  try {
    execFileSync('git', ['clone', '--quiet', remote, clone], { stdio: 'ignore' });
    const commands = [...atRemote('show', `${LEDGER_REF}:README`).matchAll(/^ {4}(git .+)$/gm)].map(
      ([, line = '']) => line,
    );

    const said = commands.map((command) => execFileSync('sh', ['-c', command], { cwd: clone, encoding: 'utf8' }));

    expect(said).toHaveLength(5);
    const [, listed = '', shown = '', reasons = '', log = ''] = said;
    for (const folder of ['issues', 'nights', 'proposals', 'rejections']) expect(listed).toContain(`${folder}/`);
    expect(shown).toContain('shop-1');
    expect(reasons).toContain('"why": "Never."');
    expect(log).toContain('"outcome": "red"');
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
});
