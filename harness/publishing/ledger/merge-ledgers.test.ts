import { expect, test } from 'vitest';
import { flakeRate, type GreenEntry, type NightsEntry, type RejectionEntry } from './entries.ts';
import { type Entries, parseLedger, writeEntries } from './ledger.ts';
import { mergeLedgers } from './merge-ledgers.ts';
import { pruneLedger } from './prune-ledger.ts';

const at = (day: number) => new Date(Date.UTC(2026, 0, day)).toISOString();
const green = (day: number, scenario = '[] a.spec.ts › pays'): GreenEntry => ({
  ...{ scenario, commit: `c${day}`, at: at(day), requests: [] },
});
const rejection = (patch: string, why: string): RejectionEntry => ({
  ...{ shortId: 'SHOP-1', branch: 'mend/shop-1', patch, change: patch, files: [], scenarios: [] },
  ...{ evidence: 'e', by: 'person', why, at: at(1) },
});
type Outcome = NightsEntry['nights'][number]['outcome'];
const nights = (...seen: [day: number, outcome: Outcome][]): NightsEntry => ({
  scenario: '[] a.spec.ts › pays',
  nights: seen.map(([day, outcome]) => ({ run: `run-${day}`, at: at(day), outcome })),
});
const ledger = (entries: Partial<Entries>) => writeEntries(new Map(), entries);

test.each<[string, Partial<Entries>, Partial<Entries>, (merged: ReturnType<typeof parseLedger>) => unknown, unknown]>([
  [
    'takes the newer green',
    { green: [green(2)] },
    { green: [green(1)] },
    (merged) => [...merged.green.values()].map(({ commit }) => commit),
    ['c2'],
  ],
  [
    'keeps what only one has',
    { green: [green(1)] },
    { green: [green(1, '[] b.spec.ts › sells')] },
    (merged) => [...merged.green.keys()].sort(),
    ['[] a.spec.ts › pays', '[] b.spec.ts › sells'],
  ],
  [
    'keeps the rejections of both',
    { rejections: [rejection('p1', 'No.')] },
    { rejections: [rejection('p2', 'Never.')] },
    (merged) => merged.rejections.map(({ why }) => why).sort(),
    ['Never.', 'No.'],
  ],
  [
    'counts each night once',
    { nights: [nights([1, 'green'], [2, 'flaky'])] },
    { nights: [nights([2, 'flaky'], [3, 'green'], [4, 'red'])] },
    (merged) => [...merged.nights.values()].map((entry) => [entry.nights.length, flakeRate(entry)]),
    [[4, 0.25]],
  ],
])('%s, whoever comes first, and again', (_, ours, theirs, read, expected) => {
  const [one, other] = [ledger(ours), ledger(theirs)];

  const merged = mergeLedgers(one, other);

  expect(read(parseLedger(merged))).toEqual(expected);
  expect(mergeLedgers(other, one)).toEqual(merged);
  expect(mergeLedgers(merged, one)).toEqual(merged);
});

test('a file that does not parse gives way to one that does, and two of them end alike on every machine', () => {
  const good = ledger({ green: [green(1)] });
  const bad = new Map([...good.keys()].map((path) => [path, '<<<<<<<']));

  const path = [...good.keys()].find((name) => name.startsWith('scenarios/')) ?? '';
  expect(mergeLedgers(bad, good).get(path)).toBe(good.get(path));
  expect(mergeLedgers(good, bad).get(path)).toBe(good.get(path));
  const worse = new Map([[path, '>>>>>>>']]);
  expect(mergeLedgers(bad, worse).get(path)).toBe(mergeLedgers(worse, bad).get(path));
});

const NOW = new Date(Date.UTC(2026, 11, 31));
test('drops what is old, keeps a rejection longer, and what is not its own', () => {
  const files = new Map([
    ...ledger({ green: [green(1)], rejections: [rejection('p1', 'No.')] }),
    ['notes/x.txt', 'kept'],
  ]);

  const kept = pruneLedger(files, NOW);

  expect(parseLedger(kept).green.size).toBe(0);
  expect(parseLedger(kept).rejections).toHaveLength(1);
  expect(kept.get('notes/x.txt')).toBe('kept');
  expect(kept.has('README')).toBe(true);
});

test('keeps the last thirty nights of a scenario, and at most two thousand rejections', () => {
  const many = Array.from({ length: 40 }, (_, day): [number, Outcome] => [day + 1, 'green']);
  const rejections = Array.from({ length: 2_005 }, (_, index) => rejection(`p${index}`, 'No.'));

  const kept = parseLedger(pruneLedger(ledger({ nights: [nights(...many)], rejections }), new Date(at(41))));

  expect([...kept.nights.values()][0]?.nights.map(({ run }) => run).at(0)).toBe('run-11');
  expect([...kept.nights.values()][0]?.nights).toHaveLength(30);
  expect(kept.rejections).toHaveLength(2_000);
});
