import { expect, test, vi } from 'vitest';
import { readGolden, readScreenshot } from '../../test/golden/read-golden.ts';
import { hostileNight } from '../../test/review/hostile-night.ts';
import { enter, ORIGIN } from '../../test/review/review-browser.ts';
import { Failure } from '../model/failure.ts';
import type { NightProgress } from '../model/progress.ts';
import { type ReviewOptions, reviewServer } from './review-server.ts';
import type { ReviewNight, ReviewTools } from './tools.ts';

const RUN = readGolden().id;
const NIGHT = `/night/${RUN}/`;
const ISSUE = `${NIGHT}issues/SHOP-1.html`;

/** A night that was read once, and decisions that are only noted. */
function tools(changes: Partial<ReviewTools> = {}): ReviewTools {
  const night: ReviewNight = { record: readGolden(), trends: undefined, hasTraceViewer: true };
  return {
    runs: () => [RUN],
    night: (run) => (run === RUN ? night : undefined),
    readFile: (_, file) => (file === 'screens/a.png' ? readScreenshot() : new TextEncoder().encode('<script>')),
    decisions: async () => new Map(),
    planApproval: async () => ({ text: 'It will be merged.', commands: [], canAct: true }),
    approve: vi.fn(async () => ({ text: 'It was merged.', commands: [] })),
    reject: vi.fn(async () => ({ text: 'It is rejected.', commands: [] })),
    openInEditor: vi.fn(async () => ({ text: 'It was opened.', commands: [] })),
    progress: () => undefined,
    ...changes,
  };
}

const serve = (changes: Partial<ReviewTools> = {}, options: Partial<ReviewOptions> = {}) =>
  reviewServer(tools(changes), {
    ...{ host: '127.0.0.1', isDryRun: false, now: () => new Date('2026-11-23T08:00:00Z') },
    traces: (run, hostname) => `http://${hostname}:4101/secret/${run}/`,
    ...options,
  });

