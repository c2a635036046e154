/** Candidates that a person does not want are not even tried: the next best one has its turn. */
import type { Patch } from '../model/patch.ts';
import type { Skipped, StageResult } from '../model/stage-result.ts';

/** An issue of whose candidates none is left is settled as `rejected-before`. */
export function leaveOutRejected(
  { items, skipped }: StageResult<Patch>,
  rejectionOf: (patch: Patch) => string | undefined,
): StageResult<Patch> {
  const kept = items.filter((patch) => rejectionOf(patch) === undefined);
  const left = new Set(kept.map(({ issue }) => issue));
  const rejected = items.flatMap((patch): Skipped[] => {
    const detail = rejectionOf(patch);
    if (detail === undefined) return [];
    const named = { reason: 'rejected-by-person', detail } as const;
    return [
      left.has(patch.issue)
        ? { subject: patch.id, ...named }
        : { subject: patch.issue, result: 'rejected-before', ...named },
    ];
  });
  return { items: kept, skipped: [...skipped, ...rejected] };
}
