/** What was taken, left out and refused, and what SDKs say they threw away, by the hour. */
import type { Database } from '../storage/database.ts';
import { type HourRow, listItemCounts } from '../storage/item-counts.ts';

export interface OutcomeCount {
  readonly projectId: number;
  /** Beginning of the hour, milliseconds since 1970. */
  readonly at: number;
  readonly category: string;
  readonly outcome: 'accepted' | 'filtered' | 'rate_limited' | 'invalid' | 'client_discard';
  readonly reason: string;
  /** Items; bytes for attachments. */
  readonly quantity: number;
  readonly timesSeen: number;
}

/** Sentry has five outcomes; what we tell apart beyond them is in the reason. */
const OUTCOME: Readonly<Record<string, OutcomeCount['outcome']>> = {
  accepted: 'accepted',
  kept: 'accepted',
  filtered: 'filtered',
  rate_limited: 'rate_limited',
  client_discard: 'client_discard',
  unknown: 'invalid',
  duplicate: 'invalid',
  'too-large': 'invalid',
  invalid: 'invalid',
};

/** Of all projects where none is named. */
export function readOutcomes(db: Database, scope: { since: number; projects: readonly number[] }): OutcomeCount[] {
  return listItemCounts(db, scope).flatMap((row): OutcomeCount[] => {
    const outcome = OUTCOME[row.outcome];
    if (outcome === undefined || !isShown(row)) return [];
    return [
      {
        projectId: row.project_id,
        at: row.hour,
        category: CATEGORY[row.type] ?? row.category,
        outcome,
        reason: row.reason,
        quantity: row.type === 'attachment' ? row.bytes : row.count,
        timesSeen: row.count,
      },
    ];
  });
}

/** Statistics have a category of its own for reports of the older form. */
const CATEGORY: Readonly<Record<string, string>> = { user_report: 'user_report_v2' };

/** Reports of clients are counted by what they tell, a part of a replay by its event and not by its recording as well. */
function isShown({ type, category, outcome }: HourRow): boolean {
  return category !== 'internal' && !(type === 'replay_recording' && outcome === 'kept');
}
