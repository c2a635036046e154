/** Commits that Sentry suspects, renamed to our words. The operation is not in the published schema. */
import { z } from 'zod';
import { orAbsent, present, text, time, vague } from './wire-words.ts';

/** A commit that Sentry holds to have brought an event: from its integration with the forge, or from the release's commits. */
export interface SuspectCommit {
  readonly sha: string;
  /** First line of the message. A stranger's text. */
  readonly subject: string;
  /** A name; '' where Sentry knows none. Addresses are left out. */
  readonly author: string;
  /** ISO time. */
  readonly at: string;
  /** `acme/shop`. */
  readonly repository?: string;
  /** How Sentry came to it: `via SCM integration`, `via commit in release`. */
  readonly via?: string;
}

const Author = z.object({ name: text });

const Commit = z.object({
  id: z.string(),
  message: text,
  dateCreated: time,
  repository: vague(z.object({ name: text })),
  suspectCommitType: text,
});

export const WireCommitters = z
  .object({ committers: z.array(z.object({ author: orAbsent(Author), commits: z.array(Commit) })) })
  .transform(({ committers }): SuspectCommit[] =>
    committers.flatMap(({ author, commits }) =>
      commits.map((commit) => ({
        sha: commit.id,
        subject: commit.message?.split('\n', 1)[0] ?? '',
        author: author?.name ?? '',
        at: commit.dateCreated,
        ...present({ repository: commit.repository?.name, via: commit.suspectCommitType || undefined }),
      })),
    ),
  );
