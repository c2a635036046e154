import { expect, test } from 'vitest';
import { readGolden } from '../../test/golden/read-golden.ts';
import type { Combination } from '../model/combination.ts';
import type { RunRecord } from '../model/run-record.ts';
import { combinationSentence, wordsOfCombination } from './combination-words.ts';
import { formatHtml } from './html.ts';
import { formatMarkdown } from './markdown.ts';
import { formatPullRequests } from './pull-request.ts';
import { formatSummary } from './summary.ts';

const golden = readGolden();
const [first = '', second = ''] = [...new Set(golden.outcomes.flatMap(({ branch }) => branch ?? []))];
const run = golden.scenarios[0]?.scenario.id ?? '';

function nightWith(changes: Partial<Combination>): RunRecord {
  return {
    ...golden,
    combination: {
      ...{ branches: [first, second], conflicts: [], verdict: 'green', why: 'All is green.', broken: [] },
      ...{ failedChecks: [], green: 12, seconds: 9 },
      ...changes,
    },
  };
}

const CONFLICT = { branches: [first], conflicts: [{ branch: second, with: [first], files: ['src/cart.ts'] }] };

test.each<[string, Partial<Combination>, { isGood: boolean; headline: string; lines: string[] }]>([
  [
    'green ones',
    {},
    { isGood: true, headline: '2 branches merged together: 12 scenarios green, nothing broken.', lines: [] },
  ],
  [
    'red ones',
    { verdict: 'red', broken: ['[] x.spec.ts › pays'], failedChecks: ['npm test'] },
    {
      isGood: false,
      headline: '2 branches merged together: 1 scenario and 1 check red that are green with each branch alone.',
      lines: ['Red together: [] x.spec.ts › pays', 'Red together: the check npm test'],
    },
  ],
  [
    'conflicts',
    { ...CONFLICT, verdict: 'not-run', why: 'No two can be merged.' },
    {
      isGood: false,
      headline: 'The branches were not run together: No two can be merged.',
      lines: [
        `${second} conflicts with ${first} in src/cart.ts: merge one of them first, the next night writes the other anew.`,
      ],
    },
  ],
])('tells %s in every report', (_, changes, expected) => {
  const record = nightWith(changes);

  expect(wordsOfCombination(record)).toEqual(expected);
  const flat = (text: string) => text.replace(/[\\`]/g, '').replace(/\s+/g, ' ');
  const told = [formatHtml(record), formatMarkdown(record), formatSummary(record, { colour: false, width: 100 })];
  for (const text of told) {
    for (const line of [expected.headline, ...expected.lines]) expect(flat(text)).toContain(flat(line));
  }
});

test.each<[string, Partial<Combination>, string, string | undefined]>([
  ['a merged one', {}, first, 'green, merged with the night’s 1 other branch'],
  [
    'one of a red merge',
    { verdict: 'red', broken: [run] },
    first,
    'merged with the night’s 1 other branch, 1 scenario or check red',
  ],
  ['the one that was left out', CONFLICT, second, `conflicts with ${first} in src/cart.ts`],
  ['the one that is in its way', { ...CONFLICT, verdict: 'not-run' }, first, `${second} conflicts with it`],
  ['one that nothing is known of', { verdict: 'not-run' }, first, undefined],
])('tells each branch of the others: %s', (_, changes, branch, expected) => {
  const record = nightWith(changes);

  expect(combinationSentence(branch, record)).toBe(expected);
  const page = formatPullRequests(record).find((one) => one.branch === branch);
  if (expected === undefined) expect(page?.markdown).not.toContain('| Together |');
  else expect(page?.markdown).toContain('| Together |');
});

test('says nothing where fewer than two branches waited', () => {
  expect(wordsOfCombination(golden)).toBeUndefined();
  expect(formatHtml(golden)).not.toContain('All branches together');
});
