/** A Sentry-compatible server in one function from Request to Response: takes events, groups them, answers the Web API. */
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { ingestRoutes } from './ingest/ingest-routes.ts';
import { type IntakeSettings, openIntake } from './ingest/intake.ts';
import { pageRoutes } from './page/page-routes.ts';
import type { ServerParts } from './server-parts.ts';
import { openDatabase } from './storage/database.ts';
import { ensureProject, type NewProject } from './storage/projects.ts';
import { formatShortId } from './storage/short-id.ts';
import { checkCaller, checkOrganization, checkVisitor } from './web/check-caller.ts';
import { discoverRoutes } from './web/discover-routes.ts';
import { eventRoutes } from './web/event-routes.ts';
import { issueEventRoutes } from './web/issue-event-routes.ts';
import { issueRoutes } from './web/issue-routes.ts';
import { itemRoutes } from './web/item-routes.ts';
import { monitorRoutes } from './web/monitor-routes.ts';
import { noteRoutes } from './web/note-routes.ts';
import { CALLER, organizationRoutes } from './web/organization-routes.ts';
import { releaseRoutes } from './web/release-routes.ts';
import { dsnOf } from './web/show-project.ts';

export interface SentryServerOptions extends IntakeSettings {
  /** SQLite file, made where it is missing; in memory when left out. */
  readonly file?: string;
  readonly now?: () => Date;
  /** Slug of the only organisation. */
  readonly org?: string;
  /** Bearer token of the Web API; without one everybody who reaches the server may read. */
  readonly token?: string;
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
  /** Paths that can be read, with `:names` for their holes: what a fuzz test has to try. */
  routes(): string[];
  /** Whether the Web API asks for a token. */
  readonly hasToken: boolean;
  close(): void;
}

/** Throws a usage Failure where the file cannot be used. */
export function sentryServer(options: SentryServerOptions = {}): SentryServer {
  const { file = ':memory:', now = () => new Date(), org = 'mendwright', token, publicUrl } = options;
  const db = openDatabase(file);
  const listeners = new Set<(notice: StoredNotice) => void>();
  const parts: ServerParts = {
    db,
    now,
    intake: openIntake(options),
    org,
    token,
    baseUrl: (request) => (publicUrl?.() ?? new URL(request.url).origin).replace(/\/+$/, ''),
    announce: (project, { eventId, issue, isNew }) => {
      const shortId = formatShortId(project.slug, issue.short_number);
      const notice = {
        eventId,
        issueId: String(issue.id),
        shortId,
        projectSlug: project.slug,
        isNew,
        title: issue.title,
      };
      for (const listener of listeners) listener(notice);
    },
  };
  const app = assembleRoutes(parts);
  const projectNamed = (wanted: NewProject) => {
    const { project, key } = ensureProject(db, wanted, now().getTime());
    return { id: project.id, slug: project.slug, publicKey: key.public };
  };
  return Object.assign(async (request: Request) => app.fetch(request), {
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
    routes: () => [...new Set(app.routes.filter(({ method }) => method === 'GET').map(({ path }) => path))],
    hasToken: token !== undefined,
    close: () => db.close(),
  });
}

function assembleRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.use('*', checkVisitor(parts));
  app.use('/api/0/*', checkCaller(parts));
  app.use('/api/0/organizations/:org/*', checkOrganization(parts));
  app.use('/api/0/projects/:org/*', checkOrganization(parts));
  for (const group of [
    organizationRoutes,
    issueRoutes,
    issueEventRoutes,
    noteRoutes,
    eventRoutes,
    discoverRoutes,
    releaseRoutes,
    monitorRoutes,
    itemRoutes,
  ]) {
    app.route('/api/0', group(parts));
  }
  app.get('/api/0/', (c) => c.json(CALLER));
  app.route('/api', ingestRoutes(parts));
  app.route('/', pageRoutes(parts));
  app.notFound((c) => c.json({ detail: 'The requested resource does not exist' }, 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ detail: error.message }, error.status);
    if (isDiskTrouble(error))
      return c.json({ detail: 'The event could not be stored: the disk is full or the file is locked.' }, 503);
    throw error;
  });
  return app;
}

const SQLITE_BUSY = 5;
const SQLITE_FULL = 13;

function isDiskTrouble(error: unknown): boolean {
  return (
    error instanceof Error && 'errcode' in error && (error.errcode === SQLITE_BUSY || error.errcode === SQLITE_FULL)
  );
}
