import { expect, test } from 'vitest';
import { issueOf, patchOf } from '../../test/ladder/scripted-trial.ts';
import type { IssueOutcome } from '../model/run-record.ts';
import type { Verdict } from '../model/verdict.ts';
import { choosePatches } from './choose-patches.ts';
import { settleIssues } from './settle-issues.ts';

const BASE = { patch: 'p1', issue: 'SHOP-1', why: 'because', seconds: 2, base: [], patched: [] };

function confirmed(changes: Partial<Extract<Verdict, { kind: 'confirmed' }>> = {}): Verdict {
  return {
    ...BASE,
    kind: 'confirmed',
    rung: 'regress',
    strength: 'weak',
    pValue: 0.004,
    controls: [],
    alsoCures: [],
    others: 0,
    checks: [],
    ...changes,
  };
}

function outcomeOf(verdicts: Verdict[]) {
  const night = { issues: [issueOf()], skipped: [], patches: [patchOf('p1')], verdicts, known: [] };
  return settleIssues(night)[0];
}

test.each<[string, Verdict[], object]>([
  ['no candidate', [], { result: 'no-patch', reason: 'no-candidate' }],
  [
    'the furthest rung of many',
    [
      { ...BASE, kind: 'unconfirmed', rung: 'build' },
      { ...BASE, kind: 'unconfirmed', rung: 'screen' },
    ],
    { result: 'no-patch', reason: 'fell-at-screen' },
  ],
  [
    'a patch that hides the error',
    [{ ...BASE, kind: 'hides-error', rung: 'oracle', rule: 'control-event' }],
    { result: 'hides-error', reason: 'control-event-lost' },
  ],
  [
    'a patch that leaves out a deed',
    [{ ...BASE, kind: 'hides-error', rung: 'regress', rule: 'request-gone' }],
    { result: 'hides-error', reason: 'refused-by-guard' },
  ],
  [
    'only refusals of the guard',
    [{ ...BASE, kind: 'hides-error', rung: 'static', rule: 'empty-catch' }],
    { result: 'hides-error', reason: 'refused-by-guard' },
  ],
  [
    'a refusal beside an honest failure',
    [
      { ...BASE, kind: 'hides-error', rung: 'static', rule: 'empty-catch' },
      { ...BASE, kind: 'unconfirmed', rung: 'screen' },
    ],
    { result: 'no-patch', reason: 'fell-at-screen' },
  ],
  [
    'a patch that breaks a check',
    [{ ...BASE, kind: 'regressed', rung: 'regress', reason: 'broke-check' }],
    { result: 'regressed', reason: 'broke-check' },
  ],
  [
    'a harness that failed',
    [{ ...BASE, kind: 'errored', rung: 'build' }],
    { result: 'errored', reason: 'harness-failed' },
  ],
])('settles %s', (_, verdicts, expected) => {
  expect(outcomeOf(verdicts)).toMatchObject(expected);
});

test('gives followers the outcome of the issue that they follow', () => {
  const issues = [issueOf({ followers: ['SHOP-2'] }), issueOf({ id: '2', shortId: 'SHOP-2' })];
  const known: IssueOutcome[] = [
    { shortId: 'SHOP-1', result: 'branch-created', reason: 'confirmed', detail: 'x', branch: 'mend/a', seconds: 1 },
  ];

  const outcomes = settleIssues({ issues, skipped: [], patches: [], verdicts: [confirmed()], known });

  expect(outcomes).toMatchObject([
    { shortId: 'SHOP-1', result: 'branch-created', branch: 'mend/a' },
    { shortId: 'SHOP-2', result: 'branch-created', reason: 'same-cause', branch: 'mend/a' },
  ]);
});

test('lets the patch that cures more issues serve all of them', () => {
  const verdicts = [confirmed(), confirmed({ issue: 'SHOP-2', patch: 'p2', alsoCures: ['SHOP-1'] })];

  const choices = choosePatches(verdicts, [
    patchOf('p1', { score: 0.9 }),
    patchOf('p2', { issue: 'SHOP-2', score: 0.1 }),
  ]);

  expect(choices.map(({ verdict, serves }) => [verdict.patch, serves])).toEqual([['p2', ['SHOP-1']]]);
});