test.each(['/', NIGHT, ISSUE, `${NIGHT}files/screens/a.png`, '/live', `${ISSUE}/approval`])(
  'shows a stranger nothing of %s',
  async (path) => {
    const answer = await serve()(new Request(`${ORIGIN}${path}`));

    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toMatch(/SHOP-|page-token|mend\//);
  },
);

test('lets one browser in by the first address, with a cookie that no script and no other site can use', async () => {
  const server = serve();
  const entered = await server(new Request(`${ORIGIN}${server.firstPath}`));

  expect(entered.headers.get('set-cookie')).toMatch(
    /^mendwright_review_4100=[\w.-]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  expect(await entered.text()).toContain('<meta http-equiv="refresh" content="0; url=/">');
  expect((await server(new Request(`${ORIGIN}${server.firstPath}`))).status).toBe(401);
});

test.each(['', 'guess', 'x'.repeat(500)])(
  'the token %j opens nothing, and does not use up the right one',
  async (token) => {
    const server = serve();

    const answer = await server(new Request(`${ORIGIN}/enter?token=${token}`));

    expect(answer.status).toBe(401);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect((await server(new Request(`${ORIGIN}${server.firstPath}`))).status).toBe(200);
  },
);

test('a cookie ends after twelve hours, and one of another server is none', async () => {
  let hour = 8;
  const clock = { now: () => new Date(Date.UTC(2026, 10, 23, hour)) };
  const browser = await enter(serve({}, clock));
  expect((await browser.read(NIGHT)).status).toBe(200);

  hour = 20;

  expect((await browser.read(NIGHT)).status).toBe(401);
  const other = serve();
  const entered = await other(new Request(`${ORIGIN}${other.firstPath}`));
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  expect(cookie).toMatch(/=./);
  expect((await serve()(new Request(`${ORIGIN}${NIGHT}`, { headers: { cookie } }))).status).toBe(401);
});

test('a lasting token is typed in, as often as one likes', async () => {
  const server = serve({}, { host: '0.0.0.0', token: 'a token of many letters' });
  const sign = (token: string): Promise<Response> =>
    server(new Request('http://shop.lan:4100/enter', { method: 'POST', body: new URLSearchParams({ token }) }));

  expect(await (await server(new Request('http://shop.lan:4100/'))).text()).toContain('Token of this server');
  expect((await sign('another token')).status).toBe(401);
  for (const _ of [1, 2])
    expect((await sign('a token of many letters')).headers.get('set-cookie')).toContain('HttpOnly');
});

test.each(['http://evil.example:4100', 'http://127.0.0.1.evil.example', 'http://192.168.0.7:4100'])(
  'answers no page that calls this machine %s',
  async (origin) => {
    const server = serve();

    for (const path of ['/', server.firstPath, NIGHT]) {
      expect((await server(new Request(`${origin}${path}`))).status).toBe(403);
    }
  },
);

test.each<[string, Record<string, string>]>([
  ['without its token', { 'x-page-token': '' }],
  ['with another token', { 'x-page-token': 'guess' }],
  ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['from another port of this machine', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:4101' }],
  ['of an old browser on another site', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
  ['without a word of where it comes from', { 'sec-fetch-site': '', origin: '' }],
])('does nothing for a request %s', async (_, headers) => {
  const given = tools();
  const browser = await enter(serve(given));

  for (const step of ['approve', 'reject', 'open']) {
    expect((await browser.act(`${ISSUE}/${step}`, { why: 'so' }, headers)).status).toBe(403);
  }

  expect(given.approve).not.toHaveBeenCalled();
  expect(given.reject).not.toHaveBeenCalled();
  expect(given.openInEditor).not.toHaveBeenCalled();
});

test('approves and rejects what the record names, whatever the page says', async () => {
  const given = tools();
  const browser = await enter(serve(given));
  const proposal = {
    run: RUN,
    branch: 'mend/shop-1-take-the-lines-own-price',
    commit: '4ba10998a6ebceb06ecf1a94bb2970c91ff19a67',
    title: 'take the line’s own price where no offer holds',
  };

  const approved = await browser.act(`${ISSUE}/approve`, { branch: 'main' });
  const rejected = await browser.act(`${ISSUE}/reject`, { why: 'It is wrong.' });
  const opened = await browser.act(`${ISSUE}/open`, { file: '/etc/passwd' });

  expect(await approved.json()).toEqual({ text: 'It was merged.', commands: [] });
  expect(await rejected.json()).toEqual({ text: 'It is rejected.', commands: [] });
  expect(opened.status).toBe(200);
  expect(given.approve).toHaveBeenCalledWith(proposal);
  expect(given.reject).toHaveBeenCalledWith(proposal, 'It is wrong.');
  expect(given.openInEditor).toHaveBeenCalledWith(expect.objectContaining({ file: 'src/cart/totals.ts', line: 12 }));
});

test.each<[string, string, unknown, number]>([
  ['a rejection without a reason', `${ISSUE}/reject`, {}, 400],
  ['a rejection with more than was asked', `${ISSUE}/reject`, { why: 'x', branch: 'main' }, 400],
  ['a reason of pages', `${ISSUE}/reject`, { why: 'x'.repeat(20_000) }, 413],
  ['an issue without a branch', `${NIGHT}issues/SHOP-4.html/approve`, {}, 404],
  ['an issue that is not there', `${NIGHT}issues/SHOP-99.html/approve`, {}, 404],
  ['a run that is not there', '/night/2020-01-01T00-00-00-0000/issues/SHOP-1.html/approve', {}, 404],
  ['a run that is a way out', `/night/..%2f..%2f/issues/SHOP-1.html/approve`, {}, 404],
])('refuses %s', async (_, path, body, status) => {
  const given = tools();
  const browser = await enter(serve(given));

  expect((await browser.act(path, body)).status).toBe(status);
  expect(given.approve).not.toHaveBeenCalled();
  expect(given.reject).not.toHaveBeenCalled();
});

test('says what stood in the way, with the next step', async () => {
  const approve = async (): Promise<never> => {
    throw new Failure('usage', 'merge-conflict', 'Both changed it.', { hint: 'Merge it by hand.' });
  };
  const browser = await enter(serve({ approve }));

  const answer = await browser.act(`${ISSUE}/approve`);

  expect(answer.status).toBe(409);
  expect(await answer.json()).toEqual({ text: 'Both changed it. Merge it by hand.', commands: [] });
});

test('a dry run of a night has nothing to decide about', async () => {
  const night = { record: { ...readGolden(), dryRun: true }, trends: undefined, hasTraceViewer: false };
  const given = tools({ night: () => night });
  const browser = await enter(serve(given));

  expect((await browser.act(`${ISSUE}/approve`)).status).toBe(404);
  expect(await browser.text(ISSUE)).toContain('data-decide="no"');
});

test.each(['/', NIGHT, ISSUE, '/nowhere', `${NIGHT}files/screens/a.png`])(
  'lets nothing of a stranger run in %s',
  async (path) => {
    const { headers } = await (await enter(serve())).read(path);

    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  },
);

test('shows pictures of the run, and no other file of it', async () => {
  const browser = await enter(serve());

  const picture = await browser.read(`${NIGHT}files/screens/a.png`);

  expect(picture.headers.get('content-type')).toBe('image/png');
  expect((await browser.read(`${NIGHT}files/page.html`)).status).toBe(404);
  expect((await browser.read(`${NIGHT}files/%E0%A4%A`)).status).toBe(404);
});

test('leads to the newest night, and from it to its issues and the issues around each', async () => {
  const browser = await enter(serve({ runs: () => ['2026-11-22T02-00-00-0000', RUN, '2026-11-30T02-00-00-0000'] }));

  expect((await browser.read('/')).headers.get('location')).toBe(NIGHT);
  const night = await browser.text(NIGHT);
  expect(night.match(/data-result="/g)).toHaveLength(6);
  expect(night).toContain(`<a data-row href="${ISSUE}">`);
  expect(night).toContain('<a href="/night/2026-11-22T02-00-00-0000/">');
  expect(night).toContain(`<a href="http://127.0.0.1:4101/secret/${RUN}/trace/index.html?trace=`);
  const page = await browser.text(`${NIGHT}issues/SHOP-2.html`);
  expect(page).toContain(`<a href="${ISSUE}" rel="prev" aria-keyshortcuts="k">`);
  expect(page).toContain(`<a href="${NIGHT}issues/SHOP-3.html" rel="next" aria-keyshortcuts="j">`);
});

test('an issue’s page holds all of the evidence', async () => {
  const page = await (await enter(serve())).text(ISSUE);

  for (const seen of [
    'Thrown in ',
    '<span class="code-',
    '<div class="in-two">',
    'red in 10 of 10 runs',
    'green in 10 of 10 runs',
    'browser and server still arrives',
    'Red on the base, green with the patch',
    'Why there: ',
    'Values seen at the throw',
    'Candidates that fell: 3',
    'Rule <code>empty-catch</code>',
    'no rule speaks against it',
    'candidates proposed',
    '--repeat-each 5',
  ]) {
    expect(page).toContain(seen);
  }
  expect(page).not.toMatch(/ style="|<script>|<style>| on[a-z]+="/);
});

test('without a night it says how to begin one', async () => {
  const page = await (await enter(serve({ runs: () => [] }))).text('/');

  expect(page).toContain('npx mendwright nightly');
  expect(page).toContain('id="live"');
});

test('says of a branch what people decided', async () => {
  const branch = 'mend/shop-1-take-the-lines-own-price';
  const decisions = async () => new Map([[branch, { kind: 'rejected' as const, text: 'Rejected: <i>no</i>' }]]);
  const browser = await enter(serve({ decisions }));

  expect(await browser.text(NIGHT)).toContain('<span class="chip plain">rejected</span>');
  const page = await browser.text(ISSUE);
  expect(page).toContain('Rejected: &lt;i&gt;no&lt;/i&gt;');
  expect(page).toContain('data-decide="no"');
});

test('a stranger’s text stays text in every field of every page', async () => {
  const record = hostileNight(readGolden());
  const browser = await enter(serve({ night: () => ({ record, trends: undefined, hasTraceViewer: false }) }));

  for (const path of [NIGHT, ...['1', '2', '3', '4', '6'].map((id) => `${NIGHT}issues/SHOP-${id}.html`)]) {
    const answer = await browser.read(path);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).not.toMatch(/<img src=x|<script>alert|href="javascript:/);
    for (const unseen of ['\u202e', '\u0000']) expect(page).not.toContain(unseen);
  }
});

test('sends the night at work as it goes on, masked and in words', async () => {
  let progress: NightProgress = {
    ...{ run: '2026-11-24T02-00-00-aaaa', state: 'running', startedAt: '2026-11-24T02:00:00.000Z', now: 'green: pays' },
    stages: [{ name: 'run', detail: 'running', startedAt: '2026-11-24T02:00:00.000Z' }],
    lines: [{ text: 'GET /?token=abcdefgh1234 \u202efailed', isWarning: false }],
  };
  const browser = await enter(serve({ progress: () => progress }));
  const answer = await browser.read('/live');
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  const next = async (): Promise<unknown> => {
    const { value = '' } = (await reader?.read()) ?? {};
    return JSON.parse(/^data: (.*)$/m.exec(value)?.[1] ?? 'null');
  };

  expect(await next()).toMatchObject({
    ...{ state: 'running', hasRecord: false, now: 'green: pays' },
    stages: [{ title: 'Run the scenarios', took: null }],
    lines: [{ text: 'GET /?token=*** ‹U+202E›failed', isWarning: false }],
  });
  progress = {
    ...progress,
    stages: [...progress.stages, { name: 'collect', detail: '', startedAt: '2026-11-24T02:00:07.500Z' }],
  };
  expect(await next()).toMatchObject({ stages: [{ took: 7.5 }, { title: 'Collect the issues', took: null }] });
  await reader?.cancel();
});
