/** Issue searches that are easy to get wrong: versions, quotes, wildcards, lists, ids, numbers, and what is refused. */
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { errorEvent } from './embedded.ts';
import { emptyServer, item, type RichServer } from './rich-server.ts';

const Issues = z.array(z.object({ shortId: z.string() }));
const TRACE = 'abcdef01'.repeat(4);
const DASHED = 'ABCDEF01-ABCD-EF01-ABCD-EF01ABCDEF01';

let rich: RichServer;

async function search(query: string): Promise<Response> {
  return rich.call('GET', `/organizations/mendwright/issues/?${new URLSearchParams({ query })}`);
}

beforeAll(async () => {
  rich = emptyServer();
  const events = [
    {
      release: 'shop@1.10.0-rc.1+7',
      level: 'fatal',
      user: { id: '7', email: 'ada@acme.test' },
      contexts: { trace: { trace_id: TRACE, span_id: 'b'.repeat(16) } },
      tags: { path: String.raw`C:\tills\4`, sale: '50% *off*', 'a"b': 'q' },
    },
    { release: 'shop@1.9.0+12', environment: 'live', tags: { 'a:b': 'x', sale: '50% off' } },
    { release: 'till@2.0.0', user: { id: '8' } },
    { exception: undefined, logentry: { message: 'a "quoted" word' } },
  ];
  for (const [index, event] of events.entries()) {
    const { event_id: _, ...sent } = errorEvent(index + 1, event);
    await rich.send({}, item('event', sent));
    rich.clock.advance(60_000);
  }
});

test.each([
  ['release.version:1.9.0', '2'],
  ['release.version:1.10.0', ''],
  ['release.version:1.10.0-rc.1', '1'],
  ['release.version:>=1.9', '123'],
  ['release.version:>1.9.0', '13'],
  ['release.version:<1.10', '12'],
  ['release.version:<=1.9.0', '2'],
  ['release.version:1.*', '12'],
  ['release.version:1.10.*', '1'],
  ['release.version:*', '123'],
  ['release.version:2', '3'],
  ['release.version:[1.9.0, 2.0.0]', '23'],
  ['!release.version:>=1.9', '4'],
  ['release.package:shop', '12'],
  ['release.package:sh*', '12'],
  ['release.package:[till, none]', '3'],
  ['!release.package:shop', '34'],
  ['release.build:7', '1'],
  ['release.build:>7', '2'],
  ['release.build:*', '12'],
  ['release:latest', '3'],
  ['release:[latest, shop@1.9.0+12]', '23'],
  ['!release:latest', '124'],
  ['release:shop@*', '12'],
  ['release:*rc*', '1'],
  ['release:>1', ''],
  ['release:""', '4'],
  ['!release:""', '123'],
  ['has:release', '123'],
  ['!has:release', '4'],
  ['environment:""', '134'],
  ['environment:[live, ci]', '2'],
  ['!environment:live', '134'],
  ['!environment:[live, ci]', '134'],
  [`trace:${TRACE}`, '1'],
  [`trace:${DASHED}`, '1'],
  [`!trace:${TRACE}`, '234'],
  ['has:trace', '1'],
  [String.raw`path:"C:\tills\4"`, '1'],
  [String.raw`path:"C:\\tills\\4"`, '1'],
  [String.raw`path:C:\tills\*`, ''],
  [String.raw`path:"C:\\tills*"`, '1'],
  [String.raw`sale:"50% \*off\*"`, '1'],
  [String.raw`sale:"*\*off*"`, '1'],
  ['sale:"50% *"', '12'],
  ['sale:*OFF*', '12'],
  ['sale:"50_ off"', ''],
  ['sale:"50% off"', '2'],
  ['sale:["50% off", none]', '2'],
  ['!sale:*off*', '34'],
  [String.raw`"a\"b":q`, '1'],
  ['"a:b":x', '2'],
  ['tags[a:b]:x', '2'],
  ['has:"a:b"', '2'],
  [String.raw`message:"\"quoted\""`, '4'],
  ['message:"a * word"', '4'],
  ['message:[quoted, "fault 2"]', '24'],
  ['!message:[quoted, "fault 2"]', '13'],
  [String.raw`"\"quoted\" word"`, '4'],
  ['quoted word', ''],
  ['*quoted* ', '4'],
  ['level:[fatal, info]', '1'],
  ['!level:[fatal, info]', '234'],
  ['level:FATAL', ''],
  ['user.id:[7, 8]', '13'],
  ['!user.id:7', '234'],
  ['user.id:*', '13'],
  ['has:[user.id, environment]', '123'],
  ['!has:user', '24'],
  ['timesSeen:<1k', '1234'],
  ['timesSeen:>=0.001k', '1234'],
  ['times_seen:>1k', ''],
  ['!timesSeen:1', ''],
  ['first_seen:-150s', '34'],
  ['last_seen:+150s', '12'],
  ['firstSeen:>=2026-11-23T14:01:00Z firstSeen:<2026-11-23T14:03:00Z', '23'],
  ['firstSeen:>=2026-11-23T15:01:00+01:00', '234'],
  ['firstSeen:2026-11-23T14:01:00', '2'],
  ['!firstSeen:2026-11-23', ''],
  ['age:-150s !release:latest', '4'],
  ['issue.priority:[high, low]', '1234'],
  [String.raw`message:"quoted\""`, '4'],
  [String.raw`message:"fault\\"`, ''],
  ['nothing:here', ''],
  ['!nothing:here', '1234'],
  [`level:[${'a,'.repeat(2000)}fatal]`, '1'],
  ['!a:1 '.repeat(800), '1234'],
])('%s finds %s', async (query, expected) => {
  const answer = await search(query);

  expect([answer.status, answer.status === 200 ? '' : await answer.clone().text()]).toEqual([200, '']);
  const found = Issues.parse(await answer.json()).map(({ shortId }) => shortId.replace('SHOP-', ''));
  expect(found.sort().join('')).toBe(expected);
});

