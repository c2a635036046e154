/** The flags of `sentry`: what they let in, take out and refuse, on a real port. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SentryFlags, serveSentry } from './sentry.ts';

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'sentry-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const flagsOf = (more: Partial<SentryFlags>): SentryFlags => ({
  cwd,
  json: true,
  port: 0,
  host: '127.0.0.1',
  project: 'shop',
  scrub: true,
  ...more,
});

/** Runs the command until `use` is done with it. */
async function serving<T>(
  flags: Partial<SentryFlags>,
  use: (at: { url: string; dsn: string }) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const printed = Promise.withResolvers<string>();
  const served = serveSentry(flagsOf(flags), stop.signal, printed.resolve);
  served.catch(printed.reject);
  try {
    return await use(JSON.parse(await printed.promise));
  } finally {
    stop.abort();
    await served;
  }
}

async function sendEvent(dsn: string, event: Record<string, unknown>): Promise<number> {
  const { origin, pathname, username } = new URL(dsn);
  const body = `{}\n{"type":"event"}\n${JSON.stringify(event)}\n`;
  const answer = await fetch(`${origin}/api${pathname}/envelope/?sentry_key=${username}`, { method: 'POST', body });
  return answer.status;
}

const EVENT = {
  message: 'boom',
  request: { url: 'http://localhost/' },
  extra: { password: 'one', till: 'two', author: 'three', auth: 'four' },
};

test.each<[string, Partial<SentryFlags>, Record<string, string>]>([
  ['none', {}, { password: '[Filtered]', till: 'two', auth: '[Filtered]' }],
  ['--no-scrub', { scrub: false }, EVENT.extra],
  ['--sensitive-fields', { sensitiveFields: 'cashier, till' }, { password: '[Filtered]', till: '[Filtered]' }],
  ['--safe-fields', { safeFields: 'password,auth' }, { password: 'one', auth: 'four' }],
  ['--filter of something else', { filter: 'web-crawlers,network-errors' }, { till: 'two' }],
])('with %s an event is kept so', async (_, flags, extra) => {
  const shown = await serving(flags, async ({ url, dsn }) => {
    await sendEvent(dsn, EVENT);
    const answer = await fetch(`${url}/api/0/organizations/mendwright/issues/1/events/latest/`);
    return answer.json();
  });

  expect(shown).toMatchObject({ context: extra });
});

test('--filter keeps out what it names', async () => {
  const issues = await serving({ filter: 'localhost' }, async ({ url, dsn }) => {
    await sendEvent(dsn, EVENT);
    return (await fetch(`${url}/api/0/organizations/mendwright/issues/`)).json();
  });

  expect(issues).toEqual([]);
});

test('--rate-limit refuses what goes over it', async () => {
  const statuses = await serving({ rateLimit: '2/9999999' }, async ({ dsn }) => [
    await sendEvent(dsn, { message: 'a' }),
    await sendEvent(dsn, { message: 'b' }),
    await sendEvent(dsn, { message: 'c' }),
  ]);

  expect(statuses).toEqual([200, 200, 429]);
});

test.each<[string, Partial<SentryFlags>, string]>([
  ['a filter that there is not', { filter: 'localhost,bots' }, 'sentry-no-such-filter'],
  ['a limit without its time', { rateLimit: '100' }, 'sentry-no-such-limit'],
  ['a limit of no time', { rateLimit: '100/0' }, 'sentry-no-such-limit'],
  ['a limit below zero', { rateLimit: '-1/60' }, 'sentry-no-such-limit'],
])('%s is refused', async (_, flags, code) => {
  await expect(serving(flags, async () => undefined)).rejects.toMatchObject({ code });
});
