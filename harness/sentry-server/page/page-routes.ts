/** The embedded Sentry for people: its issues, one issue with its events, and plain forms to change it. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { html } from '../../markup/html-tag.ts';
import { readBody } from '../ingest/read-body.ts';
import { limits } from '../limits.ts';
import type { ServerParts } from '../server-parts.ts';
import { findIssue } from '../storage/issues.ts';
import type { EventRow, IssueRow } from '../storage/rows.ts';
import { notFound } from '../web/api-error.ts';
import { issueEventOf } from '../web/issue-event-routes.ts';
import { showEvent } from '../web/show-event.ts';
import { assetRoutes } from './assets.ts';
import { isFormTokenRight, isFromOwnPage, type Person, personAt, signIn, signOut } from './check-person.ts';
import { changeState, keepNote } from './issue-actions.ts';
import { issueListPage } from './issue-list.ts';
import { issuePage, newestEvent } from './issue-page.ts';
import { issuePath } from './issue-words.ts';
import { answerPage } from './layout.ts';
import { ownPath, ownStep, signInPage } from './sign-in-page.ts';

const ISSUE = '/organizations/:org/issues/:issue/';

export function pageRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.route('/', assetRoutes());
  app.get('/', (c) => read(parts, c, (person) => issueListPage(parts, c, person)));
  // As Sentry's own addresses are written by hand, and by its tools.
  app.get('/organizations/:org/issues/', (c) => c.redirect(`/${new URL(c.req.url).search}`, 302));
  app.get(ISSUE.slice(0, -1), (c) => c.redirect(`${new URL(c.req.url).pathname}/`, 302));
  app.get(ISSUE, (c) =>
    read(parts, c, (person) => {
      const issue = issueAt(parts, c);
      return issuePage(parts, c, { issue, event: newestEvent(parts, issue), person });
    }),
  );
  app.get(`${ISSUE}events/:event/`, (c) =>
    read(parts, c, (person) => issuePage(parts, c, { issue: issueAt(parts, c), event: eventAt(parts, c), person })),
  );
  app.get(`${ISSUE}events/:event/json/`, (c) => read(parts, c, () => rawEvent(parts, c)));
  app.post(`${ISSUE}status/`, (c) => write(parts, c, ({ form }) => changeState(parts, c, issueAt(parts, c), form)));
  app.post(`${ISSUE}notes/`, (c) =>
    write(parts, c, ({ form, person }) => {
      const issue = issueAt(parts, c);
      const text = form.get('text') ?? '';
      const why = keepNote(parts, issue, text);
      if (why === undefined) return c.redirect(`${issuePath(parts, issue.id)}?done=note`, 303);
      return issuePage(parts, c, { issue, event: newestEvent(parts, issue), person, wrong: { text, why } });
    }),
  );
  app.get('/sign-in/', (c) => {
    const next = ownPath(c.req.query('next') ?? '/');
    return personAt(parts, c) === undefined ? signInPage(c, { next }) : c.redirect(next, 302);
  });
  app.post('/sign-in/', async (c) => {
    const form = await ownForm(parts, c);
    const next = ownPath(form.get('next') ?? '/');
    if (!signIn(parts, c, form.get('token') ?? '')) return signInPage(c, { next, isWrong: true });
    return c.redirect(next, 303);
  });
  app.post('/sign-out/', (c) =>
    write(parts, c, () => {
      signOut(c);
      return c.redirect('/', 303);
    }),
  );
  app.onError((error, c) => {
    if (!(error instanceof HTTPException)) throw error;
    return errorPage(c, error, personAt(parts, c));
  });
  return app;
}

/** For paths that nothing else knows. */
export function notFoundPage(parts: ServerParts, c: Context): Response {
  return errorPage(c, notFound(), personAt(parts, c));
}

function read(parts: ServerParts, c: Context, answer: (person: Person) => Response): Response {
  const person = personAt(parts, c);
  if (person !== undefined) return answer(person);
  if (c.req.header('sec-fetch-site') === 'cross-site') return ownStep(c);
  const { pathname, search } = new URL(c.req.url);
  return signInPage(c, { next: `${pathname}${search}` });
}

async function write(
  parts: ServerParts,
  c: Context,
  change: (asked: { form: URLSearchParams; person: Person }) => Response,
): Promise<Response> {
  const form = await ownForm(parts, c);
  const person = personAt(parts, c);
  if (person === undefined) return signInPage(c, { next: '/' });
  if (!isFormTokenRight(person, form.get('form-token'))) throw foreign();
  return change({ form, person });
}

async function ownForm(parts: ServerParts, c: Context): Promise<URLSearchParams> {
  if (!isFromOwnPage(parts, c)) throw foreign();
  const body = await readBody(c.req.raw, { bodyBytes: limits.apiBodyBytes, unpackedBytes: limits.apiBodyBytes });
  if (body.kind !== 'read') throw new HTTPException(413, { message: 'That was more than this server takes.' });
  return new URLSearchParams(new TextDecoder().decode(body.bytes));
}

function foreign(): HTTPException {
  return new HTTPException(403, {
    message: 'The form did not come from a page of this server, or from an old one. Open the page anew and try again.',
  });
}

function issueAt(parts: ServerParts, c: Context): IssueRow {
  const org = c.req.param('org');
  const issue = org === parts.org || org === '1' ? findIssue(parts.db, c.req.param('issue') ?? '') : undefined;
  if (issue === undefined) throw notFound();
  return issue;
}

function eventAt(parts: ServerParts, c: Context): EventRow {
  return issueEventOf(parts, c);
}

function rawEvent(parts: ServerParts, c: Context): Response {
  issueAt(parts, c);
  return c.json(showEvent(parts, eventAt(parts, c)), 200, {
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'",
  });
}

const ERROR_TITLES: Readonly<Record<number, string>> = {
  400: 'Not understood',
  403: 'Not allowed',
  404: 'Not found',
  413: 'Too much',
};

function errorPage(c: Context, error: HTTPException, person: Person | undefined): Response {
  const status = ([400, 403, 404, 413] as const).find((one) => one === error.status) ?? 400;
  const title = ERROR_TITLES[status] ?? 'Not understood';
  const words =
    status === 404
      ? 'There is nothing here: the address is wrong, or the issue or event is no longer kept.'
      : error.message;
  return answerPage(c, {
    title,
    main: html`<h1>${title}</h1><p>${words}</p><p><a href="/">All issues</a></p>`,
    person,
    status,
  });
}
