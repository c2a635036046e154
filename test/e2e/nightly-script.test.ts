/** The shell script that `init` writes, run as cron would: against a bare remote, twice; and what a shallow clone is told. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { writeProject } from '../../harness/cli/init/write-project.ts';
import { NightSummary } from '../../harness/report/json.ts';
import { git, mendwright, tinyApp } from './tiny-app.ts';

vi.setConfig({ testTimeout: 480_000 });

const ROOT = join(import.meta.dirname, '..', '..');
// A machine that is busy starts apps slowly.
const PATIENT =
  "export default { app: { start: 'node server.mjs', ready: '/ready', readySeconds: 120, sources: ['src/**'] } };\n";

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

test('the script pushes branch and ledger, and the next night in a shallow clone finds them', () => {
  const app = tinyApp({ 'mendwright.config.mjs': PATIENT });
  const remote = `${app}.git`;
  const [first, second] = [`${app}-first`, `${app}-second`];
  made.push(app, remote, first, second);
  const { written } = writeProject({ cwd: app, ci: 'script' });
  git(app, 'add', 'mendwright-nightly.sh');
  git(app, 'commit', '--quiet', '-m', 'Mend every night');
  execFileSync('git', ['clone', '--quiet', '--bare', app, remote]);
  execFileSync('git', ['clone', '--quiet', remote, first]);
  const env = {
    ...process.env,
    MENDWRIGHT: `${process.execPath} ${join(ROOT, 'harness', 'cli', 'main.ts')}`,
    npm_config_offline: 'true',
  };

  const night = spawnSync(join(first, 'mendwright-nightly.sh'), { env, encoding: 'utf8' });

  expect(written).toEqual(['mendwright-nightly.sh']);
  expect(night, night.stderr).toMatchObject({ status: 1 });
  const refs = git(remote, 'for-each-ref', '--format=%(refname)').split('\n');
  expect(refs).toEqual([
    'refs/heads/main',
    expect.stringMatching(/^refs\/heads\/mend\/tiny-1-/),
    'refs/mendwright/ledger',
  ]);
  const branch = git(remote, 'for-each-ref', 'refs/heads/mend/', '--format=%(refname:lstrip=2)');
  const tips = git(remote, 'for-each-ref', 'refs/heads/mend/', '--format=%(objectname)');

  execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${remote}`, second]);
  const again = spawnSync(join(second, 'mendwright-nightly.sh'), { env, encoding: 'utf8' });

  expect(again, again.stderr).toMatchObject({ status: 1 });
  expect(reportIn(second).issues).toEqual([
    expect.objectContaining({ shortId: 'TINY-1', result: 'no-work', reason: 'branch-created', branch }),
  ]);
  // Neither the script nor the packages leave anything in the checkout.
  expect(again.stdout).not.toContain('The checkout has changes');
  expect(git(second, 'rev-parse', '--is-shallow-repository')).toBe('false');
  expect(git(remote, 'for-each-ref', 'refs/heads/mend/', '--format=%(objectname)')).toBe(tips);
});

/** `report.json` of the only night in a clone. */
function reportIn(dir: string): NightSummary {
  const runs = join(dir, '.mendwright', 'runs');
  const [run = ''] = readdirSync(runs);
  return NightSummary.parse(JSON.parse(readFileSync(join(runs, run, 'report.json'), 'utf8')));
}

test('a night in a shallow clone says so, and how to mend it', async () => {
  const app = tinyApp({ 'server.mjs': 'process.exit(1);\n' });
  const shallow = `${app}-shallow`;
  made.push(app, shallow);
  git(app, 'commit', '--quiet', '--allow-empty', '-m', 'Second');
  execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${app}`, shallow]);

  const [whole, part] = [await mendwright(['run', '--cwd', app]), await mendwright(['run', '--cwd', shallow])];

  expect(whole.stderr).not.toContain('shallow');
  expect(part.stderr).toContain('The clone is shallow');
  expect(part.stderr).toContain('git fetch --unshallow');
});
