/** What is written on issues in Sentry when their branches live on. */
import type { SentryClient } from '../adapters/sentry/sentry-client.ts';
import { Failure } from '../model/failure.ts';
import type { LifeTools } from '../publishing/branch-life.ts';

export interface NoteGround {
  readonly client: Pick<SentryClient, 'addNote' | 'updateIssue'>;
  /** The release that the night runs: known to the embedded Sentry; one's own Sentry hears of the next deployed one. */
  readonly release: string | undefined;
}

export function sentryNotes({ client, release }: NoteGround): LifeTools['sentry'] {
  const statusDetails = release === undefined ? { inNextRelease: true } : { inRelease: release };
  const tell = release === undefined ? always : unlessGone;
  return {
    addNote: (issue, text) => tell(() => client.addNote(issue, text)),
    resolve: (issue) => tell(() => client.updateIssue(issue, { status: 'resolved', statusDetails })),
    reopen: (issue) => tell(() => client.updateIssue(issue, { status: 'unresolved' })),
  };
}

const always = (work: () => Promise<unknown>): Promise<unknown> => work();

/** The embedded Sentry of another job, such as a shard's, held the issue and is gone: nobody is left to be told. */
async function unlessGone(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure && error.code === 'sentry-not-found') return undefined;
    throw error;
  }
}
