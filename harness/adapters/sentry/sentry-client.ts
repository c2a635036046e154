/** The client of Sentry's Web API, the same for sentry.io, self-hosted servers and the embedded one. */
import { Failure } from '../../model/failure.ts';
import type { SentryEvent } from '../../model/issue.ts';
import type { ErrorEvent } from '../../model/red.ts';
import { type Clock, type Query, type Requester, realClock, requester } from './sentry-request.ts';
import { urlPath } from './url-path.ts';
import {
  ERROR_FIELDS,
  type IssueSummary,
  WireAnything,
  WireErrorEvents,
  WireEventIssue,
  WireHashes,
  WireIssue,
  WireIssues,
  WireKeys,
  WireNotes,
  WireProject,
} from './wire.ts';
import { WireEvent } from './wire-event.ts';

export interface SentryClientOptions {
  readonly fetch?: (request: Request) => Promise<Response>;
  /** `https://de.sentry.io`, or a self-hosted server's address with its prefix. */
  readonly url: string;
  readonly org: string;
  readonly project: string;
  readonly token?: string;
  /** Ends waiting and running requests; they reject with its reason. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

export interface ListIssuesOptions {
  /** Sentry's search syntax; `is:unresolved` when left out, `''` for all. */
  readonly query?: string;
  readonly sort?: 'date' | 'freq' | 'new' | 'user' | 'trends' | 'inbox' | 'recommended';
  /** At most so many issues; all when left out. */
  readonly limit?: number;
  /** `24h`, `14d` … */
  readonly statsPeriod?: string;
  readonly environment?: string;
}

export interface IssueUpdate {
  readonly status?: 'resolved' | 'unresolved' | 'ignored' | 'resolvedInNextRelease';
  readonly statusDetails?: {
    readonly inNextRelease?: boolean;
    readonly inRelease?: string;
    readonly inCommit?: { readonly commit: string; readonly repository: string };
  };
  readonly substatus?: string;
  /** `user:1`, `team:2`, an e-mail address, or `''` for nobody. */
  readonly assignedTo?: string;
  readonly priority?: 'low' | 'medium' | 'high';
  readonly hasSeen?: boolean;
}

/** Every method throws an upstream Failure where Sentry refuses, cannot be reached or answers nonsense. */
export interface SentryClient {
  /** Issues of the project, page by page as they are asked for. */
  listIssues(options?: ListIssuesOptions): AsyncGenerator<IssueSummary>;
  fetchIssue(idOrShortId: string): Promise<IssueSummary>;
  fetchLatestEvent(issueId: string): Promise<SentryEvent>;
  fetchEvent(issueId: string, eventId: string): Promise<SentryEvent>;
  /** md5 grouping hashes, sorted. */
  fetchIssueHashes(issueId: string): Promise<string[]>;
  /** Undefined while Sentry does not know the event (yet). */
  findIssueOfEvent(eventId: string): Promise<{ issueId: string; eventId: string } | undefined>;
  /** Error events of all projects that carry that trace id, oldest first. */
  listErrorEventsOfTrace(traceId: string): Promise<ErrorEvent[]>;
  /** Error events of the project in that time, oldest first. */
  listErrorEvents(span: { start: Date; end: Date }): Promise<ErrorEvent[]>;
  /** Milliseconds until Sentry knew the event, or undefined when it did not in time. */
  waitForEvent(eventId: string, options: { timeoutMs: number }): Promise<number | undefined>;
  /** The same text is noted once only. Returns whether it was written now. */
  addNote(issueId: string, text: string): Promise<boolean>;
  updateIssue(issueId: string, update: IssueUpdate): Promise<void>;
  /** One call that proves address, token and project. */
  checkAccess(): Promise<{ projectId: string; slug: string }>;
  /** The project's first active DSN. */
  fetchDsn(): Promise<string>;
}

const PAGE = 100;

