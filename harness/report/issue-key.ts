/** What names one error from night to night, wherever its line moves: Sentry's grouping hash, else short id and title. */
import { createHash } from 'node:crypto';
import type { Issue } from '../model/issue.ts';

/** Hex digits. */
export function issueKey({ hashes, shortId, title }: Pick<Issue, 'hashes' | 'shortId' | 'title'>): string {
  return [...hashes].sort()[0] ?? createHash('sha256').update(`${shortId}\n${title}`).digest('hex');
}
