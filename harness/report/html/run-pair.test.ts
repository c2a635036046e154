import { expect, test } from 'vitest';
import { readGolden, readScreenshot } from '../../../test/golden/read-golden.ts';
import type { RunRecord } from '../../model/run-record.ts';
import type { ScenarioRun } from '../../model/scenario.ts';
import { formatHtml } from '../html.ts';
import { requestDifferences } from '../request-differences.ts';
import { openPictures } from './pictures.ts';
import { relativeLink, traceLink } from './relative-link.ts';

const golden = readGolden();

/** The kept night whose proofs hold the red run again, told green. */
function withGreenRun(change: Partial<ScenarioRun> = {}): RunRecord {
  const verdicts = golden.verdicts.map((verdict) => {
    const issue = golden.issues.find(({ shortId }) => shortId === verdict.issue);
    const red = golden.scenarios.find(({ scenario }) => scenario.id === issue?.scenarios[0]);
    if (verdict.kind !== 'confirmed' || red === undefined) return verdict;
    const { screenshot: _, trace: __, ...run } = red;
    return { ...verdict, greenRun: { ...run, status: 'passed' as const, sightings: [], ...change } };
  });
  return { ...golden, verdicts };
}

test('each proven branch shows its red run, and says where the record keeps no green one', () => {
  const page = formatHtml(golden);
  const proven = golden.outcomes.filter(({ branch, reason }) => branch !== undefined && reason === 'confirmed').length;

  expect(page.match(/<h4>Red, on the base<\/h4>/g)?.length).toBeGreaterThanOrEqual(proven);
  expect(page).toMatch(/Green in \d+ of \d+ runs; this record keeps none of them\./);
});

test('a kept green run stands beside it, with the requests that differ', () => {
  const requests = [
    { method: 'GET', url: 'http://127.0.0.1:9/new', status: 200, resourceType: 'fetch', at: golden.startedAt },
  ];

  const page = formatHtml(withGreenRun({ requests }));

  expect(page).toMatch(/<h4>Green, with the patch<\/h4><p class="small">Playwright: passed after/);
  expect(page).toContain('nothing in console and network that tells of an error');
  expect(page).toContain('<code>GET /new</code>: not sent when red, 200 when green');
});

test.each([
  ['another answer', [['GET', '/a', 500]], [['GET', '/a', 200]], [['GET /a', '500', '200']]],
  ['the same on another port', [['GET', '/a', 200]], [['GET', '/a', 200]], []],
  [
    'polling',
    [
      ['GET', '/a', 200],
      ['GET', '/a', 200],
    ],
    [['GET', '/a', 200]],
    [],
  ],
  ['a request that is gone', [['POST', '/b', 201]], [], [['POST /b', '201', '']]],
])('tells requests apart: %s', (_, red, green, expected) => {
  const run = (port: number, seen: typeof red) => ({
    requests: seen.map(([method, path, status]) => ({
      method: String(method),
      url: `http://127.0.0.1:${port}${path}?n=${port}`,
      status: Number(status),
      resourceType: 'fetch',
      at: golden.startedAt,
    })),
  });

  const found = requestDifferences(run(4001, red), run(4002, green));

  expect(found.map((one) => [one.request, one.red.join(), one.green.join()])).toEqual(expected);
});

test('a picture is carried once, then linked to; those over the budget stay beside the page', () => {
  const large = new Uint8Array(3 * 1024 * 1024);
  large.set(readScreenshot());
  const pictures = openPictures((file) => (file === 'large.png' ? large : readScreenshot()));
  const show = (file: string): string => String(pictures.show(file, 'title', 'alt'));

  expect(show('a.png')).toContain('<figure id="picture-1"><img src="data:image/png;base64,');
  expect(show('a.png')).toContain('href="#picture-1"');
  expect(show('large.png')).toBe('<p class="small"><a href="large.png">title</a></p>');
});

test.each([
  ['trials/again/a b.zip', 'trials/again/a%20b.zip', 'trace/index.html?trace=..%2Ftrials%2Fagain%2Fa%2520b.zip'],
  ['../../secret', undefined, undefined],
  ['/etc/passwd', undefined, undefined],
  ['javascript:alert(1)', undefined, undefined],
])('links %s by its place beside the page', (file, link, trace) => {
  expect(relativeLink(file)).toBe(link);
  expect(traceLink(file)).toBe(trace);
});

test('links traces into the viewer only where it lies beside the page', () => {
  const viewer = /href="trace\/index\.html\?trace=\.\.%2Ftrials/;

  expect(formatHtml(golden, { hasTraceViewer: true })).toMatch(viewer);
  expect(formatHtml(golden)).not.toMatch(viewer);
});
