import { expect, test } from 'vitest';
import { runOf, scenario } from '../../../test/ladder/scripted-trial.ts';
import { fingerprintOf } from '../fingerprint.ts';
import type { GreenEntry, IssueEntry } from './entries.ts';
import { greenEntry, isRepeatable, parseLedger, repeatOutcome, writeEntries } from './ledger.ts';

const GREEN: GreenEntry = {
  scenario: '[] a.spec.ts › pays',
  commit: 'c1',
  at: '2026-01-01T00:00:00.000Z',
  requests: [],
};
const ISSUE: IssueEntry = {
  shortId: 'SHOP-1',
  title: 'boom',
  fingerprint: '0123456789abcdef',
  result: 'branch-created',
  reason: 'confirmed',
  detail: 'It was red, and is green.',
  branch: 'mend/shop-1',
  scenarios: [],
  at: '2026-01-02T00:00:00.000Z',
};

test('reads back what it wrote, and keeps what others wrote', () => {
  const before = new Map([['notes/by-hand.txt', 'kept']]);
  const first = writeEntries(before, { green: [GREEN], issues: [ISSUE] });
  const later = { ...GREEN, commit: 'c2' };

  const files = writeEntries(first, { green: [later, { ...GREEN, scenario: '[] a.spec.ts › pays!' }], issues: [] });

  expect(files.get('notes/by-hand.txt')).toBe('kept');
  expect([...parseLedger(files).green.values()].map(({ scenario: id, commit }) => [id, commit])).toEqual([
    ['[] a.spec.ts › pays', 'c2'],
    ['[] a.spec.ts › pays!', 'c1'],
  ]);
  expect([...parseLedger(files).issues.values()]).toEqual([ISSUE]);
});

test.each(['../../evil', 'a/b/c', 'tab\there\n100644 0 x', 'ü › “”', ''])('gives %j a file name of its own', (id) => {
  const files = writeEntries(new Map(), { green: [{ ...GREEN, scenario: id }], issues: [] });

  expect([...files.keys()].filter((path) => path !== 'README')).toEqual([
    expect.stringMatching(/^scenarios\/[a-z0-9-]*-[0-9a-f]{8}\.json$/),
  ]);
  expect(parseLedger(files).green.has(id)).toBe(true);
});

test.each([
  ['no JSON', '{'],
  ['another shape', '{ "scenario": 1 }'],
  ['keys of a later version', JSON.stringify({ ...GREEN, more: 1 })],
])('takes an entry that is %s for absent', (_, text) => {
  expect(parseLedger(new Map([['scenarios/a.json', text]])).green.size).toBe(0);
});

test('keeps of a green run the requests to the app, each once, without what varies', () => {
  const request = { method: 'GET', resourceType: 'fetch', at: '2026-01-01T00:00:00.000Z' };
  const run = runOf(scenario('pays'), {
    pageText: 'Paid',
    requests: [
      { ...request, url: 'http://127.0.0.1:4000/api/cart?t=1', status: 200 },
      { ...request, url: 'http://127.0.0.1:4000/api/cart?t=2', status: 200 },
      { ...request, url: 'http://127.0.0.1:4000/api/pay', failure: 'net::ERR_FAILED' },
      { ...request, url: 'https://cdn.example/x.js', status: 200 },
    ],
  });

  expect(greenEntry(run, { commit: 'c1', at: GREEN.at, appOrigin: 'http://127.0.0.1:4000' })).toEqual({
    scenario: scenario('pays').id,
    commit: 'c1',
    at: GREEN.at,
    requests: ['GET /api/cart 200', 'GET /api/pay none'],
    pageText: 'Paid',
  });
});

test('repeats an earlier result as no-work, but tries again what the harness could not finish', () => {
  expect(repeatOutcome(ISSUE)).toEqual({
    shortId: 'SHOP-1',
    result: 'no-work',
    reason: 'branch-created',
    detail: 'Nothing has changed since 2026-01-02: It was red, and is green.',
    branch: 'mend/shop-1',
    seconds: 0,
  });
  expect(
    (['no-patch', 'flaky', 'errored', 'limit-reached', 'no-work'] as const).map((result) => isRepeatable({ result })),
  ).toEqual([true, true, false, false, false]);
});

const INPUTS = { title: 'Timeout of 20ms', blobs: ['a 1', 'b 2'], version: '1' };
test.each<[string, Partial<typeof INPUTS>, boolean]>([
  ['another order', { blobs: ['b 2', 'a 1'] }, true],
  ['another number in the title', { title: 'Timeout of 30ms' }, true],
  ['another title', { title: 'Timeout' }, false],
  ['another source', { blobs: ['a 1', 'b 3'] }, false],
  ['a file more', { blobs: ['a 1', 'b 2', 'c 3'] }, false],
  ['other fixers', { version: '2' }, false],
])('has a fingerprint that knows %s', (_, changes, isSame) => {
  expect(fingerprintOf(INPUTS)).toMatch(/^[0-9a-f]{16}$/);
  expect(fingerprintOf({ ...INPUTS, ...changes }) === fingerprintOf(INPUTS)).toBe(isSame);
});
