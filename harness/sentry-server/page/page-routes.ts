/** The embedded Sentry for people: a plain page of its issues, and one per issue. */

import type { Context } from 'hono';
import { Hono } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { findIssue, latestEvent, tagsOfEvent } from '../storage/issues.ts';
import { findProject } from '../storage/projects.ts';
import { IssueRow } from '../storage/rows.ts';
import { formatShortId } from '../storage/short-id.ts';
import { showEvent } from '../web/show-event.ts';
import { type Html, html } from './html.ts';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1d1d28;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #ddd;vertical-align:top}
pre{background:#f4f4f8;padding:1rem;overflow:auto}a{color:#4a36b0}.muted{color:#666}.title{overflow-wrap:anywhere}
@media (prefers-color-scheme:dark){body{color:#e6e6ee;background:#16161d}th,td{border-color:#333}pre{background:#22222c}a{color:#b3a5ff}.muted{color:#999}}`;

/** No script runs on these pages, whatever an event says. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

export function pageRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/', (c) => answer(c, 'Issues', issueTable(parts)));
  app.get('/organizations/:org/issues/:issue/', (c) => {
    const issue = findIssue(parts.db, c.req.param('issue'));
    if (issue === undefined)
      return answer(c, 'No such issue', html`<p>There is no such issue. <a href="/">All issues</a></p>`, 404);
    return answer(c, issue.title, issueDetails(parts, issue));
  });
  return app;
}

function answer(c: Context, title: string, body: Html, status: 200 | 404 = 200): Response {
  const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} · embedded Sentry</title><style>${{ html: STYLE }}</style></head><body><h1 class="title">${title}</h1>${body}</body></html>`;
  return c.html(page.html, status, HEADERS);
}

function issueTable(parts: ServerParts): Html {
  const issues = parts.db.all(IssueRow, 'SELECT * FROM issues ORDER BY last_seen DESC, id DESC LIMIT 200');
  if (issues.length === 0) return html`<p>No errors so far. Point an SDK's DSN here and provoke one.</p>`;
  const rows = issues.map(
    (
      issue,
    ) => html`<tr><td><a href="/organizations/${encodeURIComponent(parts.org)}/issues/${issue.id}/">${shortIdOf(parts, issue)}</a></td>
<td class="title">${issue.title}<br><span class="muted">${issue.culprit}</span></td><td>${issue.level}</td><td>${issue.status}</td>
<td>${issue.count}</td><td>${new Date(issue.last_seen).toISOString()}</td></tr>`,
  );
  return html`<table><thead><tr><th>Issue</th><th>Error</th><th>Level</th><th>Status</th><th>Events</th><th>Last seen</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

function issueDetails(parts: ServerParts, issue: IssueRow): Html {
  const event = latestEvent(parts.db, issue.id);
  const tags = (event === undefined ? [] : tagsOfEvent(parts.db, event.number)).map(
    ({ key, value }) => html`<tr><th>${key}</th><td class="title">${value}</td></tr>`,
  );
  const whole = event === undefined ? '' : JSON.stringify(showEvent(parts, event).entries, null, 2);
  return html`<p><a href="/">All issues</a> · ${shortIdOf(parts, issue)} · ${issue.level} · ${issue.status} · ${issue.count} events</p>
<p class="muted">${issue.culprit}</p><h2>Tags of the latest event</h2><table>${tags}</table><h2>Latest event</h2><pre>${whole}</pre>`;
}

function shortIdOf(parts: ServerParts, issue: IssueRow): string {
  return formatShortId(findProject(parts.db, String(issue.project_id))?.slug ?? '', issue.short_number);
}
