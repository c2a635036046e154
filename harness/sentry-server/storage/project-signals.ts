/** What a project has been sent so far: kinds of items, and its first event. */
import { z } from 'zod';
import type { Database } from './database.ts';

const TypeRow = z.object({ type: z.string() });
const FirstRow = z.object({ at: z.number().nullable() });

export interface ProjectSignals {
  /** Types of envelope items that were taken. */
  readonly types: ReadonlySet<string>;
  /** Milliseconds since 1970; undefined before the first one. */
  readonly firstEventAt: number | undefined;
}

export function projectSignals(db: Database, projectId: number): ProjectSignals {
  const rows = db.all(
    TypeRow,
    "SELECT DISTINCT type FROM item_counts WHERE project_id = ? AND outcome IN ('accepted', 'kept')",
    projectId,
  );
  const first = db.one(
    FirstRow,
    "SELECT min(first_seen) AS at FROM issues WHERE project_id = ? AND category = 'error'",
    projectId,
  );
  return { types: new Set(rows.map(({ type }) => type)), firstEventAt: first?.at ?? undefined };
}
