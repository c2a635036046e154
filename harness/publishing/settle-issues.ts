/** What became of each issue of a night: one result from the closed list, its reason, and a sentence for people. */

import type { Issue } from '../model/issue.ts';
import type { Patch } from '../model/patch.ts';
import type { IssueOutcome } from '../model/run-record.ts';
import type { Skipped } from '../model/stage-result.ts';
import type { Rung, Verdict } from '../model/verdict.ts';
import { choosePatches } from './choose-patches.ts';

export interface Night {
  readonly issues: readonly Issue[];
  /** Everything that stages left out; entries with a `result` settle their issue. */
  readonly skipped: readonly Skipped[];
  readonly patches: readonly Patch[];
  readonly verdicts: readonly Verdict[];
  /** Outcomes that are known already: published, or unchanged since an earlier night. */
  readonly known: readonly IssueOutcome[];
}

/** One outcome per issue, sorted by short id. An issue that follows another shares its result. */
export function settleIssues(night: Night): IssueOutcome[] {
  const leaders = new Map([
    ...night.issues.flatMap(({ shortId, followers }) =>
      followers.map((follower): [string, string] => [follower, shortId]),
    ),
    ...choosePatches(night.verdicts, night.patches).flatMap(({ verdict, serves }) =>
      serves.map((shortId): [string, string] => [shortId, verdict.issue]),
    ),
  ]);
  const outcomes = new Map<string, IssueOutcome>();
  for (const { shortId } of night.issues) {
    if (!leaders.has(shortId)) outcomes.set(shortId, settle(shortId, night));
  }
  for (const [follower, leader] of leaders) {
    const outcome = outcomes.get(leaders.get(leader) ?? leader);
    if (outcome === undefined) continue;
    outcomes.set(follower, {
      ...outcome,
      shortId: follower,
      reason: 'same-cause',
      detail: `Has the same cause as ${leader}.`,
      seconds: 0,
    });
  }
  return [...outcomes.values()].sort((a, b) => a.shortId.localeCompare(b.shortId));
}

function settle(shortId: string, { skipped, patches, verdicts, known }: Night): IssueOutcome {
  const own = verdicts.filter(({ issue }) => issue === shortId);
  const seconds = own.reduce((sum, verdict) => sum + verdict.seconds, 0);
  const done = known.find((outcome) => outcome.shortId === shortId);
  if (done) return { ...done, seconds };
  const settled = skipped.find(({ subject, result }) => subject === shortId && result !== undefined);
  if (settled?.result) {
    return { shortId, result: settled.result, reason: settled.reason, detail: settled.detail, seconds };
  }
  if (own.length === 0) {
    const left = skipped.find(({ subject }) => subject === shortId);
    const reason = left?.reason ?? 'no-candidate';
    const count = patches.filter(({ issue }) => issue === shortId).length;
    const detail = left?.detail ?? (count === 0 ? 'No fixer had an idea.' : 'No candidate was tried.');
    return { shortId, result: 'no-patch', reason, detail, seconds };
  }
  return { shortId, ...unmended(own), seconds };
}

const ORDER: readonly Rung[] = ['static', 'build', 'screen', 'confirm', 'oracle', 'regress'];

function unmended(verdicts: readonly Verdict[]): Pick<IssueOutcome, 'result' | 'reason' | 'detail'> {
  const furthest = [...verdicts].sort((a, b) => ORDER.indexOf(b.rung) - ORDER.indexOf(a.rung))[0];
  const tried = verdicts.filter(({ rung }) => rung !== 'static');
  const hiding = tried.find((verdict) => verdict.kind === 'hides-error');
  if (hiding) {
    const reason = hiding.rule === 'control-event' ? 'control-event-lost' : 'refused-by-guard';
    return { result: 'hides-error', reason, detail: hiding.why };
  }
  const broken = tried.find((verdict) => verdict.kind === 'regressed');
  if (broken) return { result: 'regressed', reason: broken.reason, detail: broken.why };
  if (tried.length === 0 && verdicts.some(({ kind }) => kind === 'hides-error')) {
    return { result: 'hides-error', reason: 'refused-by-guard', detail: furthest?.why ?? '' };
  }
  if (verdicts.every(({ kind }) => kind === 'errored')) {
    return { result: 'errored', reason: 'harness-failed', detail: furthest?.why ?? '' };
  }
  const detail = `${verdicts.length} candidates, none confirmed. The best one: ${furthest?.why ?? ''}`;
  return { result: 'no-patch', reason: `fell-at-${furthest?.rung ?? 'static'}`, detail };
}
