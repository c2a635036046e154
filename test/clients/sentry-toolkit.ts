/** The newer `sentry` command line: what it lists, shows and changes. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { clientFolder } from './client-folder.ts';
import { type CommandLine, commandLine } from './command-line.ts';
import type { Ground } from './ground.ts';
import { type Seed, seed } from './seed.ts';
import type { Check, ClientTable } from './table.ts';

export async function sentryToolkit(ground: Ground, table: ClientTable): Promise<void> {
  const installed = clientFolder('sentry');
  if (installed === undefined) return table.skip('sentry', 'not installed: node scripts/install-clients.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'mendwright-clients-'));
  try {
    const cli = commandLine(ground, [process.execPath, join(installed, 'dist', 'bin.cjs')], folder);
    const version = /\d+\.\d+\.\d+/.exec(await cli('--version'))?.[0];
    const check = table.check(`sentry@${version}`);
    const sown = await seed(ground, 'sentry-seed');
    for (const [args, expected, limit] of reads(ground, sown)) {
      const operation = args.slice(0, 2).join(' ');
      await check(operation, async () => assert.match(await cli(...args), expected), limit);
    }
    for (const [operation, status] of statuses) {
      await check(`issue ${operation}`, async () => {
        await cli('issue', operation, sown.shortId);
        const path = `/organizations/${ground.org}/issues/${sown.issueId}/`;
        assert.equal((await ground.read(path, z.object({ status: z.string() }))).status, status);
      });
    }
    await makesReleases(ground, check, cli);
    await check('event send', async () => {
      const printed = await cli('event', 'send', '-m', 'sent by the toolkit', `${ground.org}/${ground.project}`);
      const id = /[0-9a-f]{32}/.exec(printed.replaceAll('-', ''))?.[0];
      const path = `/projects/${ground.org}/${ground.project}/events/${id}/`;
      assert.equal((await ground.read(path, z.object({ title: z.string() }))).title, 'sent by the toolkit');
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Expectation = readonly [args: readonly string[], printed: RegExp, limit?: string];

const NO_SEER = 'Seer is Sentry’s own: an analysis is refused with 403.';

function reads({ org, project, dsn, url }: Ground, sown: Seed): readonly Expectation[] {
  const target = `${org}/${project}`;
  return [
    [['info'], new RegExp(`Sentry Server: ${url}.*Verified: yes`, 's')],
    [['auth', 'whoami'], /mendwright/],
    [['org', 'list'], /acme/],
    [['org', 'view', org], /Slug +│ acme/],
    [['project', 'list', `${org}/`], new RegExp(project)],
    [['project', 'view', target], new RegExp(`Slug +│ ${project}`)],
    [['team', 'list', `${org}/`], /TEAM|NAME|SLUG|No teams/i],
    [['repo', 'list', `${org}/`], /REPO|NAME|No repositories/i],
    [['dsn', 'list', target], new RegExp(dsn)],
    [['issue', 'list', target], new RegExp(sown.shortId)],
    [['issue', 'view', sown.shortId], new RegExp(`${sown.shortId}: TypeError: sentry-seed failed`)],
    [['issue', 'events', sown.shortId], new RegExp(sown.error)],
    [['issue', 'tags', sown.shortId, 'client'], /sentry-seed/],
    [
      ['event', 'view', `${target}/${sown.error}`],
      new RegExp(`Event ID +│ ${sown.error}.*sentry\\.javascript\\.node`, 's'),
    ],
    [['event', 'list', sown.shortId], new RegExp(sown.error)],
    [['trace', 'view', `${target}/${sown.trace}`], /sentry-seed work/],
    [['trace', 'list', target], /sentry-seed work/],
    // Its table breaks the message in two.
    [['trace', 'logs', `${target}/${sown.trace}`], /sentry-seed.*logs/s],
    [['span', 'list', target, '--json'], /sentry-seed part/],
    [['log', 'list', target], /sentry-seed logs/],
    [['explore', target], /TypeError: sentry-seed failed/],
    [['monitor', 'list', target], new RegExp(sown.monitor)],
    [['replay', 'list', target], new RegExp(sown.replay.slice(0, 8))],
    [['replay', 'view', `${org}/${sown.replay}`], new RegExp(sown.replay.slice(0, 8))],
    [['feedback', 'list', target], /sentry-seed is slow/],
    [['release', 'list', target], /sentry-seed/],
    [['release', 'view', `${org}/sentry-seed`], /Version +│ sentry-seed/],
    [['api', 'organizations/'], /"slug": "acme"/],
    [['schema', 'issues'], /organizations\/\{organization_id_or_slug\}\/issues\//],
    [['issue', 'explain', sown.shortId], /root cause/i, NO_SEER],
    [['issue', 'plan', sown.shortId], /plan/i, NO_SEER],
  ];
}

const statuses = [
  ['resolve', 'resolved'],
  ['unresolve', 'unresolved'],
  ['archive', 'ignored'],
  ['unresolve', 'unresolved'],
] as const;

const Release = z.object({ dateReleased: z.string().nullable(), status: z.string() });
const Deploys = z.array(z.object({ environment: z.string(), name: z.string() }));

async function makesReleases(ground: Ground, check: Check, cli: CommandLine): Promise<void> {
  const release = `${ground.org}/toolkit-1.0.0`;
  const path = `/organizations/${ground.org}/releases/toolkit-1.0.0/`;
  const read = (): Promise<z.infer<typeof Release>> => ground.read(path, Release);
  await check('release create', async () => {
    await cli('release', 'create', release, '--project', ground.project);
    assert.equal((await read()).dateReleased, null);
  });
  await check('release deploy', async () => {
    await cli('release', 'deploy', release, 'staging', 'by-hand');
    assert.deepEqual(await ground.read(`${path}deploys/`, Deploys), [{ environment: 'staging', name: 'by-hand' }]);
  });
  await check('release deploys', async () =>
    assert.match(await cli('release', 'deploys', release), /staging.*by-hand/s),
  );
  await check('release finalize', async () => {
    await cli('release', 'finalize', release);
    assert.match((await read()).dateReleased ?? '', /^20\d\d-/);
  });
  for (const [command, status] of [
    ['archive', 'archived'],
    ['restore', 'open'],
  ] as const) {
    await check(`release ${command}`, async () => {
      await cli('release', command, release);
      assert.equal((await read()).status, status);
    });
  }
  await check('release delete', async () => {
    await cli('release', 'delete', release, '--yes');
    assert.doesNotMatch(await cli('release', 'list', `${ground.org}/`, '--fresh'), /toolkit-1\.0\.0/);
  });
}
