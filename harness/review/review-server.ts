/** The review page as a function of Request: pages, pictures, live progress, and what people decide. */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { html } from '../markup/html-tag.ts';
import { Failure } from '../model/failure.ts';
import type { RunRecord } from '../model/run-record.ts';
import { pictureType } from '../report/html/pictures.ts';
import type { IssueStory } from '../report/issue-story.ts';
import { isOnlyPlanned } from '../report/story-sentences.ts';
import { type AccessOptions, openAccess } from './access.ts';
import { assets } from './assets.ts';
import { keepTold } from './keep-told.ts';
import { servedLinks } from './links.ts';
import { liveRoutes } from './live-routes.ts';
import { type NightView, storyAt, type ToldNight } from './night-view.ts';
import { issueBanner, nightBanner } from './pages/banner.ts';
import { issueMain } from './pages/issue-page.ts';
import { nightMain } from './pages/night-page.ts';
import { formatPage, type Page, POLICY } from './pages/page.ts';
import type { Proposal, ReviewTools } from './tools.ts';

export interface ReviewOptions extends AccessOptions {
  readonly isDryRun: boolean;
  /** Where the trace viewer's own origin has the folder of a run, for who calls this machine `hostname`. */
  readonly traces: (run: string, hostname: string) => string;
}

export interface ReviewServer {
  (request: Request): Promise<Response>;
  /** Path and query of the address that lets one browser in. */
  readonly firstPath: string;
}