describe('a search is refused', () => {
  test.each([
    ['release.version:abc', 'Invalid format for a semantic version: abc'],
    ['release.version:>1.*', 'Invalid format for a semantic version: 1.*'],
    ['release.version:1.*.2', 'Invalid format for a semantic version'],
    ['release.build:>x', 'Invalid number: x'],
    ['trace:xyz', 'Filter Trace ID must be a valid UUID hex'],
    ['trace:ab*', 'Wildcard conditions are not permitted on "trace" filter'],
    ['id:1', 'Filter ID must be a valid UUID hex'],
    ['level:', "Empty string after 'level:'"],
    ['TypeError: x', "Empty string after 'TypeError:'"],
    ['count():>5', 'Aggregate filters (count()) are not supported in issue searches.'],
    ['timesSeen:>many', 'Invalid number: many'],
    ['timesSeen:1kb', 'Invalid number: 1kb'],
    ['timesSeen:0x10', 'Invalid number: 0x10'],
    ['timesSeen:[1, x]', 'Invalid number: x'],
    ['issue.priority:urgent', "Invalid priority value of 'urgent'"],
    ['is:[unresolved, lost]', 'Invalid value for "is" search'],
    ['is:""', 'Invalid value for "is" search'],
    ['lastSeen:+1y', 'not a valid ISO8601 date'],
    ['lastSeen:2026-13-01', 'not a valid ISO8601 date'],
    ['firstSeen:>24h', 'not a valid ISO8601 date'],
    ['level:error OR level:info', 'Boolean statements'],
    ['level:error AND level:info', 'Boolean statements'],
    ['(level:error)', 'Boolean statements'],
    ['"open', 'unbalanced quote or bracket'],
    ['level:[error', 'unbalanced quote or bracket'],
    ['x'.repeat(5000), 'too long'],
  ])('%s', async (query, detail) => {
    const answer = await search(query);

    expect([answer.status, await answer.json()]).toEqual([400, { detail: expect.stringContaining(detail) }]);
  });
});
