/** Carries events from one issue to another, or away, in steps that hold nobody up. */
import { z } from 'zod';
import type { Database } from './database.ts';
import { addEvents, settleWords } from './recount-issue.ts';
import { IdRow } from './rows.ts';

/** Events of one step: some milliseconds. */
const STEP = 100;

const Move = z.object({
  id: z.number(),
  from_issue: z.number(),
  to_issue: z.number().nullable(),
  hashes: z
    .string()
    .transform((text) => z.array(z.string()).parse(JSON.parse(text)))
    .nullable(),
  at: z.number(),
  number: z.number(),
  until: z.number(),
});
type Move = z.infer<typeof Move>;

export function hasMoves(db: Database): boolean {
  return db.one(IdRow, 'SELECT id FROM issue_moves LIMIT 1') !== undefined;
}

/** One step of the oldest move, within a transaction. Returns whether there was one. */
export function moveStep(db: Database): boolean {
  const move = db.one(Move, 'SELECT * FROM issue_moves ORDER BY id LIMIT 1');
  if (move === undefined) return false;
  if (move.hashes !== null && move.to_issue !== null)
    splitStep(db, { ...move, to_issue: move.to_issue, hashes: move.hashes });
  else wholeStep(db, move);
  return true;
}

const Numbered = z.object({ number: z.number() });

function wholeStep(db: Database, { id, from_issue: from, to_issue: to }: Move): void {
  const events = db.all(Numbered, `SELECT number FROM events WHERE issue_id = ? LIMIT ${STEP}`, from);
  const numbers = JSON.stringify(events.map(({ number }) => number));
  if (to === null) {
    db.run(
      `DELETE FROM raw_items WHERE type IN ('attachment', 'feedback') AND (event_id, project_id) IN
       (SELECT id, project_id FROM events WHERE number IN (SELECT value FROM json_each(?)))`,
      numbers,
    );
    db.run('DELETE FROM events WHERE number IN (SELECT value FROM json_each(?))', numbers);
  } else db.run('UPDATE events SET issue_id = ? WHERE number IN (SELECT value FROM json_each(?))', to, numbers);
  if (events.length === STEP) return;
  db.run('DELETE FROM issue_moves WHERE id = ?', id);
  db.run("DELETE FROM issues WHERE id = ? AND leaving <> 'discarded'", from);
}

const Placed = z.object({ number: z.number(), at: z.number(), hash: z.string().nullable() });

interface Split extends Move {
  readonly to_issue: number;
  readonly hashes: string[];
}

/** Both issues are counted anew from the events that there are; what came since the beginning counts itself. */
function splitStep(db: Database, { id, from_issue: from, to_issue: to, hashes, at, number, until }: Split): void {
  const events = db.all(
    Placed,
    `SELECT number, at, json_extract(hashes, '$[0]') AS hash FROM events
     WHERE issue_id = ?1 AND (at, number) > (?2, ?3) AND number <= ?4
     ORDER BY at, number LIMIT ${STEP}`,
    from,
    at,
    number,
    until,
  );
  const isMoved = (hash: string | null): boolean => hash !== null && hashes.includes(hash);
  const moved = events.filter(({ hash }) => isMoved(hash)).map((event) => event.number);
  const kept = events.filter(({ hash }) => !isMoved(hash)).map((event) => event.number);
  db.run('UPDATE events SET issue_id = ? WHERE number IN (SELECT value FROM json_each(?))', to, JSON.stringify(moved));
  addEvents(db, to, moved);
  addEvents(db, from, kept);
  const last = events.at(-1);
  if (last !== undefined && events.length === STEP) {
    db.run('UPDATE issue_moves SET at = ?, number = ? WHERE id = ?', last.at, last.number, id);
    return;
  }
  for (const issue of [from, to]) settleWords(db, issue);
  db.run('DELETE FROM issue_moves WHERE id = ?', id);
}
