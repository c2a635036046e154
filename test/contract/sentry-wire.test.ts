/** The embedded Sentry over a real port: real SDKs, the harness's own reports, and a process that is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { reportFinding } from '../../harness/adapters/sentry/report-finding.ts';
import { startSelfReport } from '../../harness/adapters/sentry/self-report.ts';
import { sentryClient } from '../../harness/adapters/sentry/sentry-client.ts';
import { listenSentry } from '../../harness/sentry-server/listen.ts';
import { type SentryServerOptions, sentryServer } from '../../harness/sentry-server/sentry-server.ts';
import { collect, envelopeOf, errorEvent, fakeClock } from './embedded.ts';

async function listening(options: SentryServerOptions = {}) {
  const server = sentryServer(options);
  const { url, port, close } = await listenSentry(server);
  onTestFinished(async () => {
    await close();
    server.close();
  });
  return {
    server,
    url,
    port,
    dsn: server.dsn('shop', url),
    client: sentryClient({ url, org: 'mendwright', project: 'shop' }),
  };
}

function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sentry-wire-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Runs a module in a Node of its own. */
function startNode(code: string, args: string[], env: Record<string, string> = {}): ChildProcess {
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', code, '--', ...args];
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const child = spawn(process.execPath, flags, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

describe('the real @sentry/node', () => {
  const PROGRAM = `
    import * as Sentry from '@sentry/node';
    Sentry.init({ release: 'shop@2', environment: 'ci', includeLocalVariables: false });
    function total(cart) { return cart.items.length; }
    Sentry.withScope((scope) => {
      scope.setTag('padding', 'x');
      scope.setExtra('bulk', 'y'.repeat(100_000));
      try { total({}); } catch (error) { Sentry.captureException(error); }
    });
    await Sentry.flush(5000);`;

  test('sends an error, gzipped, that becomes an issue with frames and release', async () => {
    const { dsn, client } = await listening();

    const [code] = await once(startNode(PROGRAM, [], { SENTRY_DSN: dsn }), 'exit');
    const issues = await collect(client.listIssues());
    const event = await client.fetchLatestEvent(issues[0]?.id ?? '');

    expect(code).toBe(0);
    expect(issues.map((issue) => issue.title)).toEqual([
      "TypeError: Cannot read properties of undefined (reading 'length')",
    ]);
    expect(event).toMatchObject({
      platform: 'node',
      release: 'shop@2',
      environment: 'ci',
      sdk: expect.stringMatching(/^sentry\.javascript\.node 11\./),
    });
    expect(event.exceptions[0]?.frames.at(-1)).toMatchObject({ function: 'total' });
  }, 30_000);
});

describe('the file', () => {
  const SERVER = `
    import { listenSentry } from './harness/sentry-server/listen.ts';
    import { sentryServer } from './harness/sentry-server/sentry-server.ts';
    const server = sentryServer({ file: process.argv[1] });
    const { url } = await listenSentry(server);
    console.log(JSON.stringify({ url, ...server.ensureProject({ slug: 'shop' }) }));`;

  test('holds every event that was answered with 200, also after kill -9 in the middle of the rest', async () => {
    const file = join(tempDir(), 'sentry.db');
    const child = startNode(SERVER, [file]);
    const line = await firstLine(child);
    const { url, id, publicKey } = JSON.parse(line);
    const answered: string[] = [];
    const died = once(child, 'exit');

    const sending = Array.from({ length: 200 }, async (_, index) => {
      const body = envelopeOf(errorEvent(index + 1));
      const answer = await fetch(`${url}/api/${id}/envelope/?sentry_key=${publicKey}`, { method: 'POST', body }).catch(
        () => undefined,
      );
      if (answer?.status === 200) answered.push((index + 1).toString(16).padStart(32, '0'));
      if (answered.length === 50) child.kill('SIGKILL');
    });
    await Promise.all(sending);
    await died;
    const server = sentryServer({ file });
    onTestFinished(() => server.close());
    const client = sentryClient({ fetch: server, url: 'http://sentry.test', org: 'mendwright', project: 'shop' });
    const kept = await Promise.all(answered.map((eventId) => client.findIssueOfEvent(eventId)));

    expect(answered.length).toBeGreaterThanOrEqual(50);
    expect(kept).not.toContain(undefined);
  }, 60_000);

  test('is opened again with its issues, keys and counters', async () => {
    const file = join(tempDir(), 'sentry.db');
    const first = sentryServer({ file });
    const before = first.ensureProject({ slug: 'shop' });
    first.close();
    const second = sentryServer({ file });
    onTestFinished(() => second.close());

    expect(second.ensureProject({ slug: 'shop' })).toEqual(before);
  });

  test.each([
    ['is none of ours', (path: string) => writeFileSync(path, 'hello '.repeat(1000)), 'sentry-file-unreadable'],
    ['lies in a folder that is missing', () => undefined, 'sentry-file-unreadable'],
  ])('ends in a usage Failure when it %s', (_, prepare, code) => {
    const file = join(
      tempDir(),
      code === 'sentry-file-unreadable' && prepare.length === 0 ? 'no/such/folder.db' : 'sentry.db',
    );
    prepare(file);

    expect(() => sentryServer({ file })).toThrow(expect.objectContaining({ kind: 'usage', code }));
  });
});

describe('the port', () => {
  test('that is taken ends in a usage Failure that names it', async () => {
    const { server, port } = await listening();

    await expect(listenSentry(server, { port })).rejects.toMatchObject({
      kind: 'usage',
      code: 'port-taken',
      message: expect.stringContaining(String(port)),
    });
  });

  test('is not opened to strangers without a token', async () => {
    const server = sentryServer();
    onTestFinished(() => server.close());

    await expect(listenSentry(server, { host: '0.0.0.0' })).rejects.toMatchObject({
      kind: 'usage',
      code: 'sentry-open-to-strangers',
    });
  });

  test.each([
    ['/api/0/organizations/', 'evil.test', 403],
    ['/', 'evil.test:80', 403],
    ['/api/0/organizations/', 'localhost', 200],
    ['/', '127.0.0.1:1', 200],
  ])('answers %s for the name %s with %i', async (path, host, expected) => {
    const { port } = await listening();

    const [answer] = await once(request({ host: '127.0.0.1', port, path, headers: { host } }).end(), 'response');
    answer.resume();

    expect(answer.statusCode).toBe(expected);
  });

  test('that nobody listens on is unreachable for the client', async () => {
    const server = sentryServer();
    const { url, close } = await listenSentry(server);
    await close();
    server.close();
    const client = sentryClient({
      url,
      org: 'mendwright',
      project: 'shop',
      clock: fakeClock(),
    });

    await expect(client.checkAccess()).rejects.toMatchObject({ kind: 'upstream', code: 'sentry-unreachable' });
  });
});

describe("the harness's own reports", () => {
  const FINDING = {
    scenario: 'pay.spec.ts › pays',
    step: 'expect(total)',
    title: 'pays',
    message: 'Expected 3, received 4',
    type: 'AssertionError',
  };

  test('a finding becomes one issue per scenario and step, with the frames of its stack', async () => {
    const { dsn, client } = await listening();
    const stack =
      'AssertionError: Expected 3\n    at expectTotal (/repo/scenarios/pay.spec.ts:7:3)\n    at http://127.0.0.1:4000/assets/app.js:10:20';
    const options = { dsn, environment: 'mendwright', release: 'shop@1' };

    const first = await reportFinding({ ...FINDING, stack, pageUrl: 'http://127.0.0.1:4000/cart' }, options);
    await reportFinding({ ...FINDING, message: 'Expected 3, received 5' }, options);
    await reportFinding({ ...FINDING, step: 'click', file: 'scenarios/pay.spec.ts', line: 12 }, options);
    const issues = await collect(client.listIssues({ sort: 'new' }));
    const issueId = (await client.findIssueOfEvent(first))?.issueId ?? '';
    const event = await client.fetchEvent(issueId, first);
    const other = await client.fetchLatestEvent(issues.find((issue) => issue.id !== issueId)?.id ?? '');

    expect(issues.map((issue) => [issue.count, issue.logger])).toEqual(
      expect.arrayContaining([
        [2, 'mendwright'],
        [1, 'mendwright'],
      ]),
    );
    expect(issues).toHaveLength(2);
    expect(event).toMatchObject({
      logger: 'mendwright',
      release: 'shop@1',
      environment: 'mendwright',
      tags: { 'mendwright.scenario': FINDING.scenario },
    });
    expect(event.exceptions[0]?.frames.map((frame) => [frame.file, frame.line, frame.column])).toEqual([
      ['/assets/app.js', 10, 20],
      ['/repo/scenarios/pay.spec.ts', 7, 3],
    ]);
    expect(other.exceptions[0]?.frames).toEqual([
      expect.objectContaining({ file: 'scenarios/pay.spec.ts', line: 12, inApp: true }),
    ]);
    expect(JSON.stringify(event.tags)).not.toContain('server_name');
  });

  test('a finding that Sentry refuses ends in a Failure', async () => {
    const { dsn } = await listening();

    const report = reportFinding(FINDING, {
      dsn: dsn.replace(/\/\/\w+@/, `//${'a'.repeat(32)}@`),
      environment: 'mendwright',
    });

    await expect(report).rejects.toMatchObject({
      kind: 'upstream',
      code: 'finding-not-sent',
      message: expect.stringContaining('403'),
    });
  });

  test('a finding leaves the process as it was', async () => {
    const { dsn } = await listening();
    const before = [...process.eventNames()].map((name) => [name, process.listenerCount(name)]);

    await reportFinding(FINDING, { dsn, environment: 'mendwright' });

    expect([...process.eventNames()].map((name) => [name, process.listenerCount(name)])).toEqual(before);
  });

  test('a crash and the check-ins of a night arrive', async () => {
    const { dsn, url, client } = await listening();
    const report = startSelfReport({ dsn, release: 'mendwright@0.1.0' });

    report.checkIn('in_progress');
    report.captureCrash(new RangeError('a bug of ours'));
    report.checkIn('error');
    await report.flush();
    const checkIns = await (
      await fetch(`${url}/api/0/organizations/mendwright/monitors/mendwright-nightly/checkins/`)
    ).json();

    expect((await collect(client.listIssues())).map((issue) => issue.title)).toEqual(['RangeError: a bug of ours']);
    expect(checkIns).toMatchObject([{ status: 'error', environment: 'mendwright' }]);
  });
});

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the child has no stdout');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the child ended without a line');
}
