/** Commits that Sentry suspects of an event: evidence that a night can do without. */
import type { SentryClient } from '../adapters/sentry/sentry-client.ts';
import { Failure } from '../model/failure.ts';

/** A release may have many commits that touched a file of the stack. */
const MOST = 8;

/** Ids, strongest first. Trouble is told once; Sentry is not asked again then. */
export function suspectCommitReader(
  client: Pick<SentryClient, 'listSuspectCommits'>,
  onNote: (text: string) => void,
): (eventId: string) => Promise<readonly string[]> {
  let isInTrouble = false;
  return async (eventId) => {
    if (isInTrouble) return [];
    try {
      const commits = await client.listSuspectCommits(eventId);
      return [...new Set(commits.map(({ sha }) => sha))].slice(0, MOST);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      isInTrouble = true;
      onNote(`The commits that Sentry suspects could not be read, and are no evidence tonight. ${error.message}`);
      return [];
    }
  };
}
