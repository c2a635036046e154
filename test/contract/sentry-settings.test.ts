/** What a user is told whose `sentry` settings are wrong: from the configuration file to the link, on a loopback port. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { listenLocally } from '../../harness/adapters/app/listen-locally.ts';
import { makeIdentity } from '../../harness/adapters/relay/open-relay.ts';
import { linkSentry } from '../../harness/assembly/sentry-link.ts';
import { Failure } from '../../harness/model/failure.ts';
import { readSettings } from '../../harness/settings.ts';
import { mendwright, tinyApp } from '../e2e/tiny-app.ts';
import { fakeClock } from './embedded.ts';
import { ALL_SCOPES, type Double, type DoubleOptions, doubled, ORG, PROJECT, SECRET } from './sentry-double.ts';

const TOKEN = `sntryi_${SECRET}`;
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function knowingToken(options: DoubleOptions = {}): Promise<Double> {
  return doubled({ tokens: { [TOKEN]: ALL_SCOPES }, ...options });
}

function configOf(sentry: Readonly<Record<string, unknown>>): string {
  const written = { org: ORG, project: PROJECT, token: TOKEN, ...sentry };
  return `export default { app: { start: 'node server.mjs', sources: ['src/**'] }, sentry: ${JSON.stringify(written)} };\n`;
}

/** Settings from a file, and the link that a night would make with them. */
async function link(sentry: Readonly<Record<string, unknown>>) {
  const cwd = mkdtempSync(join(tmpdir(), 'mendwright-settings-'));
  closing.push(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, 'mendwright.config.mjs'), configOf(sentry));
  const settings = await readSettings({ cwd, flags: {}, env: {} });
  const { signal } = new AbortController();
  const home = join(cwd, '.mendwright');
  return linkSentry({ sentry: settings.sentry, home, appName: 'shop', signal, clock: fakeClock() });
}

async function failureOf(sentry: Readonly<Record<string, unknown>>): Promise<Failure> {
  const failure = await link(sentry).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof Failure)) throw new Error(`expected a Failure, got ${String(failure)}`);
  expect(`${failure.stack} ${failure.hint}`.includes(SECRET)).toBe(false);
  return failure;
}

/** Listens, and says nothing that a Sentry would say. */
async function listening(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer(onConnection);
  closing.push(() => server.close());
  return listenLocally(server);
}

describe('right settings', () => {
  test('give the DSN, ask each thing once, and prove every scope of reading', async () => {
    const double = await knowingToken();

    const { dsn } = await link({ url: double.url });

    expect(dsn).toBe('https://abc@o1.ingest.sentry.test/4');
    expect(double.heard.map(({ path }) => path).sort()).toEqual([
      '/organizations/acme/events/',
      '/organizations/acme/issues/',
      '/projects/acme/shop/',
      '/projects/acme/shop/keys/',
    ]);
  });

  test('with a DSN do not ask for it; a token may have white space around it', async () => {
    const double = await knowingToken();

    const { dsn } = await link({ url: `${double.url}/`, dsn: 'https://other@sentry.test/9', token: ` ${TOKEN}\n` });

    expect(dsn).toBe('https://other@sentry.test/9');
    expect(double.heard.map(({ path }) => path)).not.toContain('/projects/acme/shop/keys/');
  });
});

