/** Which confirmed patch stands for which issue: where one patch cures several issues, one branch serves all of them. */
import type { Patch } from '../model/patch.ts';
import type { Verdict } from '../model/verdict.ts';

type Confirmed = Extract<Verdict, { kind: 'confirmed' }>;

export interface Choice {
  readonly verdict: Confirmed;
  /** Short ids of further issues that this patch cures. */
  readonly serves: readonly string[];
}

/** Patches that cure more issues first, then the strong ones, then the better ranked; an issue is served once. Sorted by short id. */
export function choosePatches(verdicts: readonly Verdict[], patches: readonly Patch[]): Choice[] {
  const scores = new Map(patches.map(({ id, score }) => [id, score]));
  const confirmed = verdicts
    .filter((verdict) => verdict.kind === 'confirmed')
    .sort(
      (a, b) =>
        b.alsoCures.length - a.alsoCures.length ||
        Number(b.strength === 'strong') - Number(a.strength === 'strong') ||
        (scores.get(b.patch) ?? 0) - (scores.get(a.patch) ?? 0) ||
        a.issue.localeCompare(b.issue),
    );
  const served = new Set<string>();
  const choices: Choice[] = [];
  for (const verdict of confirmed) {
    if (served.has(verdict.issue)) continue;
    const serves = verdict.alsoCures.filter((shortId) => !served.has(shortId));
    for (const shortId of [verdict.issue, ...serves]) served.add(shortId);
    choices.push({ verdict, serves });
  }
  return choices.sort((a, b) => a.verdict.issue.localeCompare(b.verdict.issue));
}
