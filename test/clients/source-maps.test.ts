/**
 * sentry-cli injects debug ids and uploads source maps, @sentry/node sends what really was thrown in the minified app, and
 * the embedded Sentry shows the sources. Needs sentry-cli below `.demo/clients`; without it the test says so and is skipped.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { listenSentry } from '../../harness/sentry-server/listen.ts';
import { type SentryServer, sentryServer } from '../../harness/sentry-server/sentry-server.ts';
import type { Listening } from '../../harness/web/listen.ts';
import { buildApp, type MinifiedApp } from '../contract/minified-app.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CLI = join(ROOT, '.demo', 'clients', 'node_modules', '.bin', 'sentry-cli');
const HOME = mkdtempSync(join(tmpdir(), 'sentry-cli-'));
const TOKEN = 'sntryu_of-the-clients';
const PATIENCE = 120_000;

const run = promisify(execFile);

const Frame = z.object({
  filename: z.string(),
  function: z.string(),
  lineNo: z.number(),
  context: z.array(z.tuple([z.number(), z.string()])),
});
const Stack = z.object({ frames: z.array(Frame) });
const Thrown = z.object({
  type: z.literal('exception'),
  data: z.object({ values: z.array(z.object({ stacktrace: Stack, rawStacktrace: Stack })) }),
});
const Event = z.object({
  groupID: z.string(),
  culprit: z.string(),
  errors: z.array(z.unknown()),
  entries: z.tuple([Thrown], z.unknown()),
});

let server: SentryServer;
let listening: Listening;
const apps: MinifiedApp[] = [];

const hasCli = existsSync(CLI);
if (!hasCli)
  process.stderr.write(
    `sentry-cli is not at ${CLI}: source maps are not tested with it. npm run test:clients brings it.\n`,
  );

beforeAll(async () => {
  server = sentryServer({ org: 'acme', token: TOKEN });
  server.ensureProject({ slug: 'web' });
  listening = await listenSentry(server);
  if (!hasCli) return;
  for (const version of ['first', 'second'] as const) {
    apps.push(await buildApp({ home: HOME, version, hasDebugIds: false }));
  }
}, PATIENCE);

afterAll(async () => {
  await listening.close();
  server.close();
  rmSync(HOME, { recursive: true, force: true });
});

async function cli(...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, HOME, SENTRY_URL: listening.url, SENTRY_AUTH_TOKEN: TOKEN };
  const { stdout, stderr } = await run(CLI, ['sourcemaps', ...args], {
    cwd: HOME,
    env: { ...env, SENTRY_ORG: 'acme', SENTRY_PROJECT: 'web', NO_COLOR: '1' },
  });
  return stdout + stderr;
}

/** Throws in the app and sends the error as an app would. Returns the event's id. */
async function sendFrom({ script }: MinifiedApp): Promise<string> {
  const code = `import * as Sentry from '@sentry/node';
    Sentry.init({ dsn: ${JSON.stringify(server.dsn('web', listening.url))} });
    const app = await import(${JSON.stringify(pathToFileURL(script).href)});
    const error = await app.checkOut('Ada').catch((error) => error);
    console.log(Sentry.captureException(error));
    await Sentry.flush(20_000);`;
  const env = { ...process.env, NODE_OPTIONS: '' };
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { cwd: ROOT, env });
  return stdout.trim();
}

async function shown(id: string): Promise<z.infer<typeof Event>> {
  const url = `${listening.url}/api/0/projects/acme/web/events/${id}/`;
  return Event.parse(await (await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } })).json());
}

describe.runIf(hasCli)('sentry-cli and @sentry/node', () => {
  test('lead from two minified builds to one issue at its sources', { timeout: PATIENCE }, async () => {
    const events: z.infer<typeof Event>[] = [];
    for (const app of apps) {
      await cli('inject', app.folder);
      expect(await cli('upload', '--wait', app.folder)).toContain('File processing complete');
      events.push(await shown(await sendFrom(app)));
    }

    for (const { entries, culprit } of events) {
      const frames = entries[0].data.values[0]?.stacktrace.frames.slice(-3) ?? [];
      expect(frames.map((frame) => [frame.filename, frame.function])).toEqual([
        ['../src/main.ts', 'checkOut'],
        ['../src/main.ts', 'Checkout.pay'],
        ['../src/cart.ts', 'totalOf'],
      ]);
      const last = frames.at(-1);
      expect(last?.lineNo).toBe(9);
      expect(Object.fromEntries(last?.context ?? [])[9]).toBe(
        '  return lines.reduce((sum, line) => sum + line.price * line.count, 0);',
      );
      expect(culprit).toMatch(/^totalOf\(/);
    }
    const minified = events.map(({ entries }) => entries[0].data.values[0]?.rawStacktrace.frames.at(-1)?.function);
    expect(new Set(minified).size).toBe(2);
    expect(new Set(events.map(({ groupID }) => groupID)).size).toBe(1);
  });

  test('upload a bundle once: the second time the server has it', { timeout: PATIENCE }, async () => {
    const [app] = apps;
    if (app === undefined) throw new Error('the app was not built');
    const upload = () => cli('upload', '--release', 'web@1', '--dist', 'node', '--wait', app.folder);
    await upload();

    const again = await upload();

    const url = `${listening.url}/api/0/projects/acme/web/files/artifact-bundles/`;
    const bundles = z
      .array(z.object({ associations: z.array(z.unknown()), fileCount: z.number() }))
      .parse(await (await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } })).json());
    expect(again).toContain('File processing complete');
    expect(bundles.filter(({ associations }) => associations.length > 0)).toEqual([
      { associations: [{ release: 'web@1', dist: 'node' }], fileCount: 2 },
    ]);
  });
});
