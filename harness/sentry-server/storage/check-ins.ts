/** Cron monitors and their check-ins. */
import { z } from 'zod';
import type { Database } from './database.ts';
import { IdRow } from './rows.ts';

export const CheckIn = z.object({
  check_in_id: z.string().max(36).optional().catch(undefined),
  monitor_slug: z.string().min(1).max(100),
  status: z.enum(['in_progress', 'ok', 'error']),
  duration: z.number().nonnegative().optional().catch(undefined),
  environment: z.string().max(64).optional().catch(undefined),
  release: z.string().max(250).optional().catch(undefined),
  monitor_config: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
export type CheckIn = z.infer<typeof CheckIn>;

const Monitor = z.object({
  id: z.number(),
  slug: z.string(),
  config: z.string().transform((text): unknown => JSON.parse(text)),
  created_at: z.number(),
  project_id: z.number(),
  last_status: z.string().nullable(),
  last_at: z.number().nullable(),
});
export type Monitor = z.infer<typeof Monitor>;

const CheckInRow = z.object({
  id: z.string(),
  status: z.string(),
  environment: z.string().nullable(),
  release: z.string().nullable(),
  duration: z.number().nullable(),
  added_at: z.number(),
  updated_at: z.number(),
});
export type CheckInRow = z.infer<typeof CheckInRow>;

/** A second check-in with the same id ends the first. */
export function storeCheckIn(db: Database, projectId: number, checkIn: CheckIn & { id: string }, now: number): void {
  const config = JSON.stringify(checkIn.monitor_config ?? {});
  const monitor = db.one(
    IdRow,
    `INSERT INTO monitors (project_id, slug, config, created_at) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT (project_id, slug) DO UPDATE SET config = CASE WHEN ?3 = '{}' THEN config ELSE ?3 END RETURNING id`,
    projectId,
    checkIn.monitor_slug,
    config,
    now,
  );
  db.run(
    `INSERT INTO check_ins (id, monitor_id, status, environment, release, duration, added_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)
     ON CONFLICT (id) DO UPDATE SET status = ?3, duration = coalesce(?6, (?7 - added_at) / 1000.0), updated_at = ?7 WHERE monitor_id = ?2`,
    checkIn.id,
    monitor?.id ?? null,
    checkIn.status,
    checkIn.environment ?? null,
    checkIn.release ?? null,
    checkIn.duration ?? null,
    now,
  );
}

/** By slug. */
export function listMonitors(db: Database): Monitor[] {
  return db.all(
    Monitor,
    `SELECT monitors.*, (SELECT status FROM check_ins WHERE monitor_id = monitors.id ORDER BY added_at DESC LIMIT 1) AS last_status,
     (SELECT max(updated_at) FROM check_ins WHERE monitor_id = monitors.id) AS last_at FROM monitors ORDER BY slug, id`,
  );
}

/** Newest first. */
export function listCheckIns(db: Database, monitorId: number, page: { limit: number; offset: number }): CheckInRow[] {
  return db.all(
    CheckInRow,
    'SELECT * FROM check_ins WHERE monitor_id = ? ORDER BY added_at DESC, id LIMIT ? OFFSET ?',
    monitorId,
    page.limit,
    page.offset,
  );
}