describe('wrong settings', () => {
  test.each<[string, Readonly<Record<string, unknown>>, string, RegExp, RegExp]>([
    [
      'a token that was revoked',
      { token: `sntryi_${'f'.repeat(64)}` },
      'sentry-refused-token',
      /Sentry answered 401 \(Invalid token\) to GET \/projects\/acme\/shop\/: it does not accept the token\./,
      /SENTRY_AUTH_TOKEN: the integration token may have been revoked.*org:read, project:read, event:read/,
    ],
    [
      'an organisation token',
      { token: `sntrys_e30=_${'k'.repeat(43)}` },
      'sentry-token-cannot-read',
      /organisation token \(sntrys_…\).*not read issues/,
      /internal integration/,
    ],
    [
      'a DSN as the token',
      { token: 'https://abc@o1.ingest.sentry.io/4' },
      'sentry-token-malformed',
      /cannot be a token/,
      /no DSN/,
    ],
    [
      'an organisation that is not there',
      { org: 'acne' },
      'sentry-unknown-organisation',
      /has no organisation acne\./,
      /Check sentry\.org.* The token sees acme\./,
    ],
    [
      'a project that is not there',
      { project: 'shpo' },
      'sentry-unknown-project',
      /has no project shpo in the organisation acme\./,
      /Check sentry\.project.* The token sees shop, api\./,
    ],
  ])('%s', async (_, sentry, code, message, hint) => {
    const { url } = await knowingToken();

    const failure = await failureOf({ url, ...sentry });

    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    expect(failure.hint).toMatch(hint);
  });

  test.each([
    ['project:read', 'find the project'],
    ['event:read', 'list the issues'],
    ['org:read', 'list the error events'],
  ])('a token without %s is told before anything is started', async (scope, does) => {
    const held = ALL_SCOPES.filter((one) => one !== scope && one.replace('write', 'read') !== scope);
    const { url } = await knowingToken({ tokens: { [TOKEN]: held } });

    const failure = await failureOf({ url });

    expect(failure).toMatchObject({ kind: 'upstream', code: 'sentry-missing-scope' });
    expect(failure.message).toContain(`lacks the scope ${scope}, without which it may not ${does}.`);
    expect(failure.hint).toContain(`It has ${[...held].sort().join(', ')}.`);
  });

  test('names of strangers in a list of projects are bounded', async () => {
    const projects = Array.from({ length: 40 }, (_, number) => ({ slug: `project-${number}` }));
    const { url } = await knowingToken({
      answer: ({ path }, response) => {
        if (!path.endsWith('/projects/')) return false;
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(projects));
        return true;
      },
    });

    expect((await failureOf({ url, project: 'nope' })).hint).toMatch(/The token sees project-0, .*project-9, …\.$/);
  });

  test.each([
    ['an address without a scheme', 'sentry.io'],
    ['another scheme', 'ftp://sentry.io'],
    ['a password in the address', `https://me:${SECRET}@sentry.corp`],
    ['a token in the address', `https://sentry.corp/?token=${SECRET}`],
  ])('%s is told with its key', async (_, url) => {
    const failure = await failureOf({ url });

    expect(failure).toMatchObject({ kind: 'usage', code: 'config-wrong' });
    expect(failure.message).toMatch(/sentry\.url is wrong: must be an/);
  });

  test('a token that is not set is told with its key', async () => {
    expect((await failureOf({ url: 'https://sentry.io', token: ' ' })).message).toMatch(
      /sentry\.token is wrong: must be a token; is the environment variable set\?/,
    );
  });
});

