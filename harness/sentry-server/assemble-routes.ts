/** All that the embedded Sentry answers: the Web API behind its checks, the way in for events, and the pages. */
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { artifactRoutes } from './artifacts/artifact-routes.ts';
import { ingestRoutes } from './ingest/ingest-routes.ts';
import { limits } from './limits.ts';
import { notFoundPage, pageRoutes } from './page/page-routes.ts';
import type { ServerParts } from './server-parts.ts';
import { attachmentRoutes } from './web/attachment-routes.ts';
import { checkCaller, checkOrganization } from './web/check-caller.ts';
import { discoverRoutes } from './web/discover-routes.ts';
import { eventHelpRoutes } from './web/event-help-routes.ts';
import { eventRoutes } from './web/event-routes.ts';
import { feedbackRoutes } from './web/feedback-routes.ts';
import { groupingInfoRoutes } from './web/grouping-info-routes.ts';
import { issueEventRoutes } from './web/issue-event-routes.ts';
import { issueRemovalRoutes } from './web/issue-removal-routes.ts';
import { issueRoutes } from './web/issue-routes.ts';
import { itemRoutes } from './web/item-routes.ts';
import { monitorRoutes } from './web/monitor-routes.ts';
import { noteRoutes } from './web/note-routes.ts';
import { CALLER, organizationRoutes } from './web/organization-routes.ts';
import { projectRoutes } from './web/project-routes.ts';
import { rateLimit } from './web/rate-limit.ts';
import { releaseHistoryRoutes } from './web/release-history-routes.ts';
import { releaseRoutes } from './web/release-routes.ts';
import { replayRoutes } from './web/replay-routes.ts';
import { sessionRoutes } from './web/session-routes.ts';
import { statsRoutes } from './web/stats-routes.ts';
import { tagRoutes } from './web/tag-routes.ts';
import { teamRoutes } from './web/team-routes.ts';
import { timeseriesRoutes } from './web/timeseries-routes.ts';
import { traceLogsRoutes } from './web/trace-logs-routes.ts';
import { traceRoutes } from './web/trace-routes.ts';

export function assembleRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.use('/api/0/*', rateLimit(parts.now, limits.api));
  app.use('/api/0/*', checkCaller(parts));
  app.use('/api/0/organizations/:org/*', checkOrganization(parts));
  app.use('/api/0/projects/:org/*', checkOrganization(parts));
  app.use('/api/0/teams/:org/*', checkOrganization(parts));
  for (const group of [
    organizationRoutes,
    projectRoutes,
    teamRoutes,
    issueRoutes,
    issueRemovalRoutes,
    issueEventRoutes,
    noteRoutes,
    eventRoutes,
    eventHelpRoutes,
    attachmentRoutes,
    feedbackRoutes,
    tagRoutes,
    groupingInfoRoutes,
    discoverRoutes,
    timeseriesRoutes,
    statsRoutes,
    sessionRoutes,
    traceRoutes,
    traceLogsRoutes,
    replayRoutes,
    releaseRoutes,
    releaseHistoryRoutes,
    monitorRoutes,
    artifactRoutes,
    itemRoutes,
  ]) {
    app.route('/api/0', group(parts));
  }
  app.get('/api/0/', (c) => c.json(CALLER));
  app.route('/api', ingestRoutes(parts));
  app.route('/', pageRoutes(parts));
  app.notFound((c) =>
    c.req.path.startsWith('/api/')
      ? c.json({ detail: 'The requested resource does not exist' }, 404)
      : notFoundPage(parts, c),
  );
  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ detail: error.message }, error.status);
    const trouble = parts.troubleOf(error);
    if (trouble !== undefined) return c.json({ detail: trouble.detail }, trouble.status);
    throw error;
  });
  return app;
}

/** Of the Web API, sorted: `GET /api/0/organizations/:org/issues/`. */
export function operationsOf(app: Hono): string[] {
  const served = app.routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/0/'));
  return [...new Set(served.map(({ method, path }) => `${method} ${path}`))].sort();
}
