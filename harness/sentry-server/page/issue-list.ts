/** The list of issues: search and filters, a table with a day's sparkline per issue, and pages. */
import type { Context } from 'hono';
import { type Html, html } from '../../markup/html-tag.ts';
import type { ServerParts } from '../server-parts.ts';
import { countsPerInterval, listEnvironments, usersPerIssue } from '../storage/page-counts.ts';
import { listProjects } from '../storage/projects.ts';
import type { IssueRow } from '../storage/rows.ts';
import { formatShortId } from '../storage/short-id.ts';
import type { Person } from './check-person.ts';
import { type Asked, directPath, type Found, findIssues, PER_PAGE, readAsked } from './find-issues.ts';
import { issuePath, levelChip, stateChips } from './issue-words.ts';
import { answerPage } from './layout.ts';
import { searchForm } from './search-form.ts';
import { sparkline } from './sparkline.ts';
import { ago, agoTag, counted, number } from './words.ts';

const HOUR = 3_600_000;
const HOURS = 24;

export function issueListPage(parts: ServerParts, c: Context, person: Person): Response {
  const asked = readAsked(c);
  const direct = directPath(parts, asked.query);
  if (direct !== undefined) return c.redirect(`${issuePath(parts, 0).replace(/0\/$/, '')}${direct}`, 302);
  const projects = listProjects(parts.db);
  const slugs = new Map(projects.map(({ id, slug }) => [id, slug]));
  const found = findIssues(parts, c, asked);
  const choices = { projects: [...slugs.values()], environments: listEnvironments(parts.db) };
  const main = html`<h1>Issues</h1>
${searchForm(asked, choices, found.kind === 'refused' ? found.why : undefined)}
<p role="status" class="count">${resultWords(found, asked)}</p>
${found.kind === 'found' && found.issues.length > 0 && issueTable(parts, found.issues, slugs)}
${found.kind === 'found' && pager(c, asked, found.hits)}`;
  return answerPage(c, { title: 'Issues', main, person, isList: true, status: found.kind === 'refused' ? 400 : 200 });
}

function resultWords(found: Found, asked: Asked): string {
  if (found.kind === 'refused') return 'The search was not understood.';
  const { hits, issues } = found;
  if (hits === 0) {
    return isPlain(asked)
      ? 'No unresolved issues. Errors show up here once an SDK whose DSN points here has sent one.'
      : 'No issue meets all of this.';
  }
  if (issues.length === 0) return `There are only ${counted(hits, 'issue')}: this page lies beyond them.`;
  if (hits <= PER_PAGE) return counted(hits, 'issue');
  const first = (asked.page - 1) * PER_PAGE + 1;
  return `${number(first)} to ${number(first + issues.length - 1)} of ${counted(hits, 'issue')}`;
}

function isPlain({ query, status, project, environment, statsPeriod }: Asked): boolean {
  return `${query}${project}${environment}${statsPeriod}` === '' && status === 'unresolved';
}

function issueTable(parts: ServerParts, issues: readonly IssueRow[], slugs: ReadonlyMap<number, string>): Html {
  const now = parts.now().getTime();
  const ids = issues.map(({ id }) => id);
  const counts = countsPerInterval(parts.db, ids, { step: HOUR, length: HOURS, now });
  const users = usersPerIssue(parts.db, ids);
  const rows = issues.map((issue) => {
    const slug = slugs.get(issue.project_id) ?? '';
    const day = counts.get(issue.id) ?? [];
    const sum = day.reduce((total, count) => total + count, 0);
    return html`<tr>
<th scope="row"><a class="title" href="${issuePath(parts, issue.id)}" data-row>${issue.title || '(no title)'}</a>
<span class="culprit"><bdi>${issue.culprit}</bdi></span>
<span class="keys small"><span>${formatShortId(slug, issue.short_number)}</span>${levelChip(issue.level)}${stateChips(issue, now)}<span class="soft narrow">${ago(issue.last_seen, now)}</span></span></th>
<td class="graph">${sparkline(day, `${counted(sum, 'event')} in 24 hours`)}</td>
<td class="num">${number(issue.count)}</td>
<td class="num wide">${number(users.get(issue.id) ?? 0)}</td>
<td class="time wide">${agoTag(issue.last_seen, now)}</td>
<td class="time widest">${agoTag(issue.first_seen, now)}</td>
</tr>`;
  });
  return html`<table class="card issues"><caption class="unseen">Issues</caption>
<thead><tr><th scope="col">Issue</th><th scope="col" class="graph">24 hours</th><th scope="col" class="num">Events</th><th scope="col" class="num wide">Users</th><th scope="col" class="wide">Last seen</th><th scope="col" class="widest">First seen</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

function pager(c: Context, { page }: Asked, hits: number): Html | undefined {
  const last = Math.ceil(hits / PER_PAGE);
  if (last <= 1) return undefined;
  const link = (to: number, rel: string, text: string): Html => {
    const { search } = new URL(c.req.url);
    const address = new URLSearchParams(search);
    address.set('page', String(to));
    return html`<a rel="${rel}" href="/?${address.toString()}">${text}</a>`;
  };
  const shown = Math.min(page, last + 1);
  return html`<nav class="pager" aria-label="Pages">
${shown > 1 && link(shown - 1, 'prev', 'Previous page')}
<span aria-current="page">Page ${number(page)} of ${number(last)}</span>
${shown < last && link(shown + 1, 'next', 'Next page')}
</nav>`;
}
