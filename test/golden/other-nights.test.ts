/** Nights that went otherwise than the kept one: what every report says of them. */
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { IssueOutcome, RunRecord } from '../../harness/model/run-record.ts';
import { formatHtml } from '../../harness/report/html.ts';
import { summariseNight } from '../../harness/report/json.ts';
import { formatJunit } from '../../harness/report/junit.ts';
import { formatMarkdown } from '../../harness/report/markdown.ts';
import { RESULTS } from '../../harness/report/night-words.ts';
import { formatSummary } from '../../harness/report/summary.ts';
import { readGolden } from './read-golden.ts';

const golden = readGolden();

/** The kept night with some parts replaced; still a valid record. */
function night(parts: Partial<RunRecord>): RunRecord {
  return RunRecord.parse({ ...golden, ...parts });
}

function only(shortId: string, parts: Partial<RunRecord> = {}): RunRecord {
  return night({
    issues: golden.issues.filter((issue) => issue.shortId === shortId).map((issue) => ({ ...issue, followers: [] })),
    outcomes: golden.outcomes.filter((outcome) => outcome.shortId === shortId),
    ...parts,
  });
}

const summary = (record: RunRecord, width = 100): string => formatSummary(record, { colour: false, width });

const GREEN = night({
  scenarios: golden.scenarios.filter(({ scenario }) => !golden.red.includes(scenario.id)),
  ...{ red: [], flaky: [], issues: [], suspects: [], patches: [], verdicts: [], outcomes: [], skipped: [], notes: [] },
});

test.each([
  ['a green night', GREEN, 'All 5 scenarios are green: nothing to mend.'],
  ['red without issues', night({ issues: [], outcomes: [] }), '7 scenarios red, but no issue came of it.'],
  ['a run', night({ command: 'run', outcomes: [] }), '7 issues found; this run proposes no patches.'],
  ['a dry run', only('SHOP-1', { dryRun: true }), '1 proven patch would mend 1 of 1 issue.'],
  ['one branch', only('SHOP-1'), '1 proven branch mends 1 of 1 issue.'],
  ['nothing mended', only('SHOP-4'), '1 issue found, not mended.'],
])('says in one sentence what became of %s', (_, record, sentence) => {
  expect(summary(record).split('\n')[1]).toBe(sentence);
  expect(formatHtml(record)).toContain(`<h1>${sentence}</h1>`);
  expect(formatMarkdown(record)).toContain(`**${sentence}**`);
});

test.each<[string, RunRecord['ingestion'], string | undefined]>([
  ['nothing of the embedded Sentry', { events: 9, medianMs: 3, slowestMs: 2000, isHosted: false }, undefined],
  ['nothing where no event was waited for', undefined, undefined],
  [
    'a slow one',
    { events: 9, medianMs: 640, slowestMs: 2001, isHosted: false },
    'took up to 2.0 s to know an event, 0.6 s in the median of 9.',
  ],
  [
    'any hosted one',
    { events: 4, medianMs: 300, slowestMs: 75_000, isHosted: true },
    'took up to 1 min 15 s to know an event, 0.3 s in the median of 4.',
  ],
  ['a single event', { events: 1, medianMs: 900, slowestMs: 900, isHosted: true }, 'took 0.9 s to know the event.'],
])('tells of the time that Sentry took: %s', (_, ingestion, told) => {
  const record = night({ ingestion });

  for (const text of [summary(record, 200), formatHtml(record), formatMarkdown(record)]) {
    const lines = text.replaceAll(/\s+/g, ' ');
    if (told === undefined) expect(lines).not.toContain('Sentry took');
    else expect(lines).toContain(`After the scenarios had ended, Sentry ${told}`);
  }
});

test('a dry run names no command for a branch that was not written', () => {
  const record = night({ dryRun: true });

  for (const text of [summary(record), formatHtml(record), formatMarkdown(record)]) {
    expect(text).toContain('mend/shop-1-take-the-lines-own-price');
    expect(text).not.toMatch(/git (?:show|switch)/);
  }
});

test('a run without outcomes leaves result and branch open', () => {
  const record = night({ command: 'run', outcomes: [], patches: [], verdicts: [] });

  const [first] = summariseNight(record).issues;

  expect(first).toMatchObject({
    shortId: 'SHOP-1',
    result: null,
    reason: null,
    suspect: { file: 'src/cart/totals.ts', line: 12 },
    branch: null,
    patch: null,
    verdict: null,
    candidates: { proposed: 0, screened: 0, confirmed: 0 },
  });
  expect(summary(record)).toContain('Run `mendwright nightly` to have patches proposed and tried.');
});

