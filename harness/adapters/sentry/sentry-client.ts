/** The client of Sentry's Web API, the same for sentry.io, self-hosted servers and the embedded one. */
import { Failure } from '../../model/failure.ts';
import type { SentryEvent } from '../../model/issue.ts';
import type { ErrorEvent } from '../../model/red.ts';
import { urlPath } from '../../web/url-path.ts';
import type { Query } from './call.ts';
import { findProject, proveReading } from './check-access.ts';
import { connect } from './connect.ts';
import { addNote } from './notes.ts';
import { once } from './once.ts';
import { type Clock, type Requester, realClock } from './sentry-request.ts';
import {
  ERROR_FIELDS,
  type IssueSummary,
  WireErrorEvents,
  WireEventIssue,
  WireHashes,
  WireIssue,
  WireIssues,
  WireKeys,
  WireUpdated,
} from './wire.ts';
import { type SuspectCommit, WireCommitters } from './wire-commit.ts';
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
  /** 0 to 1, for the jitter of pauses. */
  readonly random?: () => number;
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
  /** Errors of the project, page by page as they are asked for; what users wrote, slow requests and the like are none. */
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
  /** Commits that Sentry suspects of the event, strongest first; empty where it has none, or does not know the event. */
  listSuspectCommits(eventId: string): Promise<SuspectCommit[]>;
  /** The same text is noted once only. Returns whether it was written now. */
  addNote(issueId: string, text: string): Promise<boolean>;
  /** Returns the issue's status after it: `resolved` also where it is to be resolved in a release. */
  updateIssue(issueId: string, update: IssueUpdate): Promise<string>;
  fetchProject(): Promise<{ projectId: string; slug: string }>;
  /** Proves address, token, organisation, project, and that the token may read what a night reads. */
  checkAccess(): Promise<void>;
  /** The project's first active DSN. */
  fetchDsn(): Promise<string>;
}

const PAGE = 100;

export function sentryClient(options: SentryClientOptions): SentryClient {
  const { org, project, clock = realClock, signal } = options;
  const { api, base } = connect({
    fetch: options.fetch ?? fetch,
    url: options.url,
    org,
    token: options.token,
    signal,
    clock,
    random: options.random ?? Math.random,
  });
  const fetchProject = async () => findProject(api, { base: await base(), org, project });
  const known = once(fetchProject);
  const projectId = async () => (await known()).projectId;
  const issuePath = (issue: string) => urlPath`/organizations/${org}/issues/${issue}/`;
  const fetchEvent = async (issueId: string, event: string): Promise<SentryEvent> => {
    const path = `${issuePath(issueId)}events/${urlPath`${event}`}/`;
    return (await api.ask(WireEvent, { does: 'read the event', scope: 'event:read', path })).value;
  };
  const findIssueOfEvent = async (eventId: string) => {
    const path = urlPath`/organizations/${org}/eventids/${eventId}/`;
    return (await api.find(WireEventIssue, { does: 'find the event', scope: 'org:read', path }))?.value;
  };
  return {
    async *listIssues({ limit = Number.POSITIVE_INFINITY, ...wanted } = {}) {
      const query = {
        query: wanted.query ?? 'is:unresolved',
        sort: wanted.sort,
        statsPeriod: wanted.statsPeriod,
        environment: wanted.environment,
      };
      const scope = { project: await projectId(), collapse: 'stats', limit: Math.min(limit, PAGE) };
      const path = urlPath`/organizations/${org}/issues/`;
      const call = { does: 'list the issues', scope: 'event:read', path, query: { ...query, ...scope } };
      // What arrives between two pages pushes issues onto the next one.
      const seen = new Set<string>();
      for await (const page of api.pages(WireIssues, call)) {
        for (const issue of page) {
          const isError = (issue.issueCategory ?? 'error') === 'error';
          if (!isError || seen.size >= limit || seen.has(issue.id)) continue;
          seen.add(issue.id);
          yield issue;
        }
        if (seen.size >= limit) return;
      }
    },
    fetchIssue: async (idOrShortId) => {
      const call = { does: 'read the issue', scope: 'event:read', path: issuePath(idOrShortId) };
      return (await api.ask(WireIssue, { ...call, query: { collapse: ['stats', 'tags'] } })).value;
    },
    fetchLatestEvent: (issueId) => fetchEvent(issueId, 'latest'),
    fetchEvent,
    fetchIssueHashes: async (issueId) => {
      const hashes = new Set<string>();
      const path = `${issuePath(issueId)}hashes/`;
      const call = { does: 'list the hashes of the issue', scope: 'event:read', path, query: { full: '0' } };
      for await (const page of api.pages(WireHashes, call)) {
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
    listSuspectCommits: async (eventId) => {
      const path = urlPath`/projects/${org}/${project}/events/${eventId}/committers/`;
      const call = { does: 'read the suspect commits', scope: 'event:read', path };
      return (await api.find(WireCommitters, call))?.value ?? [];
    },
    addNote: (issueId, text) => addNote(api, `${issuePath(issueId)}notes/`, text),
    updateIssue: async (issueId, update) => {
      const call = { does: 'change the issue', scope: 'event:write', path: issuePath(issueId), body: update };
      return (await api.ask(WireUpdated, { ...call, method: 'PUT' })).value.status;
    },
    fetchProject,
    checkAccess: async () => proveReading(api, org, await projectId()),
    fetchDsn: async () => {
      const path = urlPath`/projects/${org}/${project}/keys/`;
      for await (const page of api.pages(WireKeys, { does: 'read the DSN', scope: 'project:read', path })) {
        const key = page.find((one) => one.isActive !== false);
        if (key !== undefined) return key.dsn.public;
      }
      throw new Failure('upstream', 'sentry-no-key', `The Sentry project ${project} has no active client key.`, {
        hint: 'Create one under Settings, Client Keys (DSN), or set sentry.dsn.',
      });
    },
  };
}

async function discover(api: Requester, org: string, scope: Query): Promise<ErrorEvent[]> {
  const query = { ...scope, dataset: 'errors', field: ERROR_FIELDS, sort: '-timestamp', per_page: PAGE };
  // Events that arrive between two pages push others onto the next one.
  const events = new Map<string, ErrorEvent>();
  const path = urlPath`/organizations/${org}/events/`;
  const call = { does: 'list the error events', scope: 'org:read', path, query };
  for await (const page of api.pages(WireErrorEvents, call)) {
    for (const event of page.data) events.set(event.eventId, event);
  }
  return [...events.values()].sort((a, b) => a.at.localeCompare(b.at) || a.eventId.localeCompare(b.eventId));
}

/** Sentry wants UTC without a zone here. */
function apiTime(date: Date): string {
  return date.toISOString().replace('Z', '');
}
