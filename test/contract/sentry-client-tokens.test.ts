/** What the client says of tokens that cannot do what is asked, and that no token is ever printed. */
import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import {
  type SentryClient,
  type SentryClientOptions,
  sentryClient,
} from '../../harness/adapters/sentry/sentry-client.ts';
import { collect, fakeClock } from './embedded.ts';
import { ALL_SCOPES, type DoubleOptions, doubled, EVENT, json, ORG, PROJECT, SECRET } from './sentry-double.ts';

function clientOf(url: string, token: string | undefined, more: Partial<SentryClientOptions> = {}): SentryClient {
  const given = token === undefined ? {} : { token };
  return sentryClient({ url, org: ORG, project: PROJECT, clock: fakeClock(), ...given, ...more });
}

const CLAIMS = Buffer.from(JSON.stringify({ url: 'https://sentry.io', region_url: 'https://de.sentry.io', org: ORG }));
const ORG_TOKEN = `sntrys_${CLAIMS.toString('base64')}_${'k'.repeat(43)}`;

/** Every operation, by its name. */
const OPERATIONS: Readonly<Record<string, (client: SentryClient) => Promise<unknown>>> = {
  checkAccess: (client) => client.checkAccess(),
  fetchProject: (client) => client.fetchProject(),
  fetchDsn: (client) => client.fetchDsn(),
  listIssues: (client) => collect(client.listIssues()),
  fetchIssue: (client) => client.fetchIssue('7'),
  fetchLatestEvent: (client) => client.fetchLatestEvent('7'),
  fetchEvent: (client) => client.fetchEvent('7', EVENT),
  fetchIssueHashes: (client) => client.fetchIssueHashes('7'),
  findIssueOfEvent: (client) => client.findIssueOfEvent(EVENT),
  listErrorEventsOfTrace: (client) => client.listErrorEventsOfTrace(EVENT),
  listErrorEvents: (client) => client.listErrorEvents({ start: new Date(0), end: new Date(1) }),
  waitForEvent: (client) => client.waitForEvent(EVENT, { timeoutMs: 1 }),
  listSuspectCommits: (client) => client.listSuspectCommits(EVENT),
  addNote: (client) => client.addNote('7', 'text'),
  updateIssue: (client) => client.updateIssue('7', { status: 'resolved' }),
};

test('every operation of the client is in the table', () => {
  expect(Object.keys(OPERATIONS).sort()).toEqual(Object.keys(clientOf('http://x.test', undefined)).sort());
});

describe('an organisation token', () => {
  test.each(Object.keys(OPERATIONS))('is refused by %s before anything is sent', async (name) => {
    const double = await doubled();

    await expect(OPERATIONS[name]?.(clientOf(double.url, ORG_TOKEN))).rejects.toMatchObject({
      code: 'sentry-token-cannot-read',
      message: expect.stringContaining('organisation token of acme'),
      hint: expect.stringMatching(/internal integration at https:\/\/de\.sentry\.io.*event:read/),
    });
    expect(double.heard).toEqual([]);
  });
});

describe('a token without a scope', () => {
  test.each([
    ['fetchProject', 'project:read', 'find the project'],
    ['fetchDsn', 'project:read', 'read the DSN'],
    ['listIssues', 'event:read', 'list the issues'],
    ['fetchIssue', 'event:read', 'read the issue'],
    ['fetchIssueHashes', 'event:read', 'list the hashes of the issue'],
    ['findIssueOfEvent', 'org:read', 'find the event'],
    ['listErrorEvents', 'org:read', 'list the error events'],
    ['addNote', 'event:write', 'write a note'],
    ['updateIssue', 'event:write', 'change the issue'],
    ['checkAccess', 'event:read', 'list the issues'],
    ['checkAccess', 'org:read', 'list the error events'],
  ])('is told by %s that it lacks %s', async (name, scope, does) => {
    // Writing includes reading.
    const held = ALL_SCOPES.filter((one) => one !== scope && one.replace('write', 'read') !== scope);
    const double = await doubled({ tokens: { [`sntryi_${SECRET}`]: held } });

    await expect(OPERATIONS[name]?.(clientOf(double.url, `sntryi_${SECRET}`))).rejects.toMatchObject({
      kind: 'upstream',
      code: 'sentry-missing-scope',
      message: expect.stringContaining(`the token lacks the scope ${scope}, without which it may not ${does}.`),
      hint: expect.stringMatching(
        new RegExp(
          `^Add it to the permissions of the internal integration; .* It has ${[...held].sort().join(', ')}\\.$`,
        ),
      ),
    });
  });

  test('names what it lacks also where Sentry does not tell what it has', async () => {
    const double = await doubled({ answer: (_, response) => json(response, 403, { detail: 'No.' }) });

    await expect(clientOf(double.url, `sntryu_${SECRET}`).fetchIssue('7')).rejects.toMatchObject({
      message:
        'Sentry answered 403 (No.) to GET /organizations/acme/issues/7/: the token lacks the scope event:read, without which it may not read the issue.',
      hint: expect.stringMatching(
        /^Make a token that has it; a night needs org:read, project:read, event:read and event:write \(docs\/sentry\.md\)\.$/,
      ),
    });
  });

  test.each([
    ['the very scope', 'event:read'],
    ['one that includes it', 'event:admin'],
  ])('is told of its organisation and role where it has %s', async (_, scope) => {
    const double = await doubled({
      answer: ({ path }, response) =>
        path === '/'
          ? json(response, 200, { auth: { scopes: [scope] } })
          : json(response, 403, { detail: 'You do not have permission to perform this action.' }),
    });

    await expect(clientOf(double.url, `sntryu_${SECRET}`).fetchIssue('7')).rejects.toMatchObject({
      message: expect.stringContaining('has the scope event:read, but may not read the issue'),
      hint: expect.stringContaining('must belong to the organisation'),
    });
  });
});

