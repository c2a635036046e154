/** What is written on issues in Sentry when their branches live on. */
import type { SentryClient } from '../adapters/sentry/sentry-client.ts';
import type { LifeTools } from '../publishing/branch-life.ts';

export interface NoteGround {
  readonly client: Pick<SentryClient, 'addNote' | 'updateIssue'>;
  /** The release that the night runs: known to the embedded Sentry; one's own Sentry hears of the next deployed one. */
  readonly release: string | undefined;
}

export function sentryNotes({ client, release }: NoteGround): LifeTools['sentry'] {
  const statusDetails = release === undefined ? { inNextRelease: true } : { inRelease: release };
  return {
    addNote: (issue, text) => client.addNote(issue, text),
    resolve: (issue) => client.updateIssue(issue, { status: 'resolved', statusDetails }),
    reopen: (issue) => client.updateIssue(issue, { status: 'unresolved' }),
  };
}
