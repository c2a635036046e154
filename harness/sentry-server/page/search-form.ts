/** The search of the issue list with its filters: a plain form whose address can be kept. */
import { type Html, html } from '../../markup/html-tag.ts';
import { type Asked, PERIODS, SORTS, STATUSES } from './find-issues.ts';

export interface Choices {
  readonly projects: readonly string[];
  readonly environments: readonly string[];
}

/** `why` tells in words what is wrong with the query. */
export function searchForm(asked: Asked, { projects, environments }: Choices, why: string | undefined): Html {
  const described = why === undefined ? html`aria-describedby="search-help"` : WRONG;
  return html`<form class="search card" role="search" action="/" method="get">
<div class="field wide"><label for="query">Search</label>
<input id="query" name="query" type="search" value="${asked.query}" spellcheck="false" autocapitalize="off" autocomplete="off" maxlength="4096" aria-keyshortcuts="/" ${described}>
${why !== undefined && html`<p class="wrong" id="search-wrong" role="alert">${why}</p>`}
<p class="soft small" id="search-help">Words of the title, or such as <code>release:1.4.0</code>, <code>timesSeen:&gt;5</code>, <code>!level:info</code>, <code>user.email:*@example.org</code>, <code>has:trace</code></p></div>
${select('status', 'Status', asked.status, Object.entries(STATUSES))}
${select('project', 'Project', asked.project, named(projects, asked.project))}
${select('environment', 'Environment', asked.environment, named(environments, asked.environment))}
${select('statsPeriod', 'Seen in', asked.statsPeriod, periods(asked.statsPeriod))}
${select('sort', 'Sorted by', asked.sort, Object.entries(SORTS))}
<button class="primary">Search</button>
</form>`;
}

const WRONG = html`aria-describedby="search-wrong search-help" aria-invalid="true"`;

/** What was asked for stays on offer, even where nothing is known of it. */
function named(names: readonly string[], asked: string): [string, string][] {
  const all = asked === '' || names.includes(asked) ? names : [...names, asked];
  return [['', 'All'], ...all.map((name): [string, string] => [name, name])];
}

function periods(asked: string): [string, string][] {
  const offered = Object.entries(PERIODS);
  return Object.hasOwn(PERIODS, asked) ? offered : [...offered, [asked, `the last ${asked}`]];
}

function select(name: string, label: string, chosen: string, options: readonly (readonly [string, string])[]): Html {
  return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${options.map(
    ([value, text]) => html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`,
  )}</select></div>`;
}
