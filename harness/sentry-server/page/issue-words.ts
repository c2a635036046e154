/** An issue's names, states and addresses as the page writes them. */
import { type Html, html } from '../../markup/html-tag.ts';
import type { ServerParts } from '../server-parts.ts';
import type { IssueRow } from '../storage/rows.ts';

const WEEK = 7 * 24 * 3_600_000;

const LEVELS: ReadonlyMap<string, string> = new Map([
  ['fatal', 'open'],
  ['error', 'open'],
  ['warning', 'aside'],
]);

export function levelChip(level: string): Html {
  return html`<span class="chip ${LEVELS.get(level) ?? 'plain'}">${level}</span>`;
}

/** What a reader must know of the issue's state; nothing where it is simply there. */
export function stateChips(issue: IssueRow, now: number): Html {
  const state = stateOf(issue, now);
  return html`${state && html`<span class="chip ${state.tone}">${state.name}</span>`}${
    issue.is_unhandled && html`<span class="chip open">unhandled</span>`
  }`;
}

function stateOf(issue: IssueRow, now: number): { name: string; tone: string } | undefined {
  switch (issue.status) {
    case 'resolved':
      return { name: issue.resolved_kind === 'next' ? 'resolved in next release' : 'resolved', tone: 'mended' };
    case 'ignored':
      return { name: 'archived', tone: 'plain' };
    case 'unresolved':
      if (issue.substatus === 'new') return now - issue.first_seen < WEEK ? { name: 'new', tone: 'aside' } : undefined;
      if (issue.substatus === 'regressed' || issue.substatus === 'escalating')
        return { name: issue.substatus, tone: 'open' };
      return undefined;
  }
}

export function issuePath(parts: ServerParts, issueId: number): string {
  return `/organizations/${encodeURIComponent(parts.org)}/issues/${issueId}/`;
}

/** The list with nothing but that search. */
export function searchPath(query: string): string {
  return `/?${new URLSearchParams({ status: 'all', query })}`;
}

/** One term of the search language. */
export function searchTerm(key: string, value: string): string {
  const quoted = (text: string): string => `"${text.replaceAll(/["\\*]/g, '\\$&')}"`;
  return `${/^[\w.-]+$/.test(key) ? key : quoted(key)}:${/^[\w.@/-]+$/.test(value) ? value : quoted(value)}`;
}
