/** One branch through its life in a bare remote: every night's result, and what git and Sentry hold after it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LEDGER_REF } from '../../harness/adapters/git/ledger-ref.ts';
import { ScratchRepository } from '../../harness/adapters/git/scratch-repository.ts';
import { rejectBranch } from '../../harness/assembly/reject-branch.ts';
import type { Issue } from '../../harness/model/issue.ts';
import { embedded, errorEvent } from '../contract/embedded.ts';
import { issueOf } from '../ladder/scripted-trial.ts';
import { night, PAYS } from './night-without-browser.ts';

const CART = 'cart.total;\n';
const SPEC = 'scenarios/cart.spec.ts';

/** A checkout, its bare remote, and a colleague's clone. */
function ground() {
  const scratch = new ScratchRepository({ 'src/cart.ts': CART, [SPEC]: 'pays\n' });
  const folder = mkdtempSync(join(tmpdir(), 'mendwright-life-'));
  const remote = join(folder, 'remote.git');
  const clone = join(folder, 'clone');
  const run = (cwd: string, ...args: string[]) =>
    execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  run(folder, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
  scratch.git('remote', 'add', 'origin', remote);
  scratch.git('push', '--quiet', 'origin', 'main');
  run(folder, 'clone', '--quiet', remote, clone);
  run(clone, 'config', 'user.name', 'Jo');
  run(clone, 'config', 'user.email', 'jo@shop.example');
  return {
    scratch,
    clone,
    atRemote: (...args: string[]) => run(remote, ...args),
    colleague: (...args: string[]) => run(clone, ...args),
    [Symbol.dispose]: () => {
      scratch[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

test('walks a branch through its life in a bare remote', async () => {
  using place = ground();
  const { scratch, atRemote, colleague } = place;
  const sentry = embedded();
  const { client } = sentry;
  let day = 0;
  const occur = async (): Promise<Issue> => {
    await sentry.send(
      errorEvent(1, { event_id: String(day).padStart(32, 'a'), release: scratch.git('rev-parse', 'HEAD') }),
    );
    const { id, shortId, title, status } = await client.fetchIssue('1');
    return issueOf({ id, shortId, title, status, scenarios: [PAYS.id] });
  };
  const hookRan = scratch.addFailingHooks();
  const untouched = () => scratch.fingerprint();
  /** What the remote's ledger says of the proposal, night by night. */
  const states: string[] = [];
  /** One night; nothing that is the user's changes in it. */
  const tonight = async (isRed: boolean, more: { cure?: string; green?: (typeof PAYS)[] } = {}) => {
    const now = new Date(Date.UTC(2026, 0, ++day));
    const red = isRed ? [await occur()] : [];
    const before = untouched();
    const { outcomes, earlier, warnings } = await night({
      dir: scratch.dir,
      push: 'origin',
      now,
      red,
      client,
      ...more,
    });
    expect(untouched()).toBe(before);
    expect(atRemote('rev-parse', LEDGER_REF)).toBe(scratch.git('rev-parse', LEDGER_REF));
    const [file = ''] = atRemote('ls-tree', '--name-only', LEDGER_REF, 'proposals/').split('\n');
    states.push(JSON.parse(atRemote('show', `${LEDGER_REF}:${file}`)).state);
    return {
      warnings,
      earlier,
      outcomes,
      outcome: outcomes.map(({ result, reason }) => `${result} (${reason})`).join(', '),
    };
  };
  const commit = (message: string, files: Record<string, string> = {}) => {
    scratch.git('config', 'core.hooksPath', '/dev/null');
    const sha = scratch.commit(message, files);
    scratch.git('config', '--unset', 'core.hooksPath');
    return sha;
  };
  const notes = async () => {
    const call = new Request('http://sentry.test/api/0/organizations/mendwright/issues/1/notes/');
    const listed: { data: { text: string } }[] = await (await sentry.server(call)).json();
    return listed.map(({ data }) => data.text);
  };

  const created = await tonight(true);
  const branch = created.outcomes[0]?.branch ?? '';
  const first = atRemote('rev-parse', branch);
  expect(created.outcome).toBe('branch-created (confirmed)');
  expect(first).toBe(scratch.git('rev-parse', branch));
  expect(atRemote('show', `${branch}:src/cart.ts`)).toBe('cart?.total;');
  expect(await notes()).toEqual([expect.stringContaining(`Mendwright proposes the branch ${branch}.`)]);

  // A night that does not run its scenario: the branch waits.
  const elsewhere = await tonight(false);
  expect(elsewhere.outcome).toBe('');
  expect(elsewhere.earlier).toMatchObject([
    { state: 'waiting', branch, commit: first, since: '2026-01-01T00:00:00.000Z' },
  ]);

  const unchanged = await tonight(true);
  expect(unchanged.earlier).toEqual([]);
  expect(unchanged.outcome).toBe('no-work (branch-created)');
  expect(atRemote('rev-parse', branch)).toBe(first);

  const moved = commit('Move on', { 'src/other.ts': 'other;\n' });
  const regenerated = await tonight(true);
  expect(regenerated.outcome).toBe('branch-updated (confirmed)');
  expect(atRemote('rev-parse', `${branch}^`)).toBe(moved);
  expect(atRemote('rev-list', '--count', `${moved}..${branch}`)).toBe('1');

  const conflicting = commit('Rename', { 'src/cart.ts': `// the cart\nbasket.${CART}` });
  const conflict = await tonight(true);
  expect(conflict.outcome).toBe('branch-updated (confirmed)');
  expect(atRemote('rev-parse', `${branch}^`)).toBe(conflicting);
  expect(atRemote('show', `${branch}:src/cart.ts`)).toBe('// the cart\nbasket.cart?.total;');
  expect(await notes()).toHaveLength(1);

  // A colleague commits to the remote's branch; nobody fetches it here.
  colleague('fetch', '--quiet', 'origin');
  colleague('checkout', '--quiet', branch);
  colleague('commit', '--quiet', '--allow-empty', '-m', 'By hand');
  colleague('push', '--quiet', 'origin', branch);
  const theirs = atRemote('rev-parse', branch);
  commit('Move on again', { 'src/other.ts': 'another;\n' });
  const edited = await tonight(true);
  expect(edited.outcome).toBe('edited-by-human (branch-has-foreign-commits)');
  expect(edited.outcomes[0]?.commit).toBe(theirs);
  expect(atRemote('rev-parse', branch)).toBe(theirs);

  // They give up and delete it.
  colleague('push', '--quiet', 'origin', '--delete', branch);
  const rejected = await tonight(true);
  expect(rejected.outcome).toBe('rejected-before (branch-deleted)');
  expect(atRemote('branch', '--list', 'mend/*')).toBe('');
  commit('Change what the patch does not rest on', { 'src/other.ts': 'a third;\n' });
  expect((await tonight(true)).outcome).toBe('rejected-before (branch-deleted)');
  expect(atRemote('branch', '--list', 'mend/*')).toBe('');

  commit('Change the cart', { 'src/cart.ts': `// the whole cart\nbasket.${CART}` });
  const again = await tonight(true);
  expect(again.outcome).toBe('branch-created (confirmed)');
  const proposed = atRemote('rev-parse', branch);
  expect(proposed).toBe(scratch.git('rev-parse', branch));

  // Squashed into the base, in a night that does not run its scenario.
  scratch.git('config', 'core.hooksPath', '/dev/null');
  scratch.git('merge', '--quiet', '--squash', branch);
  scratch.git('commit', '--quiet', '-m', 'Mend the cart');
  scratch.git('config', '--unset', 'core.hooksPath');
  const merged = await tonight(false);
  expect(merged.outcome).toBe('fixed-on-base (merged)');
  expect(merged.earlier).toMatchObject([{ state: 'merged', branch, commit: proposed }]);
  expect(atRemote('branch', '--list', 'mend/*')).toBe('');
  expect(scratch.git('branch', '--list', 'mend/*')).toBe('');
  expect((await client.fetchIssue('1')).status).toBe('unresolved');

  const release = commit('Release');
  const released = await tonight(false, { green: [PAYS] });
  expect(released.outcome).toBe('fixed-on-base (merged)');
  expect((await client.fetchIssue('1')).status).toBe('resolved');
  const statusDetails = await (
    await sentry.server(new Request('http://sentry.test/api/0/organizations/mendwright/issues/1/'))
  ).json();
  expect(statusDetails).toMatchObject({ statusDetails: { inRelease: release } });
  expect(released.earlier).toMatchObject([{ state: 'released', branch }]);
  // An event of a release before the merge says nothing against the fix.
  await sentry.send(errorEvent(1, { event_id: 'b'.repeat(32), release: moved }));
  expect((await client.fetchIssue('1')).status).toBe('resolved');
  const quiet = await tonight(false, { green: [PAYS] });
  expect(quiet.outcome).toBe('');
  expect(quiet.earlier).toEqual(released.earlier);
  expect(await notes()).toHaveLength(2);

  commit('Undo it', { 'src/cart.ts': `// the whole cart, undone\nbasket.${CART}` });
  const regressed = await tonight(true);
  const evidence = `the fix of ${branch} (${proposed.slice(0, 7)}, optional-chain) was merged in`;
  expect(regressed.warnings).toEqual([
    expect.stringMatching(/^SHOP-1 has come again after .* The cause was held to be: /),
  ]);
  expect(regressed.warnings[0]).toContain(evidence);
  expect(regressed.outcome).toBe('branch-created (confirmed)');
  expect((await client.fetchIssue('1')).status).toBe('unresolved');
  expect((await notes()).join('\n')).toContain(`after ${evidence}`);

  // A person rejects this very patch: not even changed evidence brings it back.
  const said = { cwd: scratch.dir, branch, why: 'The cart is never empty.', push: 'origin', dryRun: false } as const;
  await rejectBranch({ ...said, now: new Date(Date.UTC(2026, 0, ++day)) });
  expect(atRemote('rev-parse', LEDGER_REF)).toBe(scratch.git('rev-parse', LEDGER_REF));
  const blocked = await tonight(false);
  expect(blocked.earlier).toMatchObject([
    { state: 'blocked', detail: expect.stringContaining('The cart is never empty.') },
  ]);
  expect((await tonight(true)).outcome).toBe('rejected-before (rejected-by-person)');
  commit('Change the cart once more', { 'src/cart.ts': `// the cart of all carts\nbasket.${CART}` });
  const unwanted = await tonight(true);
  expect(unwanted.outcome).toBe('rejected-before (rejected-by-person)');
  expect(unwanted.outcomes[0]?.detail).toContain('The cart is never empty.');
  const other = await tonight(true, { cure: '!.' });
  expect(other.outcome).toBe('branch-updated (confirmed)');
  expect(atRemote('show', `${branch}:src/cart.ts`)).toContain('cart!.total');
  expect(states).toEqual([
    ...['open', 'open', 'open', 'open', 'open', 'open', 'rejected', 'rejected', 'open'],
    ...['merged', 'released', 'released', 'open', 'rejected', 'rejected', 'rejected', 'open'],
  ]);
  expect(hookRan()).toBe(false);
}, 300_000);
