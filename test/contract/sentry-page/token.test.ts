/** Where the server has a token, the page asks for it and shows nothing before. */
import { describe, expect, test } from 'vitest';
import { type Embedded, embedded, errorEvent } from '../embedded.ts';
import { ask, HOUR, ISSUE, post, texts } from './read-page.ts';

describe('behind a token', () => {
  const TOKEN = 'a long enough token';

  async function guarded(): Promise<Embedded> {
    const sentry = embedded({ server: { token: TOKEN } });
    await sentry.send(errorEvent(1, { message: 'secret' }));
    return sentry;
  }

  async function signedIn(sentry: Embedded): Promise<string> {
    const answer = await post(sentry, '/sign-in/', { token: TOKEN, next: '/' });
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }

  test.each(['/', ISSUE, `${ISSUE}events/latest/`, `${ISSUE}events/latest/json/`])(
    'shows nothing of %s',
    async (path) => {
      const answer = await ask(await guarded(), path);
      const page = await answer.text();

      expect(answer.status).toBe(401);
      expect(texts(page, /<h1>/)).toEqual(['Sign in']);
      expect(page).not.toMatch(/fault|shop|secret/i);
      expect(page).toContain(`name="next" value="${path}"`);
    },
  );

  test('gives a cookie that scripts and other sites never see, for the right token only', async () => {
    const sentry = await guarded();

    const wrong = await post(sentry, '/sign-in/', { token: 'guess', next: '/' });
    const right = await post(sentry, '/sign-in/', { token: TOKEN, next: ISSUE });

    expect([wrong.status, wrong.headers.getSetCookie()]).toEqual([401, []]);
    expect(await wrong.text()).toContain('That is not this server’s token.');
    expect([right.status, right.headers.get('location')]).toEqual([303, ISSUE]);
    expect(right.headers.getSetCookie()[0]).toMatch(
      /^mendwright_page=[\w.-]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(right.headers.getSetCookie()[0]).not.toContain(TOKEN);
  });

  test('asks for https where the world sees https', async () => {
    const sentry = embedded({ server: { token: TOKEN, publicUrl: () => 'https://sentry.example' } });

    const answer = await post(sentry, '/sign-in/', { token: TOKEN }, { origin: 'https://sentry.example' });

    expect(answer.headers.getSetCookie()[0]).toContain('; Secure');
  });

  test('serves who has signed in, for twelve hours', async () => {
    const sentry = await guarded();
    const cookie = await signedIn(sentry);

    expect((await ask(sentry, '/', { cookie })).status).toBe(200);
    sentry.clock.advance(12 * HOUR);
    expect((await ask(sentry, '/', { cookie })).status).toBe(401);
  });

  test.each([
    ['a later end', (cookie: string) => cookie.replace(/=\d/, '=9')],
    ['another mark', (cookie: string) => `${cookie.slice(0, -2)}AA`],
    ['nothing in it', () => 'mendwright_page='],
    ['the token itself', () => `mendwright_page=${encodeURIComponent(TOKEN)}`],
  ])('takes no cookie with %s', async (_, change) => {
    const sentry = await guarded();

    expect((await ask(sentry, '/', { cookie: change(await signedIn(sentry)) })).status).toBe(401);
  });

  test.each([
    ['https://evil.test/', '/'],
    ['//evil.test/', '/'],
    ['/\\evil.test/', '/'],
    ['/\t/evil.test/', '/'],
    ['javascript:alert(1)', '/'],
    ['', '/'],
    ['/?query=a%20b', '/?query=a%20b'],
  ])('leads from %s to %s', async (next, path) => {
    const answer = await post(await guarded(), '/sign-in/', { token: TOKEN, next });

    expect(answer.headers.get('location')).toBe(path);
  });

  test('leads who comes by a link of another site on by a page of its own', async () => {
    const sentry = await guarded();
    const cookie = await signedIn(sentry);

    const first = await ask(sentry, `${ISSUE}?a=b`, { 'sec-fetch-site': 'cross-site' });
    const [, step = ''] = /content="0; url=([^"]+)"/.exec(await first.text()) ?? [];
    const second = await ask(sentry, step, { cookie });
    const stranger = await ask(sentry, step);

    expect([first.status, step]).toEqual([401, '/sign-in/?next=%2Forganizations%2Fmendwright%2Fissues%2F1%2F%3Fa%3Db']);
    expect([second.status, second.headers.get('location')]).toEqual([302, `${ISSUE}?a=b`]);
    expect(stranger.status).toBe(401);
  });

  test('takes forms with the token of the page only', async () => {
    const sentry = await guarded();
    const cookie = await signedIn(sentry);
    const page = await (await ask(sentry, ISSUE, { cookie })).text();
    const formToken = /name="form-token" value="(?<token>[^"]+)"/.exec(page)?.groups?.token ?? '';

    const without = await post(sentry, `${ISSUE}status/`, { to: 'resolved' }, { cookie });
    const signedOut = await post(sentry, `${ISSUE}status/`, { to: 'resolved', 'form-token': formToken });
    const right = await post(sentry, `${ISSUE}status/`, { to: 'resolved', 'form-token': formToken }, { cookie });

    expect([without.status, signedOut.status, right.status]).toEqual([403, 401, 303]);
  });

  test('signs out', async () => {
    const sentry = await guarded();
    const cookie = await signedIn(sentry);
    const page = await (await ask(sentry, '/', { cookie })).text();
    const formToken = /name="form-token" value="(?<token>[^"]+)"/.exec(page)?.groups?.token ?? '';

    const answer = await post(sentry, '/sign-out/', { 'form-token': formToken }, { cookie });

    expect(answer.headers.getSetCookie()[0]).toMatch(/^mendwright_page=; Max-Age=0/);
  });

  test('keeps pages out of what a browser keeps', async () => {
    const sentry = await guarded();

    const answer = await ask(sentry, '/', { cookie: await signedIn(sentry) });

    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});