export function sentryClient(options: SentryClientOptions): SentryClient {
  const { org, project, clock = realClock, signal } = options;
  const api = requester({ fetch: options.fetch ?? fetch, url: options.url, token: options.token, signal, clock });
  const projectId = once(() => checkAccess(api, options).then((found) => found.projectId));
  const issuePath = (issue: string) => urlPath`/organizations/${org}/issues/${issue}/`;
  const fetchEvent = async (issueId: string, event: string): Promise<SentryEvent> =>
    (await api.ask(WireEvent, { path: `${issuePath(issueId)}events/${urlPath`${event}`}/` })).value;
  const findIssueOfEvent = async (eventId: string) =>
    (await api.find(WireEventIssue, { path: urlPath`/organizations/${org}/eventids/${eventId}/` }))?.value;
  return {
    async *listIssues({ limit = Number.POSITIVE_INFINITY, ...wanted } = {}) {
      const query = {
        query: wanted.query ?? 'is:unresolved',
        sort: wanted.sort,
        statsPeriod: wanted.statsPeriod,
        environment: wanted.environment,
      };
      const scope = { project: await projectId(), collapse: 'stats', limit: Math.min(limit, PAGE) };
      let left = limit;
      for await (const page of api.pages(WireIssues, {
        path: urlPath`/organizations/${org}/issues/`,
        query: { ...query, ...scope },
      })) {
        yield* page.slice(0, left);
        left -= page.length;
        if (left <= 0) return;
      }
    },
    fetchIssue: async (idOrShortId) =>
      (await api.ask(WireIssue, { path: issuePath(idOrShortId), query: { collapse: ['stats', 'tags'] } })).value,
    fetchLatestEvent: (issueId) => fetchEvent(issueId, 'latest'),
    fetchEvent,
    fetchIssueHashes: async (issueId) => {
      const hashes = new Set<string>();
      for await (const page of api.pages(WireHashes, { path: `${issuePath(issueId)}hashes/`, query: { full: '0' } })) {
        for (const hash of page) hashes.add(hash.id);
      }
      return [...hashes].sort();
    },
    findIssueOfEvent,
    listErrorEventsOfTrace: (traceId) => {
      if (!/^[0-9a-f]{32}$/i.test(traceId)) throw new RangeError(`${JSON.stringify(traceId)} is no trace id`);
      return discover(api, org, { query: `trace:${traceId}`, statsPeriod: '14d', project: '-1' });
    },
    listErrorEvents: async ({ start, end }) =>
      discover(api, org, { start: apiTime(start), end: apiTime(end), project: await projectId() }),
    waitForEvent: async (eventId, { timeoutMs }) => {
      const start = clock.now();
      for (let pause = 100; ; pause = Math.min(pause * 1.6, 5000)) {
        if ((await findIssueOfEvent(eventId)) !== undefined) return clock.now() - start;
        const left = start + timeoutMs - clock.now();
        if (left <= 0) return undefined;
        await clock.wait(Math.min(pause, left), signal);
      }
    },
    addNote: (issueId, text) => addNote(api, `${issuePath(issueId)}notes/`, text),
    updateIssue: async (issueId, update) => {
      await api.ask(WireAnything, { method: 'PUT', path: issuePath(issueId), body: update });
    },
    checkAccess: () => checkAccess(api, options),
    fetchDsn: async () => {
      const keys = (await api.ask(WireKeys, { path: urlPath`/projects/${org}/${project}/keys/` })).value;
      const key = keys.find((one) => one.isActive !== false);
      if (key !== undefined) return key.dsn.public;
      throw new Failure('upstream', 'sentry-no-key', `The Sentry project ${project} has no active client key.`, {
        hint: 'Create one under Settings, Client Keys (DSN), or set sentry.dsn.',
      });
    },
  };
}

async function checkAccess(
  api: Requester,
  { url, org, project }: SentryClientOptions,
): Promise<{ projectId: string; slug: string }> {
  const found = await api.find(WireProject, { path: urlPath`/projects/${org}/${project}/` });
  if (found !== undefined) return { projectId: found.value.id, slug: found.value.slug };
  throw new Failure(
    'upstream',
    'sentry-unknown-project',
    `Sentry at ${url} has no project ${project} in the organisation ${org}.`,
    {
      hint: 'Check sentry.org and sentry.project (their slugs, as in the address of the project), and that the token may see them.',
    },
  );
}

async function discover(api: Requester, org: string, scope: Query): Promise<ErrorEvent[]> {
  const query = { ...scope, dataset: 'errors', field: ERROR_FIELDS, sort: '-timestamp', per_page: PAGE };
  // Events that arrive between two pages push others onto the next one.
  const events = new Map<string, ErrorEvent>();
  for await (const page of api.pages(WireErrorEvents, { path: urlPath`/organizations/${org}/events/`, query })) {
    for (const event of page.data) events.set(event.eventId, event);
  }
  return [...events.values()].sort((a, b) => a.at.localeCompare(b.at) || a.eventId.localeCompare(b.eventId));
}

/** Sentry wants UTC without a zone here. */
function apiTime(date: Date): string {
  return date.toISOString().replace('Z', '');
}

async function addNote(api: Requester, path: string, text: string): Promise<boolean> {
  for await (const page of api.pages(WireNotes, { path })) {
    if (page.some((note) => note.data?.text?.trim() === text.trim())) return false;
  }
  await api.ask(WireAnything, { method: 'POST', path, body: { text } });
  return true;
}

/** Asks once and remembers; a failed answer is asked again. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined;
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
