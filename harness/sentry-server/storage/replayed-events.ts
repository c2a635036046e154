/** Which events a replay may have seen. */
import { z } from 'zod';
import type { Database } from './database.ts';

const Seen = z.object({ id: z.string(), replay: z.string().nullable() });

/** Ids of the newest thousand events of an issue or a transaction, and of the replays that they name. */
export function replayedEvents(
  db: Database,
  column: 'issue_id' | 'transaction_name',
  value: string,
): { eventIds: Set<string>; replayIds: string[] } {
  const rows = db.all(
    Seen,
    `SELECT id, coalesce(json_extract(payload, '$.contexts.replay.replay_id'), (SELECT value FROM event_tags
       WHERE event_number = events.number AND key IN ('replayId', 'replay_id') LIMIT 1)) AS replay
     FROM events WHERE ${column} = ? ORDER BY at DESC LIMIT 1000`,
    column === 'issue_id' ? Number(value) || 0 : value,
  );
  return {
    eventIds: new Set(rows.map(({ id }) => id)),
    replayIds: rows.flatMap(({ replay }) => (replay === null ? [] : [replay.replaceAll('-', '').toLowerCase()])),
  };
}
