/** Nights with a bare remote and a code host: the publish stage, the ledger, pull requests and the dashboard together. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LEDGER_REF } from '../../harness/adapters/git/ledger-ref.ts';
import { ScratchRepository } from '../../harness/adapters/git/scratch-repository.ts';
import { publishRun } from '../../harness/assembly/publish-run.ts';
import { Config } from '../../harness/model/config.ts';
import type { RunRecord } from '../../harness/model/run-record.ts';
import { night, PAYS } from '../branches/night-without-browser.ts';
import { issueOf } from '../ladder/scripted-trial.ts';
import { startDouble, TOKEN } from './double.ts';
import { github } from './github-double.ts';

const NAME = 'mend/shop-1-cannot-read-properties-of-undefined-reading-tota';

/** A checkout, its bare remote, and the host that shows the remote. */
async function ground() {
  const scratch = new ScratchRepository({ 'src/cart.ts': 'cart.total;\n', 'scenarios/cart.spec.ts': 'pays\n' });
  const folder = mkdtempSync(join(tmpdir(), 'mendwright-forge-'));
  const remote = join(folder, 'remote.git');
  const run = (cwd: string, ...args: string[]): string =>
    execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  run(folder, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
  scratch.git('remote', 'add', 'origin', remote);
  scratch.git('push', '--quiet', 'origin', 'main');
  const double = await startDouble(github);
  const atRemote = (...args: string[]): string => run(remote, ...args);
  double.state.tipOf = (branch) => atRemote('rev-parse', `refs/heads/${branch}`);
  return {
    ...{ scratch, folder, double, atRemote },
    forge: {
      config: { kind: 'github', url: double.url, repository: 'acme/shop' },
      env: { GITHUB_TOKEN: TOKEN },
    },
    [Symbol.dispose]: () => {
      scratch[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

test('walks a pull request through its life: opened, ready, updated, closed by a person, opened anew, squashed into the base', async () => {
  using place = await ground();
  const { scratch, double, atRemote, forge } = place;
  const { pulls, issues } = double.state;
  let day = 0;
  const tonight = async (isRed = true) => {
    double.requests.length = 0;
    const now = new Date(Date.UTC(2026, 0, ++day));
    const before = scratch.fingerprint();
    const script = {
      dir: scratch.dir,
      push: 'origin',
      now,
      forge,
      red: isRed ? [issueOf()] : [],
      green: isRed ? [] : [PAYS],
    };
    const done = await night(script);
    expect(scratch.fingerprint()).toBe(before);
    expect({ violations: double.violations, warnings: done.warnings }).toEqual({ violations: [], warnings: [] });
    const [first] = done.outcomes;
    return { ...done, outcome: `${first?.result} (${first?.reason})`, detail: first?.detail ?? '' };
  };

  const created = await tonight();
  expect(created.outcome).toBe('branch-created (confirmed)');
  expect(created.detail).toContain(`${new URL(double.url).origin}/acme/shop/pull/1: opened as a draft.`);
  expect(pulls).toMatchObject([
    { branch: NAME, target: 'main', title: 'fix: mend it (SHOP-1)', draft: true, labels: ['mendwright'] },
  ]);
  expect(pulls[0]?.body).toContain('-cart.total;\n+cart?.total;');
  expect(pulls[0]?.body).toContain('npx mendwright prove mend/');
  expect(issues).toMatchObject([
    { body: expect.stringMatching(/### Branches that wait\n\n- `mend\/shop-1-.*pull\/1>/) },
  ]);

  const quiet = await tonight();
  expect(quiet.outcome).toBe('no-work (branch-created)');
  expect(double.writes()).toEqual([]);
  expect(quiet.told).toEqual([]);

  double.state.checks = 'green';
  const ready = await tonight();
  expect(ready.told).toEqual([expect.stringContaining('marked ready, since its checks are green')]);
  expect(pulls[0]?.draft).toBe(false);

  scratch.commit('Move on', { 'src/other.ts': 'other;\n' });
  const updated = await tonight();
  expect(updated.outcome).toBe('branch-updated (confirmed)');
  expect(pulls).toHaveLength(1);
  expect(pulls[0]).toMatchObject({ state: 'open', draft: false, commit: atRemote('rev-parse', NAME) });

  Object.assign(pulls[0] ?? {}, { state: 'closed', closedBy: 'jo', comments: ['The cart is never empty.'] });
  scratch.commit('Move on again', { 'src/other.ts': 'another;\n' });
  const tip = atRemote('rev-parse', NAME);
  const closed = await tonight();
  expect(closed.outcome).toBe('rejected-before (rejected-by-person)');
  expect(closed.detail).toMatch(/was closed by jo: “The cart is never empty\.”/);
  expect(issues[0]?.body).toMatch(/### Blocked\n\n- `SHOP-1`/);
  expect(issues[0]?.body).not.toContain('### Branches that wait');
  scratch.commit('Change what the patch does not rest on', { 'src/other.ts': 'a third;\n' });
  expect((await tonight()).outcome).toBe('rejected-before (rejected-by-person)');
  expect(double.writes()).toEqual([]);
  expect(atRemote('rev-parse', NAME)).toBe(tip);

  scratch.commit('Change the cart', { 'src/cart.ts': '// the cart\ncart.total;\n' });
  const again = await tonight();
  expect(again.outcome).toBe('branch-updated (confirmed)');
  expect(pulls).toMatchObject([{ state: 'closed' }, { state: 'open', draft: true, branch: NAME }]);

  // Squashed by a person who wrote it in other words: git alone cannot tell.
  const mergedAs = scratch.commit('Mend the cart otherwise', { 'src/cart.ts': '// the cart\n(cart ?? none).total;\n' });
  Object.assign(pulls[1] ?? {}, { state: 'merged', mergedAs });
  const merged = await tonight(false);
  expect(merged.outcome).toBe('fixed-on-base (merged)');
  expect(atRemote('branch', '--list', 'mend/*')).toBe('');
  expect(pulls).toHaveLength(2);
}, 300_000);

test('goes on, and says so, where the host refuses; the next night opens what is missing', async () => {
  using place = await ground();
  const { scratch, double, forge } = place;
  const tonight = (day: number) =>
    night({ dir: scratch.dir, push: 'origin', now: new Date(Date.UTC(2026, 0, day)), forge, red: [issueOf()] });
  double.trouble = () => Response.json({ message: `Bad credentials ${TOKEN}` }, { status: 401 });

  const refused = await tonight(1);

  expect(refused.outcomes).toMatchObject([{ result: 'branch-created' }]);
  expect(refused.warnings).toEqual([
    expect.stringMatching(/^Not done: the pull request of mend\/shop-1.*, and nothing else.*GITHUB_TOKEN/),
  ]);
  expect(JSON.stringify(refused)).not.toContain(TOKEN);
  double.trouble = undefined;
  const mended = await tonight(2);
  expect(mended.outcomes).toMatchObject([{ result: 'no-work' }]);
  expect(double.state.pulls).toMatchObject([
    { branch: NAME, body: expect.stringContaining('The commit says what was seen') },
  ]);
}, 120_000);

test('writes nothing to the host in a dry run, and says what it would', async () => {
  using place = await ground();
  const { scratch, double, forge } = place;
  const now = new Date('2026-01-01T00:00:00Z');

  const { told } = await night({ dir: scratch.dir, push: 'origin', now, forge, red: [issueOf()], dryRun: true });

  expect(told).toEqual([`${NAME}: would open a draft pull request at GitHub.`]);
  expect(double.writes()).toEqual([]);
  expect(double.state).toMatchObject({ pulls: [], issues: [] });
}, 60_000);

test('asks no host without a token, and none that is switched off', async () => {
  using place = await ground();
  const { scratch, double, forge } = place;
  const now = new Date('2026-01-01T00:00:00Z');

  const { told } = await night({
    dir: scratch.dir,
    push: 'origin',
    now,
    forge: { ...forge, env: {} },
    red: [issueOf()],
  });

  expect(told).toEqual([expect.stringMatching(/^No token in GITHUB_TOKEN or GH_TOKEN: .*mendwright publish/)]);
  expect(double.requests).toEqual([]);
}, 60_000);

test('a host that nobody configured ends no night by its plain address', async () => {
  using place = await ground();
  const { scratch, double } = place;
  scratch.git('remote', 'add', 'plain', 'http://gitea.localhost:9/acme/shop.git');
  const forge = { config: {}, env: { GITEA_TOKEN: TOKEN } };
  const script = {
    dir: scratch.dir,
    push: 'plain',
    now: new Date('2026-01-01T00:00:00Z'),
    forge,
    red: [],
    green: [PAYS],
  };

  const { warnings } = await night(script);

  expect(warnings).toContainEqual(expect.stringMatching(/^No pull requests: .* is plain http/));
  expect(double.requests).toEqual([]);
}, 60_000);

test('the publishing job opens what another job pushed, and writes people’s no into the ledger', async () => {
  using place = await ground();
  const { scratch, double, atRemote, forge, folder } = place;
  // The job that runs candidates: no remote to write to, no token.
  const { record } = await night({ dir: scratch.dir, now: new Date('2026-01-01T00:00:00Z'), red: [issueOf()] });
  scratch.git('push', '--quiet', 'origin', NAME, LEDGER_REF);
  const runs = [writeRun(folder, 'one', record)];
  const publish = (day: number, dryRun = false) =>
    publishRun({
      ...{ cwd: scratch.dir, runs, remote: 'origin', env: forge.env, dryRun, now: new Date(Date.UTC(2026, 0, day)) },
      publish: Config.shape.publish.parse({ forge: forge.config }),
      warn: (text) => expect.unreachable(text),
      line: () => undefined,
    });
  const everything = () => [scratch.git('for-each-ref'), atRemote('for-each-ref'), scratch.fingerprint()];

  const before = everything();
  const planned = await publish(1, true);
  expect(planned.branches).toMatchObject([{ branch: NAME, words: expect.stringContaining('would be opened') }]);
  expect(double.writes()).toEqual([]);
  expect(everything()).toEqual(before);

  const first = await publish(2);
  expect(first.branches).toMatchObject([{ branch: NAME, url: expect.stringMatching(/pull\/1$/) }]);
  expect(double.state.pulls).toMatchObject([
    { branch: NAME, draft: true, body: expect.stringContaining('| Evidence |') },
  ]);
  double.requests.length = 0;
  await publish(3);
  expect(double.writes()).toEqual([]);

  Object.assign(double.state.pulls[0] ?? {}, { state: 'closed', closedBy: 'jo' });
  const closed = await publish(4);
  expect(closed).toMatchObject({ closed: [NAME], branches: [] });
  expect(atRemote('ls-tree', '-r', '--name-only', LEDGER_REF)).toContain('rejections/');
  expect(atRemote('rev-parse', LEDGER_REF)).toBe(scratch.git('rev-parse', LEDGER_REF));
  // The next night reads it there, and asks no host.
  const next = await night({
    dir: scratch.dir,
    push: 'origin',
    now: new Date('2026-01-05T00:00:00Z'),
    red: [issueOf()],
  });
  expect(next.outcomes).toMatchObject([{ result: 'rejected-before', reason: 'rejected-by-person' }]);
  expect(double.violations).toEqual([]);
}, 120_000);

test('the publishing job says what is missing', async () => {
  using place = await ground();
  const { scratch, forge, folder } = place;
  const request = {
    ...{ cwd: scratch.dir, remote: 'origin', dryRun: false, now: new Date(0) },
    ...{ warn: () => undefined, line: () => undefined },
  };
  const publish = Config.shape.publish.parse({ forge: forge.config });
  const unknown = Config.shape.publish.parse({});

  await expect(publishRun({ ...request, publish, runs: [], env: {} })).rejects.toMatchObject({ code: 'forge-unknown' });
  await expect(publishRun({ ...request, publish: unknown, runs: [], env: forge.env })).rejects.toMatchObject({
    code: 'forge-unknown',
  });
  await expect(publishRun({ ...request, publish, runs: [folder], env: forge.env })).rejects.toMatchObject({
    code: 'run-unknown',
  });
});

function writeRun(folder: string, name: string, record: RunRecord): string {
  const dir = join(folder, name);
  mkdirSync(dir);
  writeFileSync(join(dir, 'record.json'), JSON.stringify(record));
  return dir;
}
