/** Changing issues by plain forms, from our own pages only. */
import { describe, expect, test } from 'vitest';
import { type Embedded, embedded, errorEvent, URL_OF_SERVER } from '../embedded.ts';
import { ask, ISSUE, post, text, texts } from './read-page.ts';

describe('writing', () => {
  async function written(): Promise<Embedded> {
    const sentry = embedded();
    await sentry.send(errorEvent(1));
    return sentry;
  }

  test.each([
    ['resolved', 'resolved', null, 'Reopen'],
    ['resolved-next', 'resolved', null, 'Reopen'],
    ['archived', 'ignored', 'archived_until_escalating', 'Reopen'],
    ['archived-forever', 'ignored', 'archived_forever', 'Reopen'],
    ['unresolved', 'unresolved', 'ongoing', 'Resolve Resolve in next release Archive until it escalates Archive'],
  ])('makes an issue %s', async (to, status, substatus, buttons) => {
    const sentry = await written();

    const answer = await post(sentry, `${ISSUE}status/`, { to });
    const page = await text(sentry, answer.headers.get('location') ?? '');
    const api = await ask(sentry, '/api/0/organizations/mendwright/issues/1/');

    expect(answer.status).toBe(303);
    expect(await api.json()).toMatchObject({ status, substatus });
    expect(texts(page, /<form[^>]*class="actions"[^>]*>/)).toEqual([buttons]);
    expect(texts(page, /<p role="status" class="done">/)[0]).toContain('The issue is');
  });

  test('says nothing that the address made up', async () => {
    const page = await text(await written(), `${ISSUE}?done=constructor`);

    expect(texts(page, /<p role="status" class="done">/)).toEqual([]);
  });

  test('keeps a note, and refuses none and the same again with the words still there', async () => {
    const sentry = await written();

    const kept = await post(sentry, `${ISSUE}notes/`, { text: 'seen <b>twice</b>' });
    const again = await post(sentry, `${ISSUE}notes/`, { text: 'seen <b>twice</b>' });
    const empty = await post(sentry, `${ISSUE}notes/`, { text: '  ' });

    expect([kept.status, again.status, empty.status]).toEqual([303, 400, 400]);
    expect(texts(await text(sentry, ISSUE), /<ol class="activity">/)[0]).toContain('seen <b>twice</b> just now');
    const page = await again.text();
    expect(texts(page, /<p class="wrong" id="note-wrong" role="alert">/)).toEqual([
      'The same note was kept within the last hour.',
    ]);
    expect(texts(page, /<textarea[^>]*>/)).toEqual(['seen <b>twice</b>']);
  });

  test.each<[string, Record<string, string>, number]>([
    ['our own page', { origin: URL_OF_SERVER, 'sec-fetch-site': 'same-origin' }, 303],
    ['our own page over plain http, from another machine', { origin: URL_OF_SERVER }, 303],
    ['another site', { origin: 'http://evil.test', 'sec-fetch-site': 'cross-site' }, 403],
    ['another site without the newer header', { origin: 'http://evil.test' }, 403],
    ['another port of this machine', { origin: 'http://sentry.test:81', 'sec-fetch-site': 'same-site' }, 403],
    ['a page that hides where it is from', { origin: 'null' }, 403],
    ['a request that says nothing', {}, 403],
  ])('from %s', async (_, headers, status) => {
    const sentry = await written();
    const request = new Request(`${URL_OF_SERVER}${ISSUE}status/`, {
      method: 'POST',
      body: new URLSearchParams({ to: 'resolved' }),
      headers,
    });

    expect((await sentry.server(request)).status).toBe(status);
  });

  test.each([
    ['an unknown state', `${ISSUE}status/`, { to: 'gone' }, 400],
    ['an unknown issue', '/organizations/mendwright/issues/9/status/', { to: 'resolved' }, 404],
    ['more than a form holds', `${ISSUE}notes/`, { text: 'x'.repeat(1_100_000) }, 413],
  ])('refuses %s', async (_, path, form, status) => {
    expect((await post(await written(), path, form)).status).toBe(status);
  });
});
