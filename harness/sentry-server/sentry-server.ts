/** A Sentry-compatible server in one function from Request to Response: takes events, groups them, answers the Web API. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { assembleRoutes, operationsOf } from './assemble-routes.ts';
import type { AcceptedEvent } from './ingest/accept-items.ts';
import { isIngest, takeOnPort } from './ingest/ingest-port.ts';
import { type IntakeSettings, openIntake } from './ingest/intake.ts';
import { EVENTS_PER_STEP, pruner } from './pruner.ts';
import type { ServerParts } from './server-parts.ts';
import { isOnDisk, openDatabase } from './storage/database.ts';
import { FileBusy, groupCommit } from './storage/group-commit.ts';
import { openInbox } from './storage/inbox/inbox.ts';
import { inboxState, turnOf } from './storage/inbox/inbox-state.ts';
import { isDiskTrouble } from './storage/inbox/store-records.ts';
import { seenTags } from './storage/issue-tags.ts';
import { itemCounts } from './storage/item-counts.ts';
import { ensureProject, findProject, type NewProject } from './storage/projects.ts';
import { RETENTION, type Retention } from './storage/retention.ts';
import { formatShortId } from './storage/short-id.ts';
import { dsnOf } from './web/show-project.ts';

export interface SentryServerOptions extends IntakeSettings {
  /** SQLite file, made where it is missing; in memory when left out. */
  readonly file?: string;
  readonly now?: () => Date;
  /** Slug of the only organisation. */
  readonly org?: string;
  /** Bearer token of the Web API; without one everybody who reaches the server may read. */
  readonly token?: string;
  /** What is left out stands for 90 days and a million events. Old events go while new ones come, and when a file is opened. */
  readonly retention?: Partial<Retention>;
  /** Address for links to issues; the request's own origin when left out. */
  readonly publicUrl?: () => string;
}

/** An event that was just stored. Its title is a stranger's text. */
export interface StoredNotice {
  readonly eventId: string;
  readonly issueId: string;
  readonly shortId: string;
  readonly projectSlug: string;
  /** Whether the event founded the issue. */
  readonly isNew: boolean;
  readonly title: string;
}

export interface SentryServer {
  (request: Request): Promise<Response>;
  /** Finds the project or makes it, with one client key. Throws a usage Failure for an impossible slug. */
  ensureProject(project: NewProject): { id: number; slug: string; publicKey: string };
  /** The project's DSN under that address; the project is made where it is missing. */
  dsn(slug: string, baseUrl: string): string;
  /** Where SDKs mirror their envelopes to for the project (SENTRY_SPOTLIGHT); the project is made where it is missing. */
  mirror(slug: string, baseUrl: string): string;
  /** Listeners are called after the event is on disk. Returns how to stop listening. */
  onEvent(listener: (notice: StoredNotice) => void): () => void;
  /** Answers a request to an ingest route without a `Request`; false where it is none, and untouched. */
  takeOnPort(request: IncomingMessage, response: ServerResponse): boolean;
  /** Whether the Web API asks for a token. */
  readonly hasToken: boolean;
  /** The operations of the Web API, sorted: `GET /api/0/organizations/:org/issues/`. */
  readonly operations: readonly string[];
  close(): void;
}

/** Throws a usage Failure where the file cannot be used. */
export function sentryServer(options: SentryServerOptions = {}): SentryServer {
  const { file = ':memory:', now = () => new Date(), org = 'mendwright', token, publicUrl } = options;
  const shared = inboxState();
  const db = openDatabase(file, { turn: turnOf(shared) });
  const listeners = new Set<(notice: StoredNotice) => void>();
  const seen = seenTags();
  let arrived = 0;
  const counts = itemCounts(db);
  const commits = groupCommit(db, {
    beforeCommit: counts.write,
    onRollback: () => {
      seen.clear();
      counts.clear();
    },
  });
  const announce = (slug: string, { eventId, issueId, shortNumber, isNew, title }: AcceptedEvent): void => {
    const shortId = formatShortId(slug, shortNumber);
    const notice = { eventId, issueId: String(issueId), shortId, projectSlug: slug, isNew, title };
    for (const listener of listeners) listener(notice);
  };
  const countArrived = (count: number): void => {
    arrived += count;
    if (arrived < EVENTS_PER_STEP) return;
    arrived = 0;
    prune();
  };
  const inbox = isOnDisk(file)
    ? openInbox({
        file,
        state: shared,
        store: { db, seenTags: seen, itemCounts: counts },
        listens: () => listeners.size > 0,
        onStored: (count, notices) => {
          countArrived(count);
          for (const notice of notices) {
            const project = findProject(db, String(notice.projectId));
            if (project !== undefined) announce(project.slug, notice);
          }
        },
      })
    : undefined;
  const parts: ServerParts = {
    db,
    commits,
    inbox,
    seenTags: seen,
    itemCounts: counts,
    now,
    intake: openIntake(options),
    org,
    token,
    baseUrl: (request) => (publicUrl?.() ?? new URL(request.url).origin).replace(/\/+$/, ''),
    announce: (project, event) => {
      countArrived(1);
      announce(project.slug, event);
    },
    tidy: () => prune(),
    troubleOf: (error) =>
      error instanceof FileBusy || isDiskTrouble(error) ? { status: 503, detail: DISK_TROUBLE } : undefined,
  };
  const prune = pruner(parts, { ...RETENTION, ...options.retention });
  prune();
  const app = assembleRoutes(parts);
  const projectNamed = (wanted: NewProject) => {
    const { project, key } = ensureProject(db, wanted, now().getTime());
    return { id: project.id, slug: project.slug, publicKey: key.public };
  };
  const answer = async (request: Request): Promise<Response> => {
    if (!isIngest(new URL(request.url).pathname)) await inbox?.settled();
    return app.fetch(request);
  };
  return Object.assign(answer, {
    ensureProject: projectNamed,
    dsn: (slug: string, baseUrl: string) => {
      const { publicKey, id } = projectNamed({ slug });
      return dsnOf(baseUrl, publicKey, id);
    },
    mirror: (slug: string, baseUrl: string) => {
      const { publicKey, id } = projectNamed({ slug });
      return `${baseUrl}/api/${id}/mirror/${publicKey}`;
    },
    onEvent: (listener: (notice: StoredNotice) => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    takeOnPort: (request: IncomingMessage, response: ServerResponse) => takeOnPort(parts, request, response),
    hasToken: token !== undefined,
    operations: operationsOf(app),
    close: () => {
      commits.flush();
      inbox?.close();
      db.close();
    },
  });
}

const DISK_TROUBLE = 'The event could not be stored: the disk is full or the file is locked.';
