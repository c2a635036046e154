/** What an event says: its exceptions or message, and what led to them. */
import { type Html, html } from '../../markup/html-tag.ts';
import { isRecord } from '../../model/is-record.ts';
import type { EventPayload, Exception } from '../event/payload.ts';
import { frameList } from './frames.ts';
import { cut, shown } from './words.ts';

const TEXT = 4000;
const VALUE = 2000;

export function eventSection(payload: EventPayload): Html {
  return html`${exceptions(payload.exception ?? [])}
${message(payload.logentry)}
${payload.stacktrace && html`<section class="card part"><h2>Stack</h2>${frameList(payload.stacktrace.frames)}</section>`}
${threads(payload.threads ?? [])}
${breadcrumbs(payload.breadcrumbs ?? [])}
${request(payload.request)}
${payload.user && facts('User', payload.user)}
${Object.entries(payload.contexts ?? {}).map(([name, value]) => isRecord(value) && facts(`Context: ${cut(name, 60)}`, value))}
${facts('Additional data', payload.extra ?? {})}
${folded('Packages', payload.modules ?? {})}`;
}

/** Outermost last, as the error that was seen is the last one of the chain. */
function exceptions(chain: readonly Exception[]): Html | undefined {
  if (chain.length === 0) return undefined;
  const shownFirst = chain.toReversed();
  return html`<section class="card part"><h2>${chain.length === 1 ? 'Exception' : `Exceptions: ${chain.length}, the last one first`}</h2>${shownFirst.map(exception)}</section>`;
}

function exception({ type, value, mechanism, stacktrace }: Exception): Html {
  const how = [
    mechanism?.type,
    mechanism?.handled === undefined ? undefined : mechanism.handled ? 'handled' : 'unhandled',
    mechanism?.source === undefined ? undefined : `from ${mechanism.source}`,
  ].filter((word) => word !== undefined);
  return html`<article class="exception"><h3><bdi>${type ?? 'Error'}</bdi></h3>
${value !== undefined && html`<p class="value">${cut(value, TEXT)}</p>`}
${how.length > 0 && html`<p class="soft small">${how.join(' · ')}</p>`}
${stacktrace === undefined ? html`<p class="soft small">The sender gave no stack.</p>` : frameList(stacktrace.frames)}</article>`;
}

function message(entry: EventPayload['logentry']): Html | undefined {
  const text = entry?.formatted ?? entry?.message;
  if (text === undefined) return undefined;
  const template = entry?.message !== undefined && entry.message !== text;
  return html`<section class="card part"><h2>Message</h2><p class="value">${cut(text, TEXT)}</p>${template && html`<p class="soft small">Made from <code>${cut(entry.message ?? '', TEXT)}</code></p>`}</section>`;
}

function threads(list: NonNullable<EventPayload['threads']>): Html | undefined {
  const withFrames = list.filter(({ stacktrace }) => (stacktrace?.frames.length ?? 0) > 0);
  if (withFrames.length === 0) return undefined;
  return html`<section class="card part"><h2>Threads</h2>${withFrames.map(
    ({ id, name, crashed, stacktrace }) =>
      html`<details><summary>${name ?? `Thread ${id ?? '?'}`}${crashed === true && ' (crashed)'}</summary>${frameList(stacktrace?.frames ?? [])}</details>`,
  )}</section>`;
}

function breadcrumbs(crumbs: NonNullable<EventPayload['breadcrumbs']>): Html | undefined {
  if (crumbs.length === 0) return undefined;
  const rows = crumbs.map(
    ({ timestamp, category, type, level, message: text, data }) => html`<tr>
<td class="time">${clock(timestamp)}</td><td><bdi>${category ?? type ?? 'default'}</bdi></td><td class="wide">${level ?? 'info'}</td>
<td>${text !== undefined && html`<span class="pre">${cut(text, 1000)}</span>`}${data !== undefined && Object.keys(data).length > 0 && html`<code class="pre small soft">${shown(data, 500)}</code>`}</td></tr>`,
  );
  return html`<section class="card part"><h2>Breadcrumbs</h2><table><caption class="unseen">What happened before, oldest first</caption>
<thead><tr><th scope="col">Time</th><th scope="col">What</th><th scope="col" class="wide">Level</th><th scope="col">Details</th></tr></thead><tbody>${rows}</tbody></table></section>`;
}

function clock(timestamp: string | number | undefined): string {
  if (timestamp === undefined) return '';
  const date = new Date(typeof timestamp === 'number' ? timestamp * 1000 : timestamp);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(11, 23);
}

function request(asked: EventPayload['request']): Html | undefined {
  if (asked === undefined) return undefined;
  const { method = 'GET', url, headers = [], data, env, query_string: query } = asked;
  return html`<section class="card part"><h2>Request</h2>
<p class="value"><code>${method} ${url ?? '(no address)'}</code></p>
${query !== undefined && html`<p class="small">Query: <code>${shown(query, VALUE)}</code></p>`}
${headers.length > 0 && pairs('Headers', headers)}
${data !== undefined && data !== null && html`<h3>Body</h3><pre class="source">${shown(data, VALUE)}</pre>`}
${env !== undefined && pairs('Environment', Object.entries(env))}</section>`;
}

function facts(title: string, values: Readonly<Record<string, unknown>>): Html | undefined {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
  if (entries.length === 0) return undefined;
  return html`<section class="card part"><h2>${title}</h2>${list(entries)}</section>`;
}

function folded(title: string, values: Readonly<Record<string, unknown>>): Html | undefined {
  const entries = Object.entries(values);
  if (entries.length === 0) return undefined;
  return html`<section class="card part"><details><summary><h2>${title}: ${entries.length}</h2></summary>${list(entries)}</details></section>`;
}

function pairs(title: string, entries: readonly (readonly [string, unknown])[]): Html {
  return html`<h3>${title}</h3>${list(entries)}`;
}

function list(entries: readonly (readonly [string, unknown])[]): Html {
  return html`<dl class="facts">${entries
    .slice(0, 200)
    .map(([name, value]) => html`<dt>${cut(name, 100)}</dt><dd class="pre">${shown(value, VALUE)}</dd>`)}</dl>`;
}
