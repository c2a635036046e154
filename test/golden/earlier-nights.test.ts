/** Branches of earlier nights whose issues did not come: every report tells of them, and counts none as tonight's. */
import { expect, test } from 'vitest';
import { type EarlierOutcome, RunRecord } from '../../harness/model/run-record.ts';
import { formatHtml } from '../../harness/report/html.ts';
import { summariseNight } from '../../harness/report/json.ts';
import { formatMarkdown } from '../../harness/report/markdown.ts';
import { newsOf } from '../../harness/report/night-news.ts';
import { EARLIER } from '../../harness/report/night-words.ts';
import { formatSummary } from '../../harness/report/summary.ts';
import { pointOf } from '../../harness/report/trends/night-point.ts';
import { readGolden } from './read-golden.ts';

const golden = readGolden();

function outcome(state: EarlierOutcome['state']): EarlierOutcome {
  return {
    ...{ shortId: 'SHOP-90', title: 'Error: <img src=x onerror=alert(1)> | `a`', state, branch: 'mend/shop-90-a' },
    ...{ commit: 'c'.repeat(40), detail: 'mend/shop-90-a <b>stands</b> so.', since: '2026-11-20T02:00:00.000Z' },
  };
}

const night = (parts: Partial<RunRecord>): RunRecord => RunRecord.parse({ ...golden, ...parts });

test.each(Object.entries(EARLIER))('every report knows a branch that is %s', (state, { label }) => {
  const earlier = [outcome(RunRecord.shape.earlier.unwrap().element.shape.state.parse(state))];
  const record = night({ earlier });

  expect(summariseNight(record).earlier).toEqual(earlier);
  const page = formatHtml(record);
  expect(page).toContain('<h2>From earlier nights</h2>');
  expect(page).toContain(`>${label}</span>`);
  expect(page).not.toContain('<img src=x');
  const text = formatMarkdown(record);
  expect(text).toContain('### From earlier nights');
  expect(text).toContain(`${label}: \`mend/shop-90-a\``);
  expect(text).toContain('(20 Nov 2026)');
  expect(text).not.toContain('<b>stands');
});

test('says nothing of earlier nights where there is nothing, as in records of older versions', () => {
  for (const record of [night({ earlier: [] }), golden]) {
    expect(formatHtml(record)).not.toContain('From earlier nights');
    expect(formatMarkdown(record)).not.toContain('From earlier nights');
    expect(summariseNight(record).earlier).toEqual([]);
  }
});

const MERGED: RunRecord['outcomes'][number] = {
  ...{ shortId: 'SHOP-90', title: 'Error: old', result: 'fixed-on-base', reason: 'merged', seconds: 0 },
  ...{ detail: 'mend/shop-90-a is merged, and green at abcdef0.', branch: 'mend/shop-90-a' },
};

test('what was merged is not counted among tonight’s branches', () => {
  const headline = (record: RunRecord): string | undefined =>
    formatSummary(record, { colour: false, width: 100 }).split('\n')[1];
  const issues = golden.issues.filter(({ shortId }) => shortId === 'SHOP-4');
  const outcomes = golden.outcomes.filter(({ shortId }) => shortId === 'SHOP-4');

  expect(headline(night({ issues, outcomes: [...outcomes, MERGED] }))).toBe('1 issue found, not mended.');
});

test('the night’s news tell once of a branch that was merged, not also that its issue is gone', () => {
  const [issue] = golden.issues;
  if (issue === undefined) throw new Error('The kept night has issues.');
  const before = pointOf(night({ issues: [{ ...issue, shortId: 'SHOP-90' }], outcomes: [] }));
  const gone = { issues: [], outcomes: [], patches: [], verdicts: [], suspects: [] };

  const texts = (record: RunRecord): string[] => (newsOf(record, before)?.changes ?? []).map(({ text }) => text);

  expect(texts(night({ ...gone, outcomes: [MERGED] }))).toEqual([
    'SHOP-90 Error: old: mend/shop-90-a is merged, and green at abcdef0.',
  ]);
  expect(texts(night(gone))).toEqual([expect.stringMatching(/^SHOP-90 .*no longer seen$/)]);
});
