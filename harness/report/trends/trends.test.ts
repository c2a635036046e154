import { expect, test } from 'vitest';
import { readGolden } from '../../../test/golden/read-golden.ts';
import { formatHtml } from '../html.ts';
import { formatMarkdown } from '../markdown.ts';
import { NightPoint, pointOf } from './night-point.ts';
import { trendSections } from './trend-table.ts';
import { trendsOf } from './trends.ts';

type Colour = 'green' | 'red' | 'flaky';

/** Night `day` of November: colours by scenario, issues as `key: scenario`, `+` where a branch stands. */
function night(day: number, colours: Record<string, Colour>, issues: Record<string, string> = {}): NightPoint {
  const of = (colour: Colour): string[] => Object.keys(colours).filter((id) => colours[id] === colour);
  const [green, red, flaky] = [of('green'), of('red'), of('flaky')];
  const at = `2026-11-${String(day).padStart(2, '0')}T02:00:00.000Z`;
  return NightPoint.parse({
    ...{ version: 1, run: at.slice(0, 10), command: 'nightly', dryRun: false, at, seconds: 60 * day },
    scenarios: { total: Object.keys(colours).length, red: red.length, green: green.length, flaky: flaky.length },
    ...{ green, red, flaky },
    issues: Object.entries(issues).map(([key, scenario]) => ({
      ...{ key, shortId: key.toUpperCase(), title: `${key} <b>broke</b>`, scenarios: [scenario.replace('+', '')] },
      ...{ result: null, branch: scenario.endsWith('+') ? `mend/${key}` : null, commit: null },
    })),
  });
}

const NIGHTS = [
  night(1, { a: 'green', b: 'red' }, { one: 'b' }),
  night(2, { a: 'flaky', b: 'red' }, { one: 'b+' }),
  night(3, { a: 'green' }),
  night(5, { a: 'green', b: 'green' }),
  night(6, { a: 'red', b: 'green' }, { two: 'a' }),
];

test('time to a branch and to the cure: a night that did not run the scenario tells nothing', () => {
  const { issues, daysToFix, daysToBranch } = trendsOf(NIGHTS);

  expect(issues).toMatchObject([
    { shortId: 'ONE', seen: [true, true, false, false, false], daysToBranch: 1, daysToFix: 4, returns: 0 },
    { shortId: 'TWO', seen: [false, false, false, false, true], daysToBranch: undefined, daysToFix: undefined },
  ]);
  expect({ daysToFix, daysToBranch }).toEqual({ daysToFix: 4, daysToBranch: 1 });
});

test('an error that comes back is open again, from the night of its return', () => {
  const [one] = trendsOf([...NIGHTS, night(7, { a: 'green', b: 'red' }, { one: 'b' })]).issues;

  expect(one).toMatchObject({ returns: 1, daysToFix: undefined, daysToBranch: undefined });
  expect(one?.since).toBe('2026-11-07T02:00:00.000Z');
});

test('scenarios with their colours, flake rate, and when they were last green', () => {
  const { scenarios } = trendsOf(NIGHTS);

  expect(scenarios).toEqual([
    { id: 'a', marks: ['green', 'flaky', 'green', 'green', 'red'], flakeRate: 0.2, lastGreen: NIGHTS[3]?.at },
    { id: 'b', marks: ['red', 'red', 'absent', 'green', 'green'], flakeRate: 0, lastGreen: NIGHTS[4]?.at },
  ]);
});

test('the ledger tells when a scenario was last green that no kept night saw so', () => {
  const { scenarios } = trendsOf(NIGHTS.slice(0, 2), new Map([['b', '2026-10-01T00:00:00.000Z']]));

  expect(scenarios.find(({ id }) => id === 'b')?.lastGreen).toBe('2026-10-01T00:00:00.000Z');
});

test('nights are put in order, each once, thirty at most', () => {
  const many = Array.from({ length: 28 }, (_, index) => night(index + 1, { a: 'green' }));
  const other = many.map((one) => ({ ...one, run: `${one.run}-b`, at: one.at.replace('-11-', '-10-') }));

  const { nights } = trendsOf([...many.toReversed(), ...other, ...many]);

  expect(nights).toHaveLength(30);
  expect(nights.map(({ at }) => at)).toEqual(nights.map(({ at }) => at).sort());
});

test('the page draws them as pictures with words, the Markdown as tables', () => {
  const golden = readGolden();
  const trends = trendsOf([...NIGHTS, pointOf(golden)]);

  const page = formatHtml(golden, { trends });

  expect(page).toContain('Trends over 6 nights');
  expect(page).toMatch(/aria-label="Red scenarios per night: 0 to 6, tonight 6"/);
  expect(page.match(/<svg viewBox/g)).toHaveLength(4);
  expect(page).not.toContain('<b>broke</b>');
  expect(formatMarkdown(golden, { more: trendSections(trends) })).toContain(
    '| Night | Red | Flake rate | Issues | Duration |',
  );
});

test('one night alone has no trend', () => {
  const golden = readGolden();
  const trends = trendsOf([pointOf(golden)]);

  expect(formatHtml(golden, { trends })).toBe(formatHtml(golden));
  expect(trendSections(trends)).toEqual([]);
});
