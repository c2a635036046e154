/** What the routes of the embedded Sentry share. */
import type { AcceptedEvent } from './ingest/accept-items.ts';
import type { Intake } from './ingest/intake.ts';
import type { Database } from './storage/database.ts';
import type { GroupCommit } from './storage/group-commit.ts';
import type { Inbox } from './storage/inbox/inbox.ts';
import type { SeenTags } from './storage/issue-tags.ts';
import type { ItemCounts } from './storage/item-counts.ts';
import type { ProjectRow } from './storage/rows.ts';

export interface ServerParts {
  readonly db: Database;
  readonly commits: GroupCommit;
  /** Where events wait for the file; without one they are stored as they come. */
  readonly inbox?: Inbox | undefined;
  readonly seenTags: SeenTags;
  readonly itemCounts: ItemCounts;
  readonly now: () => Date;
  readonly intake: Intake;
  /** Slug of the only organisation. */
  readonly org: string;
  readonly token: string | undefined;
  /** Address for links, without a slash at its end. */
  readonly baseUrl: (request: Request) => string;
  /** Tells the listeners about an event that is stored. */
  readonly announce: (project: ProjectRow, event: AcceptedEvent) => void;
  /** Starts what is done in the background: old events go, those of merged and deleted issues follow them. */
  readonly tidy: () => void;
  /** Undefined for what is a bug of ours. */
  readonly troubleOf: (error: unknown) => { status: 503; detail: string } | undefined;
}