/** `same-origin`, not `no-referrer`: with that, browsers send forms with `Origin: null`. */
const HEADERS = {
  'content-security-policy': `${POLICY}; frame-ancestors 'none'; require-trusted-types-for 'script'`,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

const BODY_BYTES = 16 * 1024;
const OLDER = 14;
const Rejection = z.strictObject({ why: z.string().max(2_000) });

export function reviewServer(tools: ReviewTools, options: ReviewOptions): ReviewServer {
  const app = new Hono();
  const access = openAccess(options);
  const told = keepTold(tools);

  app.use(async (c, next) => {
    if (!access.isHostRight(c)) return c.text('This server does not go by that name.', 403, HEADERS);
    await next();
    return undefined;
  });
  // Style and scripts hold nothing of anybody's, and the sign-in page needs them.
  for (const { name, type, text } of Object.values(assets)) {
    app.get(`/assets/${name}`, (c) =>
      c.body(text, 200, {
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      }),
    );
  }
  app.get('/enter', (c) => enter(c, c.req.query('token') ?? '', c.req.query('run')));
  app.post('/enter', bodyLimit({ maxSize: BODY_BYTES }), async (c) => {
    const { token } = await c.req.parseBody();
    return enter(c, typeof token === 'string' ? token : '');
  });
  app.use(async (c, next) => {
    if (access.pageTokenOf(c) === undefined) return stranger(c);
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (!reads && !access.mayAct(c)) {
      return c.json(
        { text: 'This did not come from a page of this server: load the page anew.', commands: [] },
        403,
        HEADERS,
      );
    }
    await next();
    return undefined;
  });

  app.get('/', (c) => {
    const newest = tools.runs().findLast((run) => told.at(run) !== undefined);
    if (newest !== undefined)
      return c.body(null, 302, { ...HEADERS, location: `/night/${encodeURIComponent(newest)}/` });
    return page(c, { title: 'No night yet', main: NO_NIGHT });
  });
  app.get('/night/:run/', async (c) => {
    const night = told.at(c.req.param('run'));
    if (night === undefined) return notFound(c);
    const view = await viewOf(c, night);
    const older = tools
      .runs()
      .filter((run) => run < night.record.id)
      .slice(-OLDER)
      .reverse()
      .map((run) => ({ run, link: `/night/${encodeURIComponent(run)}/` }));
    return page(c, { title: night.record.app.name, main: nightMain(view, older), banner: nightBanner(view) });
  });
  app.get('/night/:run/issues/:file', async (c) => {
    const found = await storyOf(c);
    if (found === undefined) return notFound(c);
    const { story, view, url } = found;
    const main = issueMain(story, view, { url, isDryRun: options.isDryRun });
    return page(c, { title: story.issue.shortId, main, banner: issueBanner(found, view) });
  });
  app.get('/night/:run/files/*', (c) => {
    const run = c.req.param('run');
    const prefix = `/night/${encodeURIComponent(run)}/files/`;
    const { pathname } = new URL(c.req.url);
    const file = pathname.startsWith(prefix) ? decoded(pathname.slice(prefix.length)) : undefined;
    const bytes = file === undefined ? undefined : tools.readFile(run, file);
    const type = bytes && pictureType(bytes);
    // Pictures alone: a page that a run left there would be one of ours.
    if (bytes === undefined || type === undefined) return notFound(c);
    const headers = { ...HEADERS, 'content-type': `image/${type}`, 'cache-control': 'private, max-age=3600' };
    return c.body(new Uint8Array(bytes), 200, headers);
  });
  app.route('/', liveRoutes(tools, { now: options.now, headers: HEADERS }));

  app.get('/night/:run/issues/:file/approval', (c) => decide(c, (proposal) => tools.planApproval(proposal)));
  app.post('/night/:run/issues/:file/approve', (c) => decide(c, (proposal) => tools.approve(proposal)));
  app.post('/night/:run/issues/:file/reject', bodyLimit({ maxSize: BODY_BYTES }), async (c) => {
    const asked = Rejection.safeParse(await c.req.json().catch(() => undefined));
    if (!asked.success) return c.json({ text: 'A rejection needs its reason.', commands: [] }, 400, HEADERS);
    return decide(c, (proposal) => tools.reject(proposal, asked.data.why));
  });
  app.post('/night/:run/issues/:file/open', async (c) => {
    const [suspect] = (await storyOf(c))?.story.suspects ?? [];
    if (suspect === undefined)
      return c.json({ text: 'Nobody knows a place of this issue.', commands: [] }, 404, HEADERS);
    return carryOut(c, () => tools.openInEditor(suspect));
  });
  app.notFound(notFound);

  async function viewOf(c: Context, night: ToldNight): Promise<NightView> {
    const { id } = night.record;
    const traces = night.hasTraceViewer ? options.traces(id, new URL(c.req.url).hostname) : undefined;
    return { ...night, links: servedLinks(id, traces), decisions: await tools.decisions(id) };
  }

  async function storyOf(c: Context) {
    const [run = '', file = ''] = [c.req.param('run'), c.req.param('file')];
    const night = told.at(run);
    const found = night && storyAt(night, file);
    if (night === undefined || found === undefined) return undefined;
    const url = `/night/${encodeURIComponent(run)}/issues/${encodeURIComponent(file)}`;
    return { ...found, view: await viewOf(c, night), url };
  }

  /** The proposal is what the record says of the issue; the page names no branch. */
  async function decide(c: Context, work: (proposal: Proposal) => Promise<object>): Promise<Response> {
    const found = await storyOf(c);
    const proposal = found && proposalOf(found.story, found.view.record);
    if (proposal === undefined) {
      return c.json({ text: 'This issue has no branch to decide about.', commands: [] }, 404, HEADERS);
    }
    return carryOut(c, () => work(proposal));
  }

  async function carryOut(c: Context, work: () => Promise<object>): Promise<Response> {
    try {
      return c.json(await work(), 200, HEADERS);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return c.json({ text: [error.message, error.hint].filter(Boolean).join(' '), commands: [] }, 409, HEADERS);
    }
  }

  function page(c: Context, content: Page, status: 200 | 401 | 404 = 200): Response {
    const links = servedLinks('', undefined);
    const text = formatPage(content, { links, pageToken: access.pageTokenOf(c), isDryRun: options.isDryRun });
    return c.html(text, status, HEADERS);
  }

  function notFound(c: Context): Response {
    const main = html`<h1>Not found</h1><p>There is nothing here: the address is wrong, or the run’s folder is gone.</p><p><a href="/">The newest night</a></p>`;
    return page(c, { title: 'Not found', main }, 404);
  }

  function stranger(c: Context, isWrong = false): Response {
    const wrong = isWrong && html`<p class="wrong" id="token-wrong" role="alert">That token opens nothing.</p>`;
    const form = html`<form method="post" action="/enter" class="card part sign-in">
<label for="token">Token of this server</label>
<input id="token" name="token" type="password" autocomplete="current-password" required${isWrong && html` aria-invalid="true" aria-describedby="token-wrong"`}>
${wrong}
<button class="primary">Enter</button>
</form>`;
    const used = html`${wrong}<p>Open the address that <code>mendwright review</code> printed; it opens one browser, once. For another one, start it again.</p>`;
    const main = html`<h1>Who are you?</h1>${access.hasLastingToken ? form : used}`;
    return page(c, { title: 'Enter', main }, 401);
  }

  function enter(c: Context, token: string, run?: string): Response {
    if (access.pageTokenOf(c) === undefined && !access.enter(c, token)) return stranger(c, true);
    const to = run === undefined ? '/' : `/night/${encodeURIComponent(run)}/`;
    // Our own page leads on: after a link of another site, browsers keep a strict cookie to themselves.
    const main = html`<h1>One moment</h1><p><a href="${to}">Go on</a></p>`;
    return page(c, { title: 'One moment', main, head: html`<meta http-equiv="refresh" content="0; url=${to}">` });
  }

  return Object.assign(async (request: Request) => app.fetch(request), {
    firstPath: `/enter?token=${access.firstToken}`,
  });
}

const NO_NIGHT = html`<h1>No night has ended yet</h1>
<p>Start one with <code>npx mendwright nightly</code>; it shows here what it does.</p>
<div id="live" data-run=""></div>`;

/** Undefined where no branch was written. */
function proposalOf({ outcome, patch, issue }: IssueStory, record: RunRecord): Proposal | undefined {
  if (outcome?.branch === undefined || outcome.commit === undefined || isOnlyPlanned(record)) return undefined;
  const { branch, commit } = outcome;
  return { run: record.id, branch, commit, title: patch?.title ?? issue.title };
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
