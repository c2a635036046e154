/** Keeps the file within its bounds while the server runs. */
import type { ServerParts } from './server-parts.ts';
import { HOUR } from './storage/issue-statistics.ts';
import { hasWork, pruneStep, type Retention } from './storage/retention.ts';

/** Fewer than go in one step: the number of events comes down to its bound while events come in. */
export const EVENTS_PER_STEP = 50;

/** Steps until nothing is left to prune, each in line with what else is to be written; one call at a time does so. */
export function pruner(
  { db, commits, now }: Pick<ServerParts, 'db' | 'commits' | 'now'>,
  retention: Retention,
): () => void {
  let isRunning = false;
  let isWanted = false;
  let issuesAt = 0;
  const steps = async (): Promise<void> => {
    try {
      // What is asked for meanwhile is looked for once more: the last step may have been too early for it.
      while (isWanted) {
        isWanted = false;
        const at = now().getTime();
        const andIssues = at >= issuesAt;
        if (andIssues) issuesAt = at + HOUR;
        else if (!hasWork(db, retention, at)) continue;
        while (await commits.add(() => pruneStep(db, retention, at, andIssues)));
      }
    } finally {
      isRunning = false;
    }
  };
  return () => {
    isWanted = true;
    if (isRunning) return;
    isRunning = true;
    // A file that is busy or closed is pruned another time.
    steps().catch(() => undefined);
  };
}