test('an unchanged issue keeps the branch of the earlier night, though its patch is not in this record', () => {
  const outcome = {
    ...{ shortId: 'SHOP-1', result: 'no-work', reason: 'branch-created', detail: 'Unchanged since 22 Nov.' },
    ...{ branch: 'mend/shop-1-a', commit: 'a'.repeat(40), patch: '0123456789ab', seconds: 0 },
  };
  const record = only('SHOP-1', { outcomes: [IssueOutcome.parse(outcome)], patches: [], verdicts: [] });

  expect(summariseNight(record).issues[0]).toMatchObject({
    result: 'no-work',
    reason: 'branch-created',
    branch: 'mend/shop-1-a',
    patch: null,
  });
  expect(summary(record)).toContain('Branch    mend/shop-1-a (unchanged)\n            $ git show mend/shop-1-a');
});

test('counts candidates that were run, and names the verdict of the one that came furthest', () => {
  const issues = summariseNight(golden).issues;

  expect(issues.map(({ shortId }) => shortId)).toEqual([
    'SHOP-1',
    'SHOP-2',
    'SHOP-3',
    'SHOP-4',
    'SHOP-5',
    'SHOP-6',
    'SHOP-7',
  ]);
  expect(issues[0]?.candidates).toEqual({ proposed: 5, screened: 3, confirmed: 2 });
  expect(issues[5]).toMatchObject({
    verdict: 'unconfirmed',
    patch: null,
    candidates: { proposed: 2, screened: 1, confirmed: 0 },
  });
});

test('a consequence of another issue shares its branch and patch', () => {
  const follower = summariseNight(golden).issues.find(({ shortId }) => shortId === 'SHOP-7');

  expect(follower).toMatchObject({
    result: 'branch-updated',
    reason: 'same-cause',
    branch: 'mend/shop-2-map-over-orders-rows',
    patch: { fixer: 'wrong-name', files: ['server/orders.ts'] },
    verdict: 'confirmed',
  });
});

test.each([
  ['the embedded Sentry', 'http://127.0.0.1:4400/organizations/mendwright/issues/1/'],
  ['a script', 'javascript:alert(1)'],
  ['nothing', 'not an address'],
])('links no issue to %s', (_, permalink) => {
  const record = only('SHOP-1');

  const page = formatHtml(night({ ...record, issues: record.issues.map((issue) => ({ ...issue, permalink })) }));

  expect(page.match(/<a (?!href="#issue-)/g)).toBeNull();
});

test.each([
  ['is gone', undefined],
  ['is no picture', new TextEncoder().encode('<svg onload="alert(1)"/>')],
  ['is empty', new Uint8Array()],
])('leaves out a screenshot that %s', (_, bytes) => {
  expect(formatHtml(golden, { readAsset: () => bytes })).not.toContain('<img');
});

test.each([[40], [60], [100], [400]])('wraps the summary’s sentences at %i columns', (width) => {
  const rows = summary(golden, width).split('\n');
  const inDiff = /^ {12}(?: *\d+|[\w/.]+ {2}\+|\$ git)/;

  const tooLong = rows.filter((row) => row.length > Math.min(width, 100) && !inDiff.test(row));

  // A path, a branch or another word that is longer than the line is not broken, so that it can be copied.
  expect(tooLong.filter((row) => row.slice(12).includes(' '))).toEqual([]);
});

test('colours change nothing but the colours', () => {
  const coloured = formatSummary(golden, { colour: true, width: 100 });

  expect(stripVTControlCharacters(coloured)).toBe(summary(golden));
  expect(summary(golden)).toBe(stripVTControlCharacters(summary(golden)));
});

test('names a skipped scenario without counting it', () => {
  const [first] = GREEN.scenarios;
  const record = night({
    ...GREEN,
    scenarios: GREEN.scenarios.map((run) => (run === first ? { ...run, status: 'skipped' } : run)),
  });

  expect(summariseNight(record).scenarios).toEqual({ total: 4, red: 0, green: 4, flaky: 0 });
  expect(formatJunit(record)).toContain('skipped="1"');
});

test.each(Object.entries(RESULTS))('every report knows the result %s', (result, { label, next }) => {
  const [outcome] = only('SHOP-6').outcomes;
  const record = only('SHOP-6', { outcomes: [IssueOutcome.parse({ ...outcome, result })] });

  expect(summary(record, 100).replaceAll(/\s+/g, ' ')).toContain(`Result ${label}.`);
  expect(summary(record, 100).replaceAll(/\s+/g, ' ')).toContain(next);
  expect(formatHtml(record)).toContain(label);
});
