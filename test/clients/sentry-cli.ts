/** @sentry/cli: reads, changes issues, releases with commits and deploys, source maps, sends events and check-ins. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { clientFolder } from './client-folder.ts';
import { type CommandLine, commandLine } from './command-line.ts';
import type { Ground } from './ground.ts';
import { runCommand } from './run-command.ts';
import { type Seed, seed } from './seed.ts';
import type { Check, ClientTable } from './table.ts';

const RELEASE = 'web@2.0.0';

interface Session {
  readonly ground: Ground;
  readonly check: Check;
  readonly cli: CommandLine;
  readonly sown: Seed;
  readonly folder: string;
}

export async function sentryCli(ground: Ground, table: ClientTable): Promise<void> {
  const installed = clientFolder('@sentry/cli');
  if (installed === undefined) return table.skip('sentry-cli', 'not installed: node scripts/install-clients.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'mendwright-clients-'));
  try {
    const cli = commandLine(ground, [process.execPath, join(installed, 'bin', 'sentry-cli')], folder);
    const version = /\d+\.\d+\.\d+/.exec(await cli('--version'))?.[0];
    const sown = await seed(ground, 'sentry-cli-seed');
    const session = { ground, check: table.check(`sentry-cli@${version}`), cli, sown, folder };
    await reads(session);
    await changesIssues(session);
    await sends(session);
    await makesReleases(session);
    await uploadsSourceMaps(session);
    await removesReleases(session);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function reads({ ground, check, cli, sown }: Session): Promise<void> {
  const lists: readonly (readonly [string, RegExp])[] = [
    ['info', new RegExp(`Sentry Server: ${ground.url}.*User: .+@.*event:read`, 's')],
    ['organizations list', /\| 1 +\| acme +\| acme /],
    ['projects list', new RegExp(`\\| ${ground.projectId} +\\| ${ground.project} `)],
    ['issues list', new RegExp(`\\| ${sown.issueId} +\\| ${sown.shortId} +\\| TypeError: sentry-cli-seed failed`)],
    ['issues list --query is:unresolved', new RegExp(`\\| ${sown.shortId} `)],
    ['events list', new RegExp(dashed(sown.error))],
    ['repos list', /No repos found|\| Name/],
    ['monitors list', new RegExp(`\\| ${sown.monitor} `)],
    ['logs list', /sentry-cli-seed logs/],
  ];
  for (const [command, expected] of lists) {
    await check(command, async () => assert.match(await cli(...command.split(' ')), expected));
  }
}

async function changesIssues({ ground, check, cli, sown }: Session): Promise<void> {
  const changes: readonly (readonly [string, string])[] = [
    ['resolve', 'resolved'],
    ['unresolve', 'unresolved'],
    ['resolve --next-release', 'resolved'],
    ['mute', 'ignored'],
    ['unresolve', 'unresolved'],
  ];
  for (const [command, status] of changes) {
    await check(`issues ${command}`, async () => {
      await cli('issues', ...command.split(' '), '-i', sown.issueId);
      const path = `/organizations/${ground.org}/issues/${sown.issueId}/`;
      assert.equal((await ground.read(path, z.object({ status: z.string() }))).status, status);
    });
  }
}

async function sends({ ground, check, cli, folder }: Session): Promise<void> {
  const { org, project } = ground;
  await check('send-event', async () => {
    const printed = await cli(
      'send-event',
      '-m',
      'sent by %s',
      '-a',
      'hand',
      '-t',
      'shelf:7',
      '-r',
      RELEASE,
      '--no-environ',
    );
    const id = /Event id: (?<id>[\w-]+)/.exec(printed)?.groups?.id?.replaceAll('-', '');
    const shape = z.object({ title: z.string(), tags: z.array(z.object({ key: z.string(), value: z.string() })) });
    const event = await ground.read(`/projects/${org}/${project}/events/${id}/`, shape);
    assert.equal(event.title, 'sent by hand');
    assert.ok(event.tags.some(({ key, value }) => key === 'shelf' && value === '7'));
  });
  await check('send-envelope', async () => {
    const id = crypto.randomUUID().replaceAll('-', '');
    const event = { event_id: id, message: 'an envelope from a file', platform: 'other', level: 'warning' };
    const envelope = `${JSON.stringify({ event_id: id })}\n{"type":"event"}\n${JSON.stringify(event)}\n`;
    writeFileSync(join(folder, 'event.envelope'), envelope);
    await cli('send-envelope', 'event.envelope');
    const found = await ground.read(`/projects/${org}/${project}/events/${id}/`, z.object({ title: z.string() }));
    assert.equal(found.title, 'an envelope from a file');
  });
  for (const [slug, command, status] of [
    ['cli-good', 'process.exit(0)', 'ok'],
    ['cli-bad', 'process.exit(3)', 'error'],
  ] as const) {
    await check(`monitors run (${status})`, async () => {
      const run = cli('monitors', 'run', slug, '-s', '0 * * * *', '--', process.execPath, '-e', command);
      if (status === 'ok') await run;
      else await assert.rejects(run, /ended with 3/);
      const checkIns = await ground.read(
        `/organizations/${org}/monitors/${slug}/checkins/`,
        z.array(z.object({ status: z.string() })),
      );
      assert.deepEqual(checkIns, [{ status }]);
    });
  }
}

const Release = z.object({
  version: z.string(),
  dateReleased: z.string().nullable(),
  status: z.string(),
  commitCount: z.number(),
});

async function makesReleases({ ground, check, cli, folder }: Session): Promise<void> {
  const path = `/organizations/${ground.org}/releases/${encodeURIComponent(RELEASE)}/`;
  const release = (): Promise<z.infer<typeof Release>> => ground.read(path, Release);
  await makeRepository(folder);
  await check('releases new', async () => {
    await cli('releases', 'new', RELEASE);
    assert.equal((await release()).dateReleased, null);
  });
  await check('releases set-commits --local', async () => {
    await cli('releases', 'set-commits', RELEASE, '--local');
    const commits = await ground.read(`${path}commits/`, z.array(z.object({ message: z.string() })));
    assert.deepEqual(
      commits.map(({ message }) => message.trim()),
      ['Second', 'First'],
    );
  });
  await check('releases set-commits --auto', async () => {
    await cli('releases', 'set-commits', RELEASE, '--auto');
    assert.equal((await release()).commitCount, 2);
  });
  await check('releases finalize', async () => {
    await cli('releases', 'finalize', RELEASE);
    assert.match((await release()).dateReleased ?? '', /^20\d\d-/);
  });
  await check('releases list', async () => assert.match(await cli('releases', 'list'), /\| web@2\.0\.0 /));
  await check('releases info', async () => assert.match(await cli('releases', 'info', RELEASE), /\| web@2\.0\.0 /));
  await check('deploys new', async () => {
    await cli('deploys', 'new', '-r', RELEASE, '-e', 'staging', '-n', 'by hand', '-t', '60');
    const deploys = await ground.read(
      `${path}deploys/`,
      z.array(z.object({ environment: z.string(), name: z.string() })),
    );
    assert.deepEqual(deploys, [{ environment: 'staging', name: 'by hand' }]);
  });
  await check('deploys list', async () =>
    assert.match(await cli('deploys', 'list', '-r', RELEASE), /staging.*by hand/s),
  );
}

async function makeRepository(folder: string): Promise<void> {
  const git = async (...args: string[]): Promise<void> => {
    const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];
    const { code, stderr } = await runCommand(['git', ...identity, ...args], { cwd: folder });
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  };
  await git('init', '--quiet');
  await git('remote', 'add', 'origin', 'https://example.org/acme/web.git');
  for (const name of ['First', 'Second']) {
    writeFileSync(join(folder, `${name}.txt`), name);
    await git('add', `${name}.txt`);
    await git('commit', '--quiet', '--message', name);
  }
}

async function uploadsSourceMaps({ ground, check, cli, folder }: Session): Promise<void> {
  const dist = join(folder, 'dist');
  const script = join(dist, 'cart.js');
  mkdirSync(dist);
  writeFileSync(script, 'function t(e){throw new Error(e)}t("mapped");\n//# sourceMappingURL=cart.js.map\n');
  const source = 'function total(order) {\n  throw new Error(order);\n}\ntotal("mapped");\n';
  // Column 14 of the only line, the throw, comes from line 2, column 2 of the source.
  const map = {
    version: 3,
    file: 'cart.js',
    sources: ['cart.ts'],
    sourcesContent: [source],
    names: [],
    mappings: 'AAAA,cACE',
  };
  writeFileSync(`${script}.map`, JSON.stringify(map));
  await check('sourcemaps inject', async () => {
    await cli('sourcemaps', 'inject', 'dist');
    assert.match(readFileSync(script, 'utf8'), /debugId=[\w-]{36}/);
  });
  await check('sourcemaps upload', async () => {
    await cli('sourcemaps', 'upload', '-r', RELEASE, '--wait', 'dist');
    const debugId = /debugId=(?<id>[\w-]{36})/.exec(readFileSync(script, 'utf8'))?.groups?.id ?? '';
    assert.deepEqual(await mappedFrame(ground, debugId, readFileSync(script, 'utf8')), {
      filename: 'cart.ts',
      lineNo: 2,
      line: '  throw new Error(order);',
    });
  });
}

const Mapped = z.object({
  entries: z.array(
    z.object({
      type: z.string(),
      data: z.object({
        values: z
          .array(
            z.object({
              stacktrace: z
                .object({
                  frames: z.array(
                    z.object({
                      filename: z.string().nullable(),
                      lineNo: z.number().nullable(),
                      context: z.array(z.tuple([z.number(), z.string()])),
                    }),
                  ),
                })
                .nullish(),
            }),
          )
          .optional(),
      }),
    }),
  ),
});

/** Sends an error of the minified script, as a browser with the debug id would, and reads its frame back. */
async function mappedFrame(ground: Ground, debugId: string, script: string) {
  const id = crypto.randomUUID().replaceAll('-', '');
  const url = 'https://shop.example.org/cart.js';
  const lines = script.split('\n');
  const lineno = lines.findIndex((line) => line.startsWith('function t(e)') || line.includes('function t(e)')) + 1;
  const colno = (lines[lineno - 1]?.indexOf('throw') ?? 0) + 1;
  const frames = [{ filename: url, abs_path: url, function: 't', lineno, colno, in_app: true }];
  const event = {
    event_id: id,
    platform: 'javascript',
    release: RELEASE,
    exception: { values: [{ type: 'Error', value: 'mapped', stacktrace: { frames } }] },
    debug_meta: { images: [{ type: 'sourcemap', code_file: url, debug_id: debugId }] },
  };
  const key = new URL(ground.dsn).username;
  const body = `${JSON.stringify({ event_id: id })}\n{"type":"event"}\n${JSON.stringify(event)}\n`;
  await fetch(`${ground.url}/api/${ground.projectId}/envelope/?sentry_key=${key}`, { method: 'POST', body });
  const { entries } = await ground.read(`/projects/${ground.org}/${ground.project}/events/${id}/`, Mapped);
  const frame = entries.find(({ type }) => type === 'exception')?.data.values?.[0]?.stacktrace?.frames[0];
  const line = frame?.context.find(([number]) => number === frame.lineNo)?.[1];
  return { filename: frame?.filename?.split('/').at(-1), lineNo: frame?.lineNo, line };
}

async function removesReleases({ ground, check, cli }: Session): Promise<void> {
  const path = `/organizations/${ground.org}/releases/${encodeURIComponent(RELEASE)}/`;
  for (const [command, status] of [
    ['archive', 'archived'],
    ['restore', 'open'],
  ] as const) {
    await check(`releases ${command}`, async () => {
      await cli('releases', command, RELEASE);
      assert.equal((await ground.read(path, Release)).status, status);
    });
  }
  await check('releases delete', async () => {
    await cli('releases', 'new', 'web@0.0.1');
    assert.match(await cli('releases', 'delete', 'web@0.0.1'), /Deleted release/);
    assert.doesNotMatch(await cli('releases', 'list'), /web@0\.0\.1/);
  });
}

function dashed(id: string): string {
  return id.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}
