/** One issue: what was thrown and where, one of its events at a time, and what can be done about it. */
import type { Context } from 'hono';
import { type Html, html } from '../../markup/html-tag.ts';
import type { ServerParts } from '../server-parts.ts';
import { latestEvent, tagsOfEvent } from '../storage/issues.ts';
import { findProject } from '../storage/projects.ts';
import type { EventRow, IssueRow } from '../storage/rows.ts';
import { formatShortId } from '../storage/short-id.ts';
import { neighbour, payloadOf } from '../web/show-event.ts';
import type { Person } from './check-person.ts';
import { eventSection } from './event-section.ts';
import { actionForm, DONE, noteForm } from './issue-actions.ts';
import { activitySection, issueFacts, tagSection } from './issue-aside.ts';
import { issuePath, levelChip, searchPath, searchTerm, stateChips } from './issue-words.ts';
import { answerPage } from './layout.ts';
import { counted, cut, instantTag } from './words.ts';

export interface Wrong {
  /** As it was written. */
  readonly text: string;
  readonly why: string;
}

/** `wrong` is a note that was refused. */
export function issuePage(
  parts: ServerParts,
  c: Context,
  { issue, event, person, wrong }: { issue: IssueRow; event: EventRow | undefined; person: Person; wrong?: Wrong },
): Response {
  const project = findProject(parts.db, String(issue.project_id))?.slug ?? '';
  const shortId = formatShortId(project, issue.short_number);
  const done = DONE.get(c.req.query('done') ?? '');
  const main = html`<nav class="small" aria-label="Where this is"><a href="/">Issues</a> › <a href="${searchPath(searchTerm('project', project))}">${project}</a> › <span aria-current="page">${shortId}</span></nav>
${done !== undefined && html`<p role="status" class="done">${done}</p>`}
<h1 class="title">${cut(issue.title, 500) || '(no title)'}</h1>
<p class="culprit"><bdi>${issue.culprit}</bdi></p>
<p class="keys small">${levelChip(issue.level)}${stateChips(issue, parts.now().getTime())}<span class="soft">${counted(issue.count, 'event')}</span></p>
${actionForm(parts, issue, person)}
<div class="columns"><div class="event">
${event === undefined ? html`<p class="card part">All of its events were too old or too many, and are no longer here.</p>` : eventPart(parts, issue, event)}
</div><aside aria-label="About the issue">
${issueFacts(parts, issue)}
${activitySection(parts, issue, noteForm(parts, issue, person, wrong))}
${tagSection(parts, issue)}
</aside></div>`;
  return answerPage(c, {
    title: `${shortId} ${cut(issue.title, 100)}`,
    main,
    person,
    status: wrong === undefined ? 200 : 400,
  });
}

function eventPart(parts: ServerParts, issue: IssueRow, event: EventRow): Html {
  return html`${steps(parts, issue, event)}
${about(parts, issue, event)}
${eventSection(payloadOf(parts, event))}
${eventTags(parts, event)}
${grouping(event)}`;
}

/** Newer and older by time; at an end there is nothing to press. */
function steps(parts: ServerParts, issue: IssueRow, event: EventRow): Html {
  const older = neighbour(parts, event, 'previous');
  const newer = neighbour(parts, event, 'next');
  const step = (to: string | undefined, text: string, more?: Html): Html =>
    to === undefined
      ? html`<span class="soft">${text}</span>`
      : html`<a href="${issuePath(parts, issue.id)}events/${to}/" ${more}>${text}</a>`;
  return html`<nav class="steps" aria-label="Events">
${step(older === null ? undefined : 'oldest', 'First')}
${step(older ?? undefined, 'Older', html`rel="prev" aria-keyshortcuts="p"`)}
${step(newer ?? undefined, 'Newer', html`rel="next" aria-keyshortcuts="n"`)}
${step(newer === null ? undefined : 'latest', 'Latest')}
</nav>`;
}

function about(parts: ServerParts, issue: IssueRow, event: EventRow): Html {
  const row = (name: string, value: Html | string): Html => html`<dt>${name}</dt><dd>${value}</dd>`;
  const search = (name: string, key: string, value: string | null): Html | undefined =>
    value === null
      ? undefined
      : row(name, html`<a href="${searchPath(searchTerm(key, value))}"><bdi>${value}</bdi></a>`);
  return html`<section class="card part" aria-labelledby="this-event"><h2 id="this-event">Event</h2><dl class="facts">
${row('Id', html`<code>${event.id}</code> <a class="small" href="${issuePath(parts, issue.id)}events/${event.id}/json/">JSON</a>`)}
${row('Time', instantTag(event.at, parts.now().getTime()))}
${search('Release', 'release', event.release)}
${search('Environment', 'environment', event.environment)}
${search('Trace', 'trace', event.trace_id)}
</dl></section>`;
}

function eventTags(parts: ServerParts, event: EventRow): Html | undefined {
  const tags = tagsOfEvent(parts.db, event.number);
  if (tags.length === 0) return undefined;
  return html`<section class="card part"><h2>Tags of the event</h2><dl class="facts">${tags.map(
    ({ key, value }) =>
      html`<dt><bdi>${key}</bdi></dt><dd><a href="${searchPath(searchTerm(key, value))}"><bdi>${value || '(empty)'}</bdi></a></dd>`,
  )}</dl></section>`;
}

function grouping(event: EventRow): Html {
  return html`<section class="card part"><h2>Grouping</h2><p class="small">Events with one of these hashes join this issue:</p><ul>${event.hashes.map((hash) => html`<li><code>${hash}</code></li>`)}</ul></section>`;
}

/** The newest event; undefined where none is kept. */
export function newestEvent(parts: ServerParts, issue: IssueRow): EventRow | undefined {
  return latestEvent(parts.db, issue.id);
}
