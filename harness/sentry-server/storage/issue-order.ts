/**
 * The sorts of the issue list. Sentry's scores for trends and recommended are not public; here
 * - `trends`: events of the last 24 hours to one more than the daily average of the seven days before, highest first;
 * - `recommended`: by priority, then the last event;
 * - `inbox`: by when the issue last came up: first seen, regressed, escalated or reopened.
 */

const DAY = 86_400_000;

const RECENT = 'SELECT count(*) FROM events WHERE issue_id = issues.id AND at >= ?';
const BEFORE = 'SELECT count(*) FROM events WHERE issue_id = issues.id AND at >= ? AND at < ?';
const CAME_UP = `SELECT max(at) FROM activities WHERE issue_id = issues.id
  AND type IN ('first_seen', 'set_regression', 'set_escalating', 'set_unresolved')`;

export const ISSUE_SORTS = ['date', 'freq', 'inbox', 'new', 'recommended', 'trends', 'user'] as const;

/** `ORDER BY` terms with their values; undefined for a sort that does not exist. */
export function orderOf(sort: string, now: number): { sql: string; values: number[] } | undefined {
  const plain = (sql: string) => ({ sql, values: [] });
  switch (ISSUE_SORTS.find((one) => one === sort)) {
    case 'date':
      return plain('last_seen DESC');
    case 'new':
      return plain('first_seen DESC');
    case 'freq':
      return plain('count DESC');
    case 'user':
      return plain('(SELECT count(DISTINCT user_key) FROM events WHERE issue_id = issues.id) DESC');
    case 'inbox':
      return plain(`coalesce((${CAME_UP}), first_seen) DESC`);
    case 'recommended':
      return plain("CASE priority WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, last_seen DESC");
    case 'trends':
      return {
        sql: `(${RECENT}) / ((${BEFORE}) / 7.0 + 1.0) DESC, last_seen DESC`,
        values: [now - DAY, now - 8 * DAY, now - DAY],
      };
    case undefined:
      return undefined;
  }
}