describe('no Sentry to be reached', () => {
  test('where nothing listens', async () => {
    const double = await knowingToken();
    const { url } = double;
    await double.close();
    closing.pop();

    const failure = await failureOf({ url });

    expect(failure).toMatchObject({ kind: 'upstream', code: 'sentry-unreachable' });
    expect(failure.message).toBe(`Sentry at ${url} cannot be reached: nothing listens there.`);
    expect(failure.hint).toMatch(/host and port/);
  });

  test('where the name is not known', async () => {
    const failure = await failureOf({ url: 'http://sentry.invalid' });

    expect(failure.code).toBe('sentry-unreachable');
    expect(failure.message).toMatch(/Sentry at http:\/\/sentry\.invalid cannot be reached/);
    expect(failure.hint).toMatch(/sentry\.url.*HTTPS_PROXY/);
  });

  test('behind a certificate that nobody vouches for, at the first try', async () => {
    const double = await knowingToken({ tls: await makeIdentity() });

    const failure = await failureOf({ url: double.url });

    expect(failure.code).toBe('sentry-untrusted-certificate');
    expect(failure.message).toBe(`Sentry at ${double.url} shows a certificate that this machine does not trust.`);
    expect(failure.hint).toMatch(/NODE_EXTRA_CA_CERTS=/);
    expect(double.heard).toEqual([]);
  });

  test('by TLS where there is none', async () => {
    const { url } = await knowingToken();

    const failure = await failureOf({ url: url.replace('http:', 'https:') });

    expect(failure.message).toMatch(/does not speak TLS\.$/);
    expect(failure.hint).toMatch(/http:\/\//);
  });

  test('where connections are cut', async () => {
    const port = await listening((socket) => socket.destroy());

    const failure = await failureOf({ url: `http://127.0.0.1:${port}` });

    expect(failure.message).toMatch(/cuts the connection\.$/);
  });

  test('at a login page', async () => {
    const { url } = await knowingToken({
      answer: (_, response) => {
        response.writeHead(302, { location: '/login?state=geheim' }).end();
        return true;
      },
    });

    const failure = await failureOf({ url });

    expect(failure.code).toBe('sentry-redirected');
    expect(failure.message).toContain(`${url}/login.`);
    expect(failure.hint).toMatch(/login page/);
  });
});

/** All that a run left behind, as text. */
function leftIn(dir: string): string {
  if (!existsSync(dir)) return '';
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')).join('\n');
}

/** A certificate that names the address, and the file of whoever vouches for it: itself. */
async function certificate() {
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'sentry' }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const dir = mkdtempSync(join(tmpdir(), 'mendwright-ca-'));
  closing.push(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'ca.pem');
  writeFileSync(file, made.cert);
  return { tls: { key: made.private, cert: made.cert }, file };
}

async function run(config: string, env: Readonly<Record<string, string>> = {}) {
  const dir = tinyApp({ 'mendwright.config.mjs': config });
  closing.push(() => rmSync(dir, { recursive: true, force: true }));
  const ended = await mendwright(['run', '--cwd', dir], {
    NODE_DEBUG: 'http,net,tls,fetch,undici',
    NO_COLOR: '1',
    ...env,
  });
  const printed = `${ended.stdout}${ended.stderr}`;
  expect([printed, leftIn(join(dir, '.mendwright'))].map((text) => text.includes(SECRET))).toEqual([false, false]);
  expect(existsSync(join(dir, '.mendwright', 'worktrees', 'base'))).toBe(false);
  return ended;
}

describe('the command line', { timeout: 240_000 }, () => {
  test('tells of a token without a scope once, with the next step, and of no token', async () => {
    const { url } = await knowingToken({ tokens: { [TOKEN]: ['org:read', 'project:read'] } });

    const { code, stdout, stderr } = await run(configOf({ url }));

    expect([code, stdout]).toEqual([3, '']);
    expect(stderr.match(/^✖ .*\n.*/gm)).toEqual([
      '✖ Sentry answered 403 (You do not have permission to perform this action.) to GET /organizations/acme/issues/: the token lacks the scope event:read, without which it may not list the issues. (sentry-missing-scope)\n' +
        '  Add it to the permissions of the internal integration; a night needs org:read, project:read, event:read and event:write (docs/sentry.md). It has org:read, project:read.',
    ]);
  });

  test('trusts the certificate that NODE_EXTRA_CA_CERTS names, as the message says', async () => {
    const { tls, file } = await certificate();
    const double = await knowingToken({ tls, tokens: {} });

    const { code, stderr } = await run(configOf({ url: double.url }), { NODE_EXTRA_CA_CERTS: file });

    expect(code).toBe(3);
    expect(stderr).toMatch(/^✖ Sentry answered 401 .*\(sentry-refused-token\)\n {2}Check SENTRY_AUTH_TOKEN/m);
  });
});
