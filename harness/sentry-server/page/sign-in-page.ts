/** Where the server has a token: the page that asks for it, and nothing else. */
import type { Context } from 'hono';
import { html } from '../../markup/html-tag.ts';
import { answerPage } from './layout.ts';

export function signInPage(c: Context, { next, isWrong = false }: { next: string; isWrong?: boolean }): Response {
  const wrong = isWrong && html`<p class="wrong" id="token-wrong" role="alert">That is not this server’s token.</p>`;
  const main = html`<h1>Sign in</h1>
<form method="post" action="/sign-in/" class="card part sign-in">
<input type="hidden" name="next" value="${next}">
<label for="token">Token of this server</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus${isWrong && html` aria-invalid="true" aria-describedby="token-wrong"`}>
${wrong}
<button class="primary">Sign in</button>
</form>`;
  return answerPage(c, { title: 'Sign in', main, person: undefined, status: 401 });
}

/** A browser that comes by a link on another site keeps our cookie to itself; it brings it along when our own page leads on. */
export function ownStep(c: Context): Response {
  const { pathname, search } = new URL(c.req.url);
  // Not to the same address: that would count as a reload, which is as foreign as the first request.
  const step = `/sign-in/?${new URLSearchParams({ next: `${pathname}${search}` })}`;
  const main = html`<h1>One moment</h1><p><a href="${step}">Go on</a></p>`;
  const head = html`<meta http-equiv="refresh" content="0; url=${step}">`;
  return answerPage(c, { title: 'One moment', main, person: undefined, status: 401, head });
}

/** A path of this server, `/` where the form names anything else. */
export function ownPath(given: string): string {
  const url = URL.parse(given, 'http://own.invalid');
  return url === null || url.origin !== 'http://own.invalid' || !given.startsWith('/')
    ? '/'
    : `${url.pathname}${url.search}`;
}
