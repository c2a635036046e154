import { expect, test } from 'vitest';
import { readGolden } from '../../test/golden/read-golden.ts';
import { byteLength, joinBounded } from './bounded-text.ts';
import { formatMarkdown } from './markdown.ts';
import { formatPullRequests } from './pull-request.ts';

const golden = readGolden();
const pages = formatPullRequests(golden);
const first = pages.find(({ issues }) => issues.includes('SHOP-1'));

test('one page for each branch of the night, naming all issues that it mends', () => {
  const branches = golden.outcomes.flatMap(({ branch }) => branch ?? []);

  expect(pages.map(({ branch }) => branch)).toEqual([...new Set(branches)].sort());
  expect(pages.find(({ issues }) => issues.length > 1)).toMatchObject({ issues: ['SHOP-2', 'SHOP-7'] });
});

test.each([
  ['the cause', /Thrown in \S+ at src\/cart\/totals\.ts:12 while/],
  ['the suspects with reasons', /1\. `src\/cart\/totals\.ts:12`, score \d\.\d\d\n {3}- \S/],
  ['n of m before', /\| Before \| red in \d+ of \d+ runs \|/],
  ['n of m with the patch', /\| With the patch \| green in \d+ of \d+ runs \|/],
  ['the chance', /\| By chance \| p [=<&]/],
  ['the control run', /\| Monitoring \| an error raised on purpose/],
  ['the strength', /\| Strength \| (?:⚠️ )?(?:strong|weak)/],
  ['the checks', /\| Check \| /],
  ['the guard', /\| Guard \| this patch broke none of its rules/],
  ['what it took', /\| Effort \| \d+ candidates? proposed, \d+ run, \d+ confirmed, in \d/],
  ['the diff', /```diff\n[\s\S]*?\n\+/],
  ['the values at the throw', /Values at the throw<\/summary>\n\n\| Name \| Value \|/],
  ['candidates that fell and why', /Candidates that fell: \d/],
  ['the command that repeats the proof', /npx mendwright prove mend\/shop-1-/],
])('tells %s', (_, words) => {
  expect(first?.markdown).toMatch(words);
});

test('tells the likeness where somebody measured it', () => {
  const verdicts = golden.verdicts.map((verdict) =>
    verdict.kind === 'confirmed' ? { ...verdict, likeness: 0.93 } : verdict,
  );

  expect(formatPullRequests({ ...golden, verdicts })[0]?.markdown).toContain('93 % like the one of the last green run');
});

test('a dry run has no branch to tell of', () => {
  expect(formatPullRequests({ ...golden, dryRun: true })).toEqual([]);
});

test.each([[2_000], [4_000], [60_000]])('keeps a page within %i bytes, whole part by whole part', (limit) => {
  for (const { markdown } of formatPullRequests(golden, limit)) {
    expect(byteLength(markdown)).toBeLessThanOrEqual(limit);
    expect((markdown.match(/<details>/g) ?? []).length).toBe((markdown.match(/<\/details>/g) ?? []).length);
    expect((markdown.match(/^```/gm) ?? []).length % 2).toBe(0);
  }
});

test('a job summary of a huge night fits what GitHub takes, and says what is missing', () => {
  const [issue] = golden.issues;
  if (issue === undefined) throw new Error('the kept night has issues');
  const issues = Array.from({ length: 2_000 }, (_, index) => ({
    ...issue,
    shortId: `SHOP-${index + 1}`,
    title: 'ü'.repeat(190),
    followers: [],
  }));

  const markdown = formatMarkdown({ ...golden, issues });

  expect(byteLength(markdown)).toBeLessThanOrEqual(1024 * 1024);
  expect(markdown).toMatch(/\d+ sections do not fit here; report\.html has the whole night\.\n$/);
});

test('a part that is too large makes way for smaller ones', () => {
  const text = joinBounded({ head: ['h'], body: ['x'.repeat(99), 'y'], told: (left) => `${left} left`, limit: 20 });

  expect(text).toBe('h\n\ny\n\n1 left\n');
});
