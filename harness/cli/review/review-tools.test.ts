import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reviewGround } from '../../../test/review/review-ground.ts';
import { LEDGER_REF } from '../../adapters/git/ledger-ref.ts';
import { openRepository } from '../../adapters/git/open-repository.ts';
import { type ReviewWorld, reviewTools } from './review-tools.ts';

const BRANCH = 'mend/shop-1-take-the-lines-own-price';
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mendwright-review-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function ground(changes: Partial<ReviewWorld> = {}) {
  const remote = join(folder, 'origin.git');
  const made = await reviewGround({ remote });
  const world: ReviewWorld = {
    ...{ repository: await openRepository(made.repository.dir), dryRun: false, approve: 'merge', into: undefined },
    ...{ push: 'origin', editor: undefined, lastGreen: new Map(), now: () => new Date('2026-11-23T08:00:00Z') },
    ...changes,
  };
  const commit = made.repository.git('rev-parse', BRANCH);
  const atRemote = (...args: string[]): string => execFileSync('git', args, { cwd: remote, encoding: 'utf8' }).trim();
  return {
    ...made,
    atRemote,
    tools: reviewTools(world),
    proposal: { run: made.record.id, branch: BRANCH, commit, title: 't' },
  };
}

test('reads the night once, and again when it was written again', async () => {
  const { tools, repository, record } = await ground();
  using _ = repository;

  const night = tools.night(record.id);

  expect(tools.runs()).toEqual([record.id]);
  expect(night?.record).toEqual(record);
  expect(tools.night(record.id)).toBe(night);
  const file = join('.mendwright', 'runs', record.id, 'record.json');
  repository.write(file, JSON.stringify({ ...record, notes: ['other'] }));
  expect(tools.night(record.id)?.record.notes).toEqual(['other']);
  repository.write(file, '{"version":2}');
  expect(tools.night(record.id)).toBeUndefined();
});

test.each(['../../night.lock', '/etc/hostname', 'out.png', 'screens'])('gives no file for %s', async (file) => {
  const { tools, repository, record } = await ground();
  using _ = repository;
  repository.write('.mendwright/night.lock', 'x');
  symlinkSync('/etc/hostname', join(repository.dir, '.mendwright', 'runs', record.id, 'out.png'));

  expect(tools.readFile(record.id, file)).toBeUndefined();
  expect(tools.readFile(`../runs/${record.id}`, 'record.json')).toBeUndefined();
  expect(tools.readFile(record.id, 'screens/pays-for-a-cart.png')?.length).toBeGreaterThan(60);
});

test('approves into the branch that the night worked on, and remembers it', async () => {
  const { tools, repository, atRemote, proposal } = await ground();
  using _ = repository;
  const before = repository.fingerprint();
  expect(await tools.planApproval(proposal)).toMatchObject({
    canAct: true,
    text: `${BRANCH} will be merged into main at origin.`,
  });

  const { text } = await tools.approve(proposal);

  expect(atRemote('rev-parse', 'main^2')).toBe(proposal.commit);
  expect(await tools.decisions(proposal.run)).toEqual(new Map([[BRANCH, { kind: 'approved', text }]]));
  expect(repository.fingerprint()).toBe(before);
});

test('rejects into the ledger, here and at the remote', async () => {
  const { tools, repository, atRemote, proposal } = await ground();
  using _ = repository;
  const before = repository.fingerprint();

  const { text } = await tools.reject(proposal, 'It hides\nthe price.');

  expect(text).toBe(`${BRANCH} is rejected: its patch will not be proposed again. The ledger was pushed.`);
  expect(atRemote('grep', '-h', 'It hides', LEDGER_REF)).toContain('It hides the price.');
  expect(await tools.decisions(proposal.run)).toEqual(
    new Map([[BRANCH, { kind: 'rejected', text: 'Rejected: It hides the price.' }]]),
  );
  expect(repository.fingerprint()).toBe(before);
});

test('does not reject what was proposed anew since it was looked at', async () => {
  const { tools, repository, proposal } = await ground();
  using _ = repository;

  await expect(tools.reject({ ...proposal, commit: '0'.repeat(40) }, 'no')).rejects.toMatchObject({
    code: 'branch-moved',
  });

  expect(await tools.decisions(proposal.run)).toEqual(new Map());
});

test('writes nothing in a dry run, and says what it would', async () => {
  const { tools, repository, atRemote, proposal } = await ground({ dryRun: true });
  using _ = repository;
  const [here, there] = [repository.git('for-each-ref'), atRemote('for-each-ref')];

  expect((await tools.approve(proposal)).text).toContain('Dry run, nothing was written.');
  expect((await tools.reject(proposal, 'no')).text).toContain('Dry run, nothing was written.');

  expect([repository.git('for-each-ref'), atRemote('for-each-ref')]).toEqual([here, there]);
  expect(await tools.decisions(proposal.run)).toEqual(new Map());
});

test('knows what somebody merged by hand', async () => {
  const { tools, repository, proposal } = await ground({ push: false });
  using _ = repository;
  repository.git('merge', '--quiet', BRANCH);

  expect(await tools.decisions(proposal.run)).toEqual(new Map([[BRANCH, { kind: 'merged', text: 'main holds it.' }]]));
  expect(readFileSync(join(repository.dir, 'src/cart/totals.ts'), 'utf8')).toContain('line.price');
});
