import { expect, test } from 'vitest';
import golden from '../../test/golden/run.json' with { type: 'json' };
import { RunRecord } from '../model/run-record.ts';
import { formatDashboard } from './dashboard.ts';

const NIGHT = RunRecord.parse(golden);
type Outcome = RunRecord['outcomes'][number];

function nightOf(outcomes: readonly Partial<Outcome>[], changes: Partial<RunRecord> = {}): RunRecord {
  const filled = outcomes.map((one, index) => ({
    ...{ shortId: `SHOP-${index + 1}`, title: 'Error: it broke', result: 'no-patch' as const },
    ...{ reason: 'no-candidate' as const, detail: 'No fixer had an idea.', seconds: 1, ...one },
  }));
  return { ...NIGHT, issues: [], outcomes: filled, ...changes };
}

test('sorts what waits into lists, and leaves out what needs nobody', () => {
  const night = nightOf([
    { result: 'branch-created', reason: 'confirmed', branch: 'mend/shop-1' },
    { result: 'limit-reached', reason: 'more-than-max-branches', detail: 'More than 5 branches in one night.' },
    { result: 'rejected-before', reason: 'rejected-by-person', detail: 'Jo does not want it.' },
    {},
    { result: 'flaky', reason: 'sometimes-green', detail: 'Red in 2 of 5 runs.' },
    { result: 'fixed-on-base', reason: 'merged', detail: 'Merged.' },
  ]);
  const open = [
    { branch: 'mend/shop-1', shortId: 'SHOP-1', title: 'Error: it broke', url: 'https://git.example/pull/1' },
  ];

  const { text, isEmpty } = formatDashboard([night], open);

  expect(isEmpty).toBe(false);
  expect(text.split('\n').filter((line) => /^(?:#|- )/.test(line))).toEqual([
    '### Branches that wait',
    '- `mend/shop-1` (<https://git.example/pull/1>): `SHOP-1` `Error: it broke`',
    '### Deferred',
    expect.stringMatching(/^- `SHOP-2` .*deferred\. More than 5 branches/),
    '### Blocked',
    expect.stringMatching(/^- `SHOP-3` .*rejected before\. Jo does not want it\./),
    '### Errors without a patch',
    expect.stringMatching(/^- `SHOP-4` .*no patch\. No fixer had an idea\./),
    '### Not for a patch',
    expect.stringMatching(/^- `SHOP-5` .*flaky\. Red in 2 of 5 runs\./),
  ]);
});

test('is the same text on a quiet night', () => {
  const first = nightOf([{}, { result: 'branch-created', reason: 'confirmed', branch: 'mend/shop-2' }]);
  const detail = 'Nothing has changed since 2026-01-01: No fixer had an idea.';
  const second = nightOf(
    [
      { result: 'no-work', reason: 'no-patch', detail },
      { result: 'no-work', reason: 'branch-created', branch: 'mend/shop-2' },
    ],
    { id: '2026-01-02T02-00-00-0000', startedAt: '2026-01-02T02:00:00.000Z' },
  );

  expect(formatDashboard([second])).toEqual(formatDashboard([first]));
});

test('says that nothing waits', () => {
  expect(formatDashboard([nightOf([])], [])).toMatchObject({
    isEmpty: true,
    text: expect.stringContaining('Nothing waits.'),
  });
});

test('takes the later of two records of one issue', () => {
  const { text } = formatDashboard(
    [nightOf([{}]), nightOf([{ result: 'regressed', reason: 'broke-check', detail: 'Broke it.' }])],
    [],
  );

  expect(text).toContain('would break something');
  expect(text).not.toContain('No fixer had an idea');
});

test('strangers’ titles are quoted, secrets masked, and a thousand issues counted', () => {
  const hostile = nightOf([
    { title: 'x` @jo <img src=x> fixes #1 password=hunter2&token=abc', detail: '@jo <b> [a](b)' },
  ]);
  const many = nightOf(Array.from({ length: 1_000 }, () => ({ title: 'Error: '.repeat(60) })));

  const { text } = formatDashboard(
    [hostile],
    [{ branch: 'mend/x', shortId: 'X-1', title: 'a', url: 'javascript:alert(1)' }],
  );

  expect(text).toContain('``x` @jo <img src=x> fixes #1');
  expect(text).toContain('@&#8203;jo &lt;b&gt; \\[a\\](b)');
  expect(text).not.toContain('<javascript');
  expect(Buffer.byteLength(formatDashboard([many], []).text)).toBeLessThan(25_500);
  expect(formatDashboard([many], []).text).toContain('did not fit here');
});
