import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Failure } from './model/failure.ts';
import { readSettings } from './settings.ts';

function folderWith(config: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'settings-'));
  writeFileSync(join(dir, 'mendwright.config.mjs'), config);
  return dir;
}

async function failureOf(config: string, flags: Record<string, unknown> = {}): Promise<Failure> {
  const cwd = folderWith(config);
  const failure = await readSettings({ cwd, flags, env: {} }).catch((error: unknown) => error);
  if (!(failure instanceof Failure)) throw new Error(`expected a Failure, got ${String(failure)}`);
  return failure;
}

const SMALL = "export default { app: { start: 'node server.js', sources: ['src/**'] } }";

test('fills in every default from app.start and app.sources alone', async () => {
  const settings = await readSettings({ cwd: folderWith(SMALL), flags: {}, env: {} });

  expect(settings).toMatchObject({
    app: { start: 'node server.js', url: 'http://127.0.0.1:$PORT', ready: '/', root: '.', env: {} },
    scenarios: { config: 'playwright.config.ts' },
    checks: [],
    sentry: 'embedded',
    fixers: { use: ['builtin'], paths: [], budget: { candidates: 200, minutes: 10 } },
    publish: {
      ...{ branchPrefix: 'mend/', base: 'HEAD', maxBranches: 5, maxOpen: 20, push: false },
      forge: { labels: ['mendwright'], dashboard: true },
    },
  });
});

test('keeps what is muted as patterns: a text stands for itself', async () => {
  const config = SMALL.replace('} }', "}, scenarios: { mute: ['ads (beta)', /chat-\\d+/i] } }");

  const settings = await readSettings({ cwd: folderWith(config), flags: {}, env: {} });

  expect(settings.scenarios.mute).toEqual(['ads \\(beta\\)', 'chat-\\d+']);
});

test('lets a flag win over the environment, and that over the file', async () => {
  const cwd = folderWith(SMALL.replace('} }', "}, publish: { base: 'main', maxBranches: 9 } }"));

  const settings = await readSettings({
    cwd,
    flags: { 'publish.base': 'release' },
    env: { MENDWRIGHT_BASE: 'develop', MENDWRIGHT_MAX_BRANCHES: '2' },
  });

  expect(settings.publish).toMatchObject({ base: 'release', maxBranches: 2 });
});

test.each([
  ['an unknown key at the top', SMALL.replace('app:', 'ap: 1, app:'), 'config-unknown-key', /unknown key: ap\b/],
  ['an unknown key inside', SMALL.replace('start:', "strat: 'x', start:"), 'config-unknown-key', /app\.strat/],
  ['a missing command', "export default { app: { sources: ['src/**'] } }", 'config-wrong', /app\.start is missing/],
  ['an empty command', SMALL.replace('node server.js', ' '), 'config-wrong', /app\.start/],
  ['a wrong type', SMALL.replace("['src/**']", "'src/**'"), 'config-wrong', /app\.sources/],
  [
    'an unknown key of a remote Sentry',
    SMALL.replace('} }', "}, sentry: { url: 'https://de.sentry.io', org: 'a', project: 'b', tokn: 'c', token: 'd' } }"),
    'config-unknown-key',
    /sentry\.tokn/,
  ],
  [
    'a token that is not set',
    SMALL.replace('} }', "}, sentry: { url: 'https://de.sentry.io', org: 'a', project: 'b', token: undefined } }"),
    'config-wrong',
    /sentry\.token.*environment/,
  ],
  [
    'an unknown key of the code host',
    SMALL.replace('} }', "}, publish: { forge: { kind: 'github', tokn: 'SHOP_TOKEN' } } }"),
    'config-unknown-key',
    /publish\.forge\.tokn/,
  ],
  [
    'a token of the code host in place of its variable’s name',
    SMALL.replace('} }', "}, publish: { forge: { token: 'ghp_s3cret' } } }"),
    'config-wrong',
    /publish\.forge\.token is wrong: must be the name of an environment variable that holds the token/,
  ],
  [
    'an address of the code host with a password',
    SMALL.replace('} }', "}, publish: { forge: { url: 'https://jo:s3cret@git.example' } } }"),
    'config-wrong',
    /publish\.forge\.url.*without name, password/,
  ],
  ['no default export', 'export const config = {};', 'config-without-default', /default export/],
  ['a syntax error', 'export default {', 'config-does-not-load', /cannot be loaded/],
])('names the key for %s', async (_, config, code, message) => {
  const failure = await failureOf(config);

  expect(failure).toMatchObject({ kind: 'usage', code });
  expect(failure.message).toMatch(message);
});

test('says how to get a configuration where there is none', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'settings-'));

  const failure: unknown = await readSettings({ cwd, flags: {}, env: {} }).catch((error: unknown) => error);

  expect(failure).toMatchObject({ code: 'config-missing', hint: expect.stringContaining('mendwright init') });
});
