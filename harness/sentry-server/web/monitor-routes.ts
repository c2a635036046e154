/** Cron monitors and their check-ins. */
import { Hono } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { listCheckIns, listMonitors, type Monitor } from '../storage/check-ins.ts';
import { findProject } from '../storage/projects.ts';
import { notFound } from './api-error.ts';
import { pageAnswer, readPage } from './pagination.ts';
import { showProject, showTime } from './show-project.ts';

export function monitorRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/monitors/', (c) => {
    const page = readPage(c);
    const monitors = listMonitors(parts.db).slice(page.offset, page.offset + page.limit + 1);
    return pageAnswer(
      c,
      page,
      monitors.map((monitor) => showMonitor(parts, monitor)),
    );
  });
  app.get('/organizations/:org/monitors/:monitor/', (c) =>
    c.json(showMonitor(parts, monitorNamed(parts, c.req.param('monitor')))),
  );
  app.get('/organizations/:org/monitors/:monitor/checkins/', (c) => {
    const page = readPage(c);
    const rows = listCheckIns(parts.db, monitorNamed(parts, c.req.param('monitor')).id, {
      limit: page.limit + 1,
      offset: page.offset,
    });
    const shown = rows.map((row) => ({
      id: row.id,
      status: row.status,
      environment: row.environment ?? 'production',
      duration: row.duration === null ? null : Math.round(row.duration * 1000),
      dateCreated: showTime(row.added_at),
      dateUpdated: showTime(row.updated_at),
    }));
    return pageAnswer(c, page, shown);
  });
  return app;
}

function monitorNamed(parts: ServerParts, slug: string): Monitor {
  const monitor = listMonitors(parts.db).find((one) => one.slug === slug);
  if (monitor === undefined) throw notFound();
  return monitor;
}

function showMonitor(parts: ServerParts, monitor: Monitor): Record<string, unknown> {
  const project = findProject(parts.db, String(monitor.project_id));
  return {
    id: String(monitor.id),
    slug: monitor.slug,
    name: monitor.slug,
    status: 'active',
    type: 'cron_job',
    config: monitor.config,
    dateCreated: showTime(monitor.created_at),
    project: project === undefined ? null : showProject(project),
    environments:
      monitor.last_status === null || monitor.last_at === null
        ? []
        : [{ name: 'production', status: monitor.last_status, lastCheckIn: showTime(monitor.last_at) }],
  };
}
