/** Cron monitors and their check-ins. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { type CheckInRow, listCheckIns, listMonitors, type Monitor } from '../storage/check-ins.ts';
import { listMonitorEnvironments } from '../storage/monitor-environments.ts';
import { findProject } from '../storage/projects.ts';
import { MonitorConfig, nextDue } from '../telemetry/monitor-schedule.ts';
import { notFound } from './api-error.ts';
import { projectIds } from './event-filter.ts';
import { monitorStats } from './monitor-stats.ts';
import { listAnswer, pageAnswer, readPage } from './pagination.ts';
import { showProject, showTime } from './show-project.ts';
import { USER } from './show-user.ts';

const MINUTE = 60_000;
/** Sentry's, where the monitor names none. */
const DEFAULTS = { margin: 1, runtime: 30 };

export function monitorRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/monitors/', (c) => {
    const projects = projectIds(parts, c);
    const word = (c.req.query('query') ?? '').toLowerCase();
    const found = listMonitors(parts.db).filter(
      (one) => one.slug.toLowerCase().includes(word) && (projects.length === 0 || projects.includes(one.project_id)),
    );
    return listAnswer(c, found, (monitor) => showMonitor(parts, monitor));
  });
  app.get('/organizations/:org/monitors/:monitor/', (c) => c.json(showMonitor(parts, monitorOf(parts, c))));
  app.get('/organizations/:org/monitors/:monitor/checkins/', (c) => {
    const page = readPage(c);
    const monitor = monitorOf(parts, c);
    const config = MonitorConfig.parse(monitor.config);
    const rows = listCheckIns(parts.db, monitor.id, { limit: page.limit + 1, offset: page.offset });
    const shown = rows.map((row, index) => {
      const before = rows[index + 1];
      const expected = before === undefined ? row.added_at : nextDue(config, before.added_at);
      return showCheckIn(row, { config, expected, now: parts.now().getTime() });
    });
    return pageAnswer(c, page, shown);
  });
  app.get('/organizations/:org/monitors/:monitor/stats/', (c) => {
    const rows = listCheckIns(parts.db, monitorOf(parts, c).id, { limit: 10_000, offset: 0 });
    const { since, until, resolution } = c.req.query();
    return c.json(monitorStats(rows, { since, until, resolution }, parts.now().getTime()));
  });
  return app;
}

/** By slug or id. */
function monitorOf(parts: ServerParts, c: Context): Monitor {
  const name = c.req.param('monitor') ?? '';
  const monitors = listMonitors(parts.db);
  const monitor = monitors.find(({ slug }) => slug === name) ?? monitors.find(({ id }) => String(id) === name);
  if (monitor === undefined) throw notFound();
  return monitor;
}

function showMonitor(parts: ServerParts, monitor: Monitor): Record<string, unknown> {
  const project = findProject(parts.db, String(monitor.project_id));
  const config = MonitorConfig.parse(monitor.config);
  const margin = (config.checkin_margin ?? DEFAULTS.margin) * MINUTE;
  const now = parts.now().getTime();
  return {
    id: String(monitor.id),
    slug: monitor.slug,
    name: monitor.slug,
    status: 'active',
    type: 'cron_job',
    isMuted: false,
    isUpserting: true,
    config,
    dateCreated: showTime(monitor.created_at),
    project: project === undefined ? null : showProject(parts, project),
    owner: { type: 'user', id: USER.id, name: USER.name, email: USER.email },
    environments: listMonitorEnvironments(parts.db, monitor.id).map(({ name, first_at, last_at, status }) => {
      const due = nextDue(config, last_at);
      return {
        name,
        status: now > due + margin ? 'missed_checkin' : status,
        isMuted: false,
        dateCreated: showTime(first_at),
        lastCheckIn: showTime(last_at),
        nextCheckIn: showTime(due),
        nextCheckInLatest: showTime(due + margin),
        activeIncident: null,
      };
    }),
  };
}

/** One that has been in progress for longer than it may has timed out. */
function showCheckIn(
  row: CheckInRow,
  { config, expected, now }: { config: MonitorConfig; expected: number; now: number },
): Record<string, unknown> {
  const isLate = row.status === 'in_progress' && now - row.added_at > (config.max_runtime ?? DEFAULTS.runtime) * MINUTE;
  return {
    id: row.id,
    status: isLate ? 'timeout' : row.status,
    environment: row.environment ?? 'production',
    duration: row.duration === null ? null : Math.round(row.duration * 1000),
    dateCreated: showTime(row.added_at),
    dateAdded: showTime(row.added_at),
    dateUpdated: showTime(row.updated_at),
    dateInProgress: row.status === 'in_progress' || row.updated_at > row.added_at ? showTime(row.added_at) : null,
    dateClock: showTime(row.added_at),
    expectedTime: showTime(expected),
    monitorConfig: config,
    groups: [],
  };
}
