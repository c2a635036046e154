/** Whom an issue is assigned to: kept as `user:1`, `team:2`, or as the caller wrote it. */
import type { Database } from '../storage/database.ts';
import { findTeam } from '../storage/teams.ts';
import { USER } from './show-user.ts';

const ME = `user:${USER.id}`;

/** `me`, a name, a mail address, `user:1`, `team:2`, `team:shop` or `#shop`, as it is kept. */
export function assigneeOf(db: Database, text: string): string {
  if (['me', ME, USER.email, USER.username].includes(text)) return ME;
  const team = /^(?:team:|#)(?<team>.+)$/.exec(text)?.groups?.team;
  const found = team === undefined ? undefined : findTeam(db, team);
  return found === undefined ? text : `team:${found.id}`;
}

export function showAssignee(db: Database, assignee: string | null): Record<string, string> | null {
  if (assignee === null) return null;
  if (assignee === ME) return { type: 'user', id: USER.id, name: USER.name, email: USER.email };
  const [, type = 'user', id = assignee] = /^(?<type>user|team):(?<id>.*)$/s.exec(assignee) ?? [];
  return { type, id, name: (type === 'team' ? findTeam(db, id)?.name : undefined) ?? id };
}
