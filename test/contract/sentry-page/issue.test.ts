/** The page of one issue: its parts, its events one by one, what is not there. */
import { describe, expect, test } from 'vitest';
import { type Embedded, embedded, errorEvent, ingestRequest } from '../embedded.ts';
import { ask, ISSUE, NOW, plain, text, texts } from './read-page.ts';

describe('an issue', () => {
  const frame = (name: string, more: Record<string, unknown>): Record<string, unknown> => ({
    filename: `/srv/${name}.js`,
    abs_path: `/srv/${name}.js`,
    function: name,
    lineno: 20,
    colno: 4,
    ...more,
  });
  const source = { pre_context: ['function pay(cart) {'], context_line: '  return cart.total;', post_context: ['}'] };
  const chained = errorEvent(1, {
    release: 'shop@1.4.0',
    environment: 'ci',
    server_name: 'web-1',
    exception: {
      values: [
        { type: 'TypeError', value: 'first\nsecond line', stacktrace: { frames: [frame('inner', { in_app: true })] } },
        {
          type: 'PaymentError',
          value: 'cannot pay',
          mechanism: { type: 'generic', handled: false },
          stacktrace: {
            frames: [
              frame('node_modules/express/route', { in_app: false, ...source }),
              frame('node_modules/express/layer', { in_app: false }),
              frame('pay', { in_app: true, ...source, vars: { cart: { lines: [1] } } }),
            ],
          },
        },
      ],
    },
    breadcrumbs: { values: [{ timestamp: NOW / 1000, category: 'ui.click', message: 'button.pay', data: { x: 1 } }] },
    request: { method: 'POST', url: 'https://shop.test/pay', headers: { 'X-Kind': 'test' }, data: { card: 'none' } },
    user: { id: '7', email: 'ann@example.org' },
    contexts: {
      runtime: { name: 'node', version: 'v24.1.0' },
      trace: { trace_id: 'ab'.repeat(16), span_id: 'cd'.repeat(8) },
    },
    extra: { attempt: 3 },
    modules: { express: '5.1.0' },
  });

  async function issue(): Promise<{ sentry: Embedded; page: string }> {
    const sentry = embedded();
    await sentry.send(chained);
    return { sentry, page: await text(sentry, ISSUE) };
  }

  test.each([
    ['its title', /<h1 class="title">/, 'PaymentError: cannot pay'],
    ['its culprit', /<p class="culprit">/, 'pay(/srv/pay.js)'],
    ['its short id as the place', /<nav class="small"[^>]*>/, 'Issues › shop › SHOP-1'],
    [
      'its numbers',
      /<section class="card part" aria-labelledby="numbers">/,
      'Events 1 Users 1 First seen 2026-11-23 02:00:00 UTC (just now) in shop@1.4.0',
    ],
    [
      'the event',
      /<section class="card part" aria-labelledby="this-event">/,
      'Release shop@1.4.0 Environment ci Trace abababab',
    ],
    [
      'its releases',
      /<section class="card part" aria-labelledby="releases">/,
      'Release Events Last seen shop@1.4.0 1 just now',
    ],
    ['its tags', /<section class="card part" aria-labelledby="tags">/, 'server_name web-1 100 %'],
    ['its activity', /<section class="card part" aria-labelledby="activity">/, 'First seen just now'],
  ])('shows %s', async (_, opening, words) => {
    expect(texts((await issue()).page, opening)[0]).toContain(words);
  });

  test.each([
    ['Exceptions: 2, the last one first', 'PaymentError cannot pay generic · unhandled'],
    ['Exceptions: 2, the last one first', 'TypeError first second line'],
    ['Exceptions: 2, the last one first', '2 frames outside of the app'],
    ['Breadcrumbs', '02:00:00.000 ui.click info button.pay { "x": 1 }'],
    ['Request', 'POST https://shop.test/pay Headers X-Kind test Body { "card": "none" }'],
    ['User', 'id 7 email ann@example.org'],
    ['Context: runtime', 'name node version v24.1.0'],
    ['Additional data', 'attempt 3'],
    ['Packages: 1', 'express 5.1.0'],
    ['Tags of the event', 'environment ci'],
    ['Grouping', 'Events with one of these hashes join this issue:'],
  ])('has a part “%s” that says: %s', async (heading, words) => {
    const part = texts((await issue()).page, /<section class="card part">/).find((one) => one.startsWith(heading));

    expect(part).toContain(words);
  });

  test("opens the app's own frames on their line and folds the others", async () => {
    const { page } = await issue();

    expect(page).toMatch(/<li class="own"><details open><summary><code><b><bdi>pay<\/bdi>/);
    expect(page).toContain(
      '<span class="line hot"><span class="no">20</span><span class="text"><mark>  return cart.total;</mark></span></span>',
    );
    expect(page).toMatch(/<li class="foreign"><details><summary>2 frames outside of the app<\/summary>/);
    expect(plain(page)).toContain('1 variable Name Value cart { "lines": [ 1 ] }');
  });

  test('steps through its events by time', async () => {
    const sentry = embedded();
    const ids = ['aa', 'bb', 'cc'].map((pair) => pair.repeat(16));
    for (const [index, id] of ids.entries())
      await sentry.send({ ...errorEvent(1, { timestamp: NOW / 1000 - 60 + index }), event_id: id });
    const hrefs = async (path: string): Promise<Record<string, string>> => {
      const [steps = ''] = /<nav class="steps".*?<\/nav>/s.exec(await text(sentry, path)) ?? [];
      const links = steps.matchAll(/<a href="[^"]*\/events\/(?<to>\w+)\/"[^>]*>(?<word>\w+)</g);
      return Object.fromEntries([...links].map(({ groups }) => [groups?.word ?? '', groups?.to ?? '']));
    };

    expect(await hrefs(ISSUE)).toEqual({ First: 'oldest', Older: ids[1] });
    expect(await hrefs(`${ISSUE}events/${ids[1]}/`)).toEqual({
      First: 'oldest',
      Older: ids[0],
      Newer: ids[2],
      Latest: 'latest',
    });
    expect(await hrefs(`${ISSUE}events/oldest/`)).toEqual({ Newer: ids[1], Latest: 'latest' });
  });

  test.each([
    ['/organizations/mendwright/issues/1', ISSUE],
    ['/organizations/mendwright/issues/?query=a', '/?query=a'],
  ])('leads from %s to %s', async (path, to) => {
    const { sentry } = await issue();

    expect((await ask(sentry, path)).headers.get('location')).toBe(to);
  });

  test('gives the event as JSON that no browser takes for a page', async () => {
    const { sentry } = await issue();

    const answer = await ask(sentry, `${ISSUE}events/latest/json/`);

    expect(await answer.json()).toMatchObject({ title: 'PaymentError: cannot pay', groupID: '1' });
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each([
    ['an issue', '/organizations/mendwright/issues/99/'],
    ['an issue whose id is none', '/organizations/mendwright/issues/..%2f..%2fetc/'],
    ['an organisation', '/organizations/other/issues/1/'],
    ['an event', `${ISSUE}events/${'ff'.repeat(16)}/`],
    ['the JSON of an event', `${ISSUE}events/${'ff'.repeat(16)}/json/`],
    ['a path', '/nothing/here'],
  ])('answers for %s that is not there with a page that leads back', async (_, path) => {
    const { sentry } = await issue();

    const answer = await ask(sentry, path);
    const page = await answer.text();

    expect(answer.status).toBe(404);
    expect(texts(page, /<h1>/)).toEqual(['Not found']);
    expect(page).toContain('<a href="/">All issues</a>');
  });
});

describe('the releases of an issue', () => {
  const RELEASES = /<section class="card part" aria-labelledby="releases">/;
  const release = 'shop@1.4.0';

  test('tell how many sessions went without a crash', async () => {
    const sentry = embedded();
    await sentry.send(errorEvent(1, { release }));
    await sentry.send(errorEvent(2, { release: 'shop@1.5.0' }));
    const attrs = { release };
    const aggregates = [{ started: new Date(NOW).toISOString(), exited: 1996, errored: 3, crashed: 1 }];
    const envelope = `{}\n{"type":"sessions"}\n${JSON.stringify({ attrs, aggregates })}\n`;
    await sentry.server(ingestRequest(sentry.server, envelope));

    const [section] = texts(await text(sentry, ISSUE), RELEASES);

    expect(section).toContain('Crash-free sessions');
    expect(section).toMatch(/shop@1\.4\.0\s*1\s*99\.9 %/);
  });

  test('say nothing of sessions where there are none', async () => {
    const sentry = embedded();
    await sentry.send(errorEvent(1, { release }));

    const [section] = texts(await text(sentry, ISSUE), RELEASES);

    expect(section).toContain(release);
    expect(section).not.toContain('Crash-free');
  });
});
