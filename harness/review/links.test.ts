import { expect, test } from 'vitest';
import { readGolden } from '../../test/golden/read-golden.ts';
import { tellStories } from '../report/issue-story.ts';
import { issueFiles, servedLinks, staticLinks } from './links.ts';

const RUN = '2026-11-23T02-00-00-3f2a';
const TRACE = 'trials/again/a trace.zip';

test.each([
  [
    'a server',
    servedLinks(RUN, 'http://127.0.0.1:2/secret/'),
    `/night/${RUN}/files/screens/a%20b.png`,
    'http://127.0.0.1:2/secret/trace/index.html?trace=..%2Ftrials%2Fagain%2Fa%2520trace.zip',
  ],
  ['a server without a viewer', servedLinks(RUN, undefined), `/night/${RUN}/files/screens/a%20b.png`, undefined],
  [
    'the night’s page in a folder',
    staticLinks(0, { run: 'run/', hasTraceViewer: true }),
    'run/screens/a%20b.png',
    'run/trace/index.html?trace=..%2Ftrials%2Fagain%2Fa%2520trace.zip',
  ],
  [
    'an issue’s page in the run’s folder',
    staticLinks(1, { run: '../', hasTraceViewer: true }),
    '../../screens/a%20b.png',
    '../../trace/index.html?trace=..%2Ftrials%2Fagain%2Fa%2520trace.zip',
  ],
])('on %s pictures and traces lead to', (_, links, picture, trace) => {
  expect(links.picture('screens/a b.png')).toBe(picture);
  expect(links.trace(TRACE)).toBe(trace);
});

test.each(['../secret.png', '/etc/passwd', 'a/../../b.png', 'javascript:alert(1)', 'a\\b.png', ''])(
  '%j leads nowhere',
  (file) => {
    for (const links of [servedLinks(RUN, 'http://x/'), staticLinks(1, { run: 'run/', hasTraceViewer: true })]) {
      expect(links.picture(file)).toBeUndefined();
      expect(links.trace(file)).toBeUndefined();
    }
  },
);

test('gives every issue a file of its own, whatever it is called', () => {
  const [story] = tellStories(readGolden());
  const named = ['SHOP-1', 'shop-1', '../../etc', '‮', '', 'a b/c', 'CON.html'].map((shortId) => {
    if (story === undefined) throw new Error('the kept night has issues');
    return { ...story, issue: { ...story.issue, shortId } };
  });

  expect([...issueFiles(named).values()]).toEqual([
    ...['SHOP-1.html', 'shop-1-2.html', '-etc.html', '-.html', 'issue.html', 'a-b-c.html', 'CON-html.html'],
  ]);
});
