import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reviewGround } from '../../test/review/review-ground.ts';
import { type ApproveRequest, planApproval } from './approve-branch.ts';

const BRANCH = 'mend/shop-1-take-the-lines-own-price';
const MENDED = 'line.offer?.price ?? line.price';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mendwright-approve-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function ground(hasRemote: boolean, changes: Partial<ApproveRequest> = {}) {
  const made = await reviewGround(hasRemote ? { remote: join(folder, 'origin.git') } : {});
  const { repository } = made;
  const request: ApproveRequest = {
    ...{
      cwd: repository.dir,
      branch: BRANCH,
      commit: repository.git('rev-parse', BRANCH),
      title: 'take its own price',
    },
    ...{ approve: 'merge', into: 'main', push: hasRemote ? 'origin' : false, dryRun: false },
    now: new Date('2026-11-23T08:00:00Z'),
    ...changes,
  };
  return { ...made, request };
}

const atRemote = (...args: string[]): string =>
  execFileSync('git', args, {
    cwd: join(folder, 'origin.git'),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

test('merges into a branch that nobody has checked out, and leaves the checkout, index, HEAD and hooks alone', async () => {
  const { repository, request } = await ground(false);
  using _ = repository;
  repository.git('switch', '--quiet', '--create', 'work');
  repository.write('src/cart/totals.ts', 'half written\n');
  const before = repository.read('.git/index');
  const hasHookRun = repository.addFailingHooks();

  const plan = await planApproval(request);
  expect(plan).toMatchObject({ sentence: `${BRANCH} will be merged into main in this repository.`, commands: [] });
  expect(repository.git('rev-parse', 'main')).toBe(repository.git('rev-parse', 'work'));
  const told = await plan.act?.();

  expect(told).toMatch(
    /^mend\/shop-1-take-the-lines-own-price was merged into main in this repository \([0-9a-f]{7}\)\.$/,
  );
  expect(repository.git('show', 'main:src/cart/totals.ts')).toContain(MENDED);
  expect(repository.git('log', '-1', '--format=%an|%s|%P', 'main')).toBe(
    `Mara Lind|Merge ${BRANCH}: take its own price|${repository.git('rev-parse', 'work')} ${request.commit}`,
  );
  expect(repository.read('src/cart/totals.ts')).toBe('half written\n');
  expect(repository.read('.git/index')).toBe(before);
  expect(repository.git('symbolic-ref', 'HEAD')).toBe('refs/heads/work');
  expect(hasHookRun()).toBe(false);
});

test('merges at the remote where one is set, and moves nothing here', async () => {
  const { repository, request } = await ground(true);
  using _ = repository;
  const before = repository.fingerprint();

  const plan = await planApproval(request);
  expect(plan.sentence).toBe(`${BRANCH} will be merged into main at origin.`);
  await plan.act?.();

  expect(atRemote('show', 'main:src/cart/totals.ts')).toContain(MENDED);
  expect(atRemote('rev-parse', 'main^2')).toBe(request.commit);
  expect(repository.fingerprint()).toBe(before);
});

test('a title cannot add a trailer', async () => {
  const { repository, request } = await ground(true, { title: 'mend it\n\nSigned-off-by: Somebody <s@b.example>' });
  using _ = repository;

  await (await planApproval(request)).act?.();

  expect(atRemote('log', '-1', '--format=%s|%(trailers)', 'main')).toBe(
    `Merge ${BRANCH}: mend it Signed-off-by: Somebody <s@b.example>|`,
  );
});

test('does not overwrite what came to the remote meanwhile', async () => {
  const { repository, request } = await ground(true);
  using _ = repository;
  const plan = await planApproval(request);
  repository.git('push', '--quiet', 'origin', `${repository.commit('Something else', { 'other.ts': '1' })}:main`);
  const tip = atRemote('rev-parse', 'main');

  await expect(plan.act?.()).rejects.toMatchObject({ code: 'push-refused' });

  expect(atRemote('rev-parse', 'main')).toBe(tip);
});

test('pushes the branch for a pull request where that is what approving does, once', async () => {
  const { repository, request } = await ground(true, { approve: 'push' });
  using _ = repository;
  const before = repository.fingerprint();

  await (await planApproval(request)).act?.();

  expect(atRemote('rev-parse', BRANCH)).toBe(request.commit);
  expect(repository.fingerprint()).toBe(before);
  expect(await planApproval(request)).toMatchObject({
    sentence: `${BRANCH} is on origin already: open its pull request there.`,
    act: undefined,
  });
});

test.each<[string, boolean, Partial<ApproveRequest>, { sentence: RegExp; commands: string[] }]>([
  [
    'the branch is checked out',
    false,
    {},
    { sentence: /your checkout is yours/, commands: ['git switch main', `git merge --no-ff ${BRANCH}`] },
  ],
  [
    'the night worked on no branch',
    false,
    { into: undefined },
    { sentence: /no branch/, commands: [`git merge --no-ff ${BRANCH}`] },
  ],
  [
    'there is no such branch',
    false,
    { into: 'next' },
    { sentence: /no branch next/, commands: [`git merge --no-ff ${BRANCH}`] },
  ],
  [
    'the remote has no such branch',
    true,
    { into: 'next' },
    { sentence: /origin has no branch next/, commands: [`git merge --no-ff ${BRANCH}`] },
  ],
  [
    'there is nowhere to push to',
    false,
    { approve: 'push' },
    { sentence: /publish\.push/, commands: [`git push --set-upstream origin ${BRANCH}`] },
  ],
])('hands over the command where %s', async (_, hasRemote, changes, { sentence, commands }) => {
  const { repository, request } = await ground(hasRemote, changes);
  using __ = repository;
  const refs = repository.git('for-each-ref');

  const plan = await planApproval(request);

  expect(plan.sentence).toMatch(sentence);
  expect(plan).toMatchObject({ commands, act: undefined });
  expect(repository.git('for-each-ref')).toBe(refs);
});

test('refuses a branch that is no longer what was looked at', async () => {
  const { repository, request } = await ground(false, { commit: '0'.repeat(40) });
  using _ = repository;

  await expect(planApproval(request)).rejects.toMatchObject({ code: 'branch-moved' });
});

test('names the files of a conflict and writes no object for the trial', async () => {
  const { repository, request } = await ground(false);
  using _ = repository;
  repository.commit('Price it otherwise', { 'src/cart/totals.ts': 'export const net = () => 1;\n' });
  repository.git('switch', '--quiet', '--create', 'work');
  const objects = repository.git('count-objects', '-v');

  await expect(planApproval(request)).rejects.toMatchObject({
    code: 'merge-conflict',
    message: `${BRANCH} does not merge into main: both changed src/cart/totals.ts.`,
  });

  expect(repository.git('count-objects', '-v')).toBe(objects);
});

test('says that there is nothing to do where the branch is merged', async () => {
  const { repository, request } = await ground(false);
  using _ = repository;
  repository.git('merge', '--quiet', BRANCH);

  expect(await planApproval(request)).toMatchObject({ sentence: `main holds ${BRANCH} already.`, act: undefined });
});
