/** What all pages have in common: head, banner, list of keys, and headers that let nothing of a stranger run. */
import type { Context } from 'hono';
import { type Html, html } from '../../markup/html-tag.ts';
import { keysDialog, SHOW_KEYS } from '../../markup/keys-dialog.ts';
import { assets } from './assets.ts';
import type { Person } from './check-person.ts';

/** `same-origin`, not `no-referrer`: with that, browsers send forms with `Origin: null`. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
} as const;

export interface Page {
  readonly title: string;
  readonly main: Html;
  /** Undefined before anyone has signed in: then there is nothing but the main part. */
  readonly person: Person | undefined;
  /** The list has a search of its own. */
  readonly isList?: boolean;
  readonly status?: 200 | 400 | 401 | 403 | 404 | 413 | 503;
  /** Into the head. */
  readonly head?: Html;
}

export function answerPage(c: Context, { title, main, person, isList = false, status = 200, head }: Page): Response {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Embedded Sentry</title>
<link rel="stylesheet" href="${assets.style.path}">
<link rel="icon" href="${assets.icon.path}" type="image/svg+xml">
<script src="${assets.script.path}" defer></script>
${head}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top"><a class="brand" href="/">Embedded Sentry</a>${person && !isList && FIND}${person && banner(person)}</header>
<main id="main" tabindex="-1">
${main}
</main>
${person && KEYS}
</body>
</html>`;
  return c.html(page.toString(), status, { ...HEADERS, 'cache-control': cacheControl(person) });
}

/** Behind a token nothing stays in the browser after signing out. */
function cacheControl(person: Person | undefined): string {
  return person?.formToken === undefined ? 'private, no-cache' : 'no-store';
}

const FIND = html`<form class="find" role="search" action="/" method="get"><label class="unseen" for="query">Search issues</label><input id="query" name="query" type="search" placeholder="Search issues" spellcheck="false" autocapitalize="off" autocomplete="off" maxlength="4096" aria-keyshortcuts="/"></form>`;

function banner(person: Person): Html {
  const leave =
    person.formToken !== undefined &&
    html`<form method="post" action="/sign-out/">${hiddenToken(person)}<button class="quiet">Sign out</button></form>`;
  return html`${SHOW_KEYS}${leave}`;
}

export function hiddenToken({ formToken }: Person): Html | undefined {
  return formToken === undefined ? undefined : html`<input type="hidden" name="form-token" value="${formToken}">`;
}

/** Shown by the script, which is what makes the keys work. */
const KEYS = keysDialog([
  [['j', '↓'], 'next issue of the list (the arrow: once an issue has the focus)'],
  [['k', '↑'], 'previous issue of the list'],
  [['Enter', 'o'], 'open the issue that has the focus'],
  [['/'], 'go to the search'],
  [['n'], 'newer event'],
  [['p'], 'older event'],
  [['r'], 'resolve the issue'],
  [['?'], 'show these keys'],
]);
