/** What Sentry knows of a release's commits leads a night to one of them; no browser runs. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { assembleNight } from '../../harness/assemble.ts';
import type { ErrorEvent } from '../../harness/model/red.ts';
import { sentryServer } from '../../harness/sentry-server/sentry-server.ts';
import { readSettings } from '../../harness/settings.ts';
import { collectIssues } from '../../harness/stages/collect-issues.ts';
import { localiseIssues } from '../../harness/stages/localise-issues.ts';
import { callApi } from '../contract/embedded.ts';
import { runOf, scenario } from '../ladder/scripted-trial.ts';
import { FAULTY, git, tinyApp } from './tiny-app.ts';

vi.setConfig({ testTimeout: 60_000 });
// It is looked for, but never started.
vi.stubEnv('MENDWRIGHT_CHROMIUM', process.execPath);

const made: string[] = [];
afterAll(() => {
  vi.unstubAllEnvs();
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

/** A commit rounds the sum; so many came after it that a night without a green one before it does not look that far. */
function app(): { dir: string; rounding: string; base: string } {
  const dir = tinyApp({ 'src/notes.mjs': 'export const notes = [];\n' });
  made.push(dir);
  const commit = (file: string, text: string, message: string): string => {
    writeFileSync(join(dir, file), text);
    git(dir, 'commit', '--quiet', '--all', '-m', message);
    return git(dir, 'rev-parse', 'HEAD');
  };
  const rounding = commit('src/total.mjs', FAULTY.replace('return sum', 'return Math.round(sum)'), 'Round the sum');
  for (let note = 1; note <= 12; note += 1)
    commit('src/notes.mjs', `export const notes = [${note}];\n`, `Note ${note}`);
  return { dir, rounding, base: git(dir, 'rev-parse', 'HEAD') };
}

/** As a deployment tells its Sentry, before the night. */
async function tellRelease(dir: string, version: string, commits: readonly { id: string; path: string }[]) {
  mkdirSync(join(dir, '.mendwright'), { recursive: true });
  const server = sentryServer({ file: join(dir, '.mendwright', 'sentry.db'), org: 'mendwright' });
  server.ensureProject({ slug: 'tiny', name: 'tiny' });
  const told = commits.map(({ id, path }) => ({ id, message: 'As told', patch_set: [{ path, type: 'M' }] }));
  const release = { version, projects: ['tiny'], commits: told };
  const answer = await callApi(server, 'POST', '/organizations/mendwright/releases/', release);
  server.close();
  return answer.status;
}

/** Errors of one request to the app at the base commit, as its stages see them. */
async function suspectsOf(dir: string) {
  const settings = await readSettings({ cwd: dir, config: undefined, flags: {}, env: {} });
  const night = await assembleNight({
    ...{ command: 'run', settings, dryRun: true, run: undefined, shard: undefined, shards: [], version: '0.0.0' },
    signal: AbortSignal.timeout(50_000),
    progress: { stage: () => undefined, update: () => undefined, line: () => undefined, warn: () => undefined },
  });
  try {
    const base = await night.tools.openBaseRun();
    try {
      // The address is known before the app answers there.
      const answer = await vi.waitUntil(() => fetch(base.url).catch(() => undefined), { timeout: 20_000 });
      let seen: readonly ErrorEvent[] = [];
      while (seen.length === 0) seen = await base.listErrorEvents((events) => events.length > 0);
      const eventIds = seen.map(({ eventId }) => eventId);
      const run = runOf(scenario('shows the cart'), { status: 'failed', eventIds });
      const { items, ingestion } = await collectIssues([run], base);
      const cases = items.map((issue) => ({ issue, throws: [] }));
      const none = { requestsOf: () => [], findTurn: async () => undefined };
      const { items: suspects } = await localiseIssues(cases, { ...night.tools.localise, ...none });
      return { status: answer.status, issues: items, suspects, ingestion, notes: night.tools.facts.notes };
    } finally {
      await base.close();
    }
  } finally {
    await night.close();
  }
}

test('a commit of the release that touched the frame’s file is named in the suspect’s reasons', async () => {
  const { dir, rounding, base } = app();
  const told = await tellRelease(dir, base, [
    { id: 'f'.repeat(40), path: 'src/total.mjs' }, // Of another repository.
    { id: rounding, path: 'src/total.mjs' },
    { id: base, path: 'src/notes.mjs' },
  ]);

  const { status, issues, suspects, ingestion, notes } = await suspectsOf(dir);

  expect([told, status, notes]).toEqual([201, 500, []]);
  expect(issues.map(({ suspectCommits }) => suspectCommits)).toEqual([['f'.repeat(40), rounding]]);
  expect(ingestion).toMatchObject({ events: 1, isHosted: false });
  const [first] = suspects;
  expect(first).toMatchObject({ file: 'src/total.mjs', line: 3, commit: { sha: rounding } });
  expect(first?.reasons).toContain(`Sentry suspects commit ${rounding.slice(0, 7)} “Round the sum”.`);
});

test('a release without commits leads to nobody', async () => {
  const { dir } = app();

  const { issues, suspects } = await suspectsOf(dir);

  expect(issues.map(({ suspectCommits }) => suspectCommits)).toEqual([undefined]);
  expect(suspects[0]).toMatchObject({ file: 'src/total.mjs', line: 3 });
  expect(suspects.flatMap(({ reasons }) => reasons).join(' ')).not.toContain('Sentry suspects');
});
