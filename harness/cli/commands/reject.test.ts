import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { night } from '../../../test/branches/night-without-browser.ts';
import { issueOf } from '../../../test/ladder/scripted-trial.ts';
import { LEDGER_REF } from '../../adapters/git/ledger-ref.ts';
import { ScratchRepository } from '../../adapters/git/scratch-repository.ts';
import { reject } from './reject.ts';

let remote = '';
beforeEach(() => {
  remote = mkdtempSync(join(tmpdir(), 'mendwright-remote-'));
  execFileSync('git', ['init', '--quiet', '--bare', remote]);
});
afterEach(() => rmSync(remote, { recursive: true, force: true }));

async function proposed(push: string | false) {
  const scratch = new ScratchRepository({ 'src/cart.ts': 'cart.total;\n', 'scenarios/cart.spec.ts': '' });
  const { outcomes } = await night({ dir: scratch.dir, push, now: new Date('2026-01-01T00:00:00Z'), red: [issueOf()] });
  return { scratch, branch: outcomes[0]?.branch ?? '' };
}
const BASE = { why: 'It is\n wrong.', config: undefined, dryRun: false };

test('writes the reason into the ledger, pushes it, and leaves the branch', async () => {
  const { scratch, branch } = await proposed(remote);
  using _ = scratch;
  const tip = scratch.git('rev-parse', branch);

  const { data, text } = await reject({ ...BASE, branch, cwd: scratch.dir, push: remote });

  expect(data).toMatchObject({ pushed: true, rejection: { branch, by: 'person', why: 'It is wrong.' } });
  expect(text).toContain('The ledger was pushed.');
  const atRemote = execFileSync('git', ['rev-parse', LEDGER_REF], { cwd: remote, encoding: 'utf8' }).trim();
  expect(atRemote).toBe(scratch.git('rev-parse', LEDGER_REF));
  expect(scratch.git('grep', '--name-only', 'It is wrong.', LEDGER_REF)).toContain('rejections/');
  expect(scratch.git('rev-parse', branch)).toBe(tip);
});

test('writes nothing in a dry run, and says what it would', async () => {
  const { scratch, branch } = await proposed(false);
  using _ = scratch;
  const before = scratch.git('for-each-ref');

  const { text } = await reject({ ...BASE, branch, cwd: scratch.dir, push: undefined, dryRun: true });

  expect(text).toContain(`Would reject ${branch}`);
  expect(scratch.git('for-each-ref')).toBe(before);
});

test('keeps the rejection here where the remote cannot be reached, and says so without the address’s token', async () => {
  const { scratch, branch } = await proposed(false);
  using _ = scratch;
  const push = 'http://jo:s3cret@127.0.0.1:9/shop.git';

  const { data, text } = await reject({ ...BASE, branch, cwd: scratch.dir, push });

  expect(data).toMatchObject({ pushed: false, trouble: expect.stringContaining('http://***@127.0.0.1:9/shop.git') });
  expect(text + JSON.stringify(data)).not.toContain('s3cret');
  expect(scratch.git('grep', '--name-only', 'It is wrong.', LEDGER_REF)).toContain('rejections/');
});

test.each<[string, { branch?: string; why?: string }, string]>([
  ['a branch that no night published', { branch: 'mend/other' }, 'branch-unknown'],
  ['no reason', { why: ' \n ' }, 'why-missing'],
])('refuses %s', async (_, changes, code) => {
  const { scratch, branch } = await proposed(false);
  using __ = scratch;

  await expect(reject({ ...BASE, branch, cwd: scratch.dir, push: undefined, ...changes })).rejects.toMatchObject({
    kind: 'usage',
    code,
  });
});
