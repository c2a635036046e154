/** What a night learnt of its candidates: those that it tried, and which of them was right. Labels for scripts/fit-ranking.ts. */
import type { Evidence } from '../../harness/model/patch.ts';
import { lastRecord } from './last-record.ts';

export interface Judged {
  readonly id: string;
  readonly candidates: readonly { readonly fixer: string; readonly evidence: Evidence; readonly right: number }[];
}

/** One entry for each issue of the repository's last night of which some candidate was tried. */
export function judgedCandidates(repository: string, name: string, isCorrect: boolean): Judged[] {
  const { patches = [], verdicts = [] } = lastRecord(repository) ?? {};
  return [...new Set(verdicts.map(({ issue }) => issue))].flatMap((issue): Judged[] => {
    const candidates = verdicts.flatMap((verdict) => {
      const patch = patches.find(({ id }) => id === verdict.patch);
      const isTold = verdict.issue === issue && verdict.kind !== 'errored' && verdict.kind !== 'flaky';
      if (patch?.evidence === undefined || !isTold) return [];
      return [
        { fixer: patch.fixer, evidence: patch.evidence, right: verdict.kind === 'confirmed' && isCorrect ? 1 : 0 },
      ];
    });
    return candidates.length === 0 ? [] : [{ id: `${name} ${issue}`, candidates }];
  });
}