describe('a token that Sentry does not accept', () => {
  test.each([
    [`sntryu_${SECRET}`, /the user token may have been revoked, have expired, or belong to another Sentry/],
    [`sntryi_${SECRET}`, /the integration token may have been revoked/],
    [SECRET, /the token may have been revoked/],
    [undefined, /^Set sentry\.token/],
  ])('%s', async (token, hint) => {
    const double = await doubled({ tokens: {} });

    await expect(clientOf(double.url, token).fetchProject()).rejects.toMatchObject({
      code: 'sentry-refused-token',
      message: 'Sentry answered 401 (Invalid token) to GET /projects/acme/shop/: it does not accept the token.',
      hint: expect.stringMatching(hint),
    });
  });

  test('because its owner must sign in anew is told in Sentry’s words', async () => {
    const detail = { code: 'sso-required', message: 'Must login via SSO', extra: { loginUrl: '/auth/login/acme/' } };
    const double = await doubled({ answer: (_, response) => json(response, 401, { detail }) });

    await expect(clientOf(double.url, `sntryu_${SECRET}`).fetchProject()).rejects.toMatchObject({
      message: expect.stringContaining('401 (Must login via SSO)'),
    });
  });
});

describe('no token is printed', () => {
  const TOKEN = `sntryu_${SECRET}`;
  /** A server that sends the token back wherever it can. */
  const echoing: Readonly<Record<string, DoubleOptions['answer']>> = {
    'in its refusal': ({ authorization }, response) => json(response, 401, { detail: `Bad ${authorization}` }),
    'in the refusal of fields': ({ authorization }, response) => json(response, 400, { text: [authorization] }),
    'in a scope': ({ authorization }, response) => json(response, 403, { detail: `${authorization} may not` }),
    'in the place of an answer': ({ authorization }, response) => json(response, 200, authorization),
    'as a field’s value': ({ authorization }, response) =>
      json(response, 200, { id: [authorization], slug: authorization }),
    'as a field’s name': ({ authorization }, response) => json(response, 200, { [authorization ?? '']: authorization }),
    'in a redirect': ({ authorization }, response) => {
      response.writeHead(302, { location: `https://login.test/?token=${authorization}` }).end();
      return true;
    },
    'in a path of a redirect': ({ authorization }, response) => {
      response.writeHead(302, { location: `https://login.test/${authorization?.slice(7)}` }).end();
      return true;
    },
    'in a page': ({ authorization }, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<html>${authorization}`);
      return true;
    },
    'in a limit': ({ authorization }, response) =>
      json(response, 429, { detail: authorization }, { 'retry-after': '3600', 'x-note': String(authorization) }),
    'in an error': ({ authorization }, response) => json(response, 500, { detail: authorization }),
    'in a cut answer': ({ authorization }, response) => {
      response.writeHead(200, { 'content-length': '9999' }).write(authorization ?? '');
      response.socket?.destroySoon();
      return true;
    },
  };

  test.each(Object.keys(echoing))('by a server that sends it back %s', async (name) => {
    const written: string[] = [];
    const streams = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
    for (const stream of streams) {
      stream.mockImplementation((chunk) => {
        written.push(String(chunk));
        return true;
      });
    }
    const answer = echoing[name];
    const double = await doubled(answer === undefined ? {} : { answer });
    const client = clientOf(double.url, TOKEN);
    const failures: unknown[] = [];
    for (const run of Object.values(OPERATIONS)) await run(client).catch((error: unknown) => failures.push(error));
    for (const stream of streams) stream.mockRestore();

    const told = failures.map((failure) => [
      String(failure),
      failure instanceof Error ? failure.stack : '',
      JSON.stringify(failure),
      inspect(failure, { depth: null, showHidden: true, maxStringLength: null }),
    ]);
    expect(failures.length).toBeGreaterThan(0);
    expect(double.heard.every(({ authorization }) => authorization === `Bearer ${TOKEN}`)).toBe(true);
    expect(JSON.stringify([told, written]).includes(SECRET)).toBe(false);
    expect(inspect(client, { depth: null, showHidden: true }).includes(SECRET)).toBe(false);
    expect(JSON.stringify(client)).not.toContain(SECRET);
    expect(double.heard.map(({ url, body }) => `${url}${body}`).join()).not.toContain(SECRET);
  });

  test('by a network that fails, or a request that cannot be made', async () => {
    const told: string[] = [];
    for (const [url, token] of [
      ['http://127.0.0.1:9', TOKEN],
      ['http://localhost:1', TOKEN],
      [`https://me:${SECRET}@sentry.test`, TOKEN],
      ['http://sentry.test', `${TOKEN}\nX-Other: ${SECRET}`],
      ['http://sentry.test', `“${TOKEN}”`],
    ] as const) {
      const failure = await clientOf(url, token)
        .fetchProject()
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(Error);
      told.push(inspect(failure, { depth: null, showHidden: true, maxStringLength: null }));
    }

    expect(told.join().includes(SECRET)).toBe(false);
  });
});
