/** One table of cases for pull and merge requests, run against a double of every host. */
import { describe, expect, test } from 'vitest';
import { Failure } from '../../harness/model/failure.ts';
import { fateOf } from '../../harness/publishing/forges/fate.ts';
import { readMarked } from '../../harness/publishing/forges/marked-text.ts';
import { tendProposal } from '../../harness/publishing/forges/tend-proposal.ts';
import type { DoublePull } from './double.ts';
import { type Ground, groundOf, HOSTS, OFFER, toolsOf } from './ground.ts';

type Case = (ground: Ground) => Promise<void>;

function onlyPull({ double }: Ground): DoublePull {
  const [pull, ...more] = double.state.pulls;
  if (pull === undefined || more.length > 0) throw new Error(`${double.state.pulls.length} pull requests`);
  return pull;
}

async function tend(ground: Ground, offer = OFFER, changes = {}) {
  return (await tendProposal(offer, toolsOf(ground, changes))).deeds;
}

/** Opened by an earlier night. */
async function opened(ground: Ground): Promise<DoublePull> {
  await tend(ground);
  ground.double.requests.length = 0;
  return onlyPull(ground);
}

const CASES: Readonly<Record<string, Case>> = {
  'opens a draft with title, text and label': async (ground) => {
    const { deeds, proposal, troubles } = await tendProposal(OFFER, toolsOf(ground));

    const pull = onlyPull(ground);
    expect({ deeds, troubles }).toEqual({ deeds: ['opened'], troubles: [] });
    expect(pull).toMatchObject({ branch: OFFER.branch, target: 'main', title: OFFER.title, draft: true });
    expect(pull.body).toContain('the cart is empty.');
    expect(pull.labels).toEqual(ground.forge.name === 'Bitbucket' ? [] : ['mendwright']);
    expect(readMarked(pull.body)).toMatchObject({ evidence: OFFER.evidence, isEdited: false, isReady: false });
    expect(proposal).toMatchObject({ number: pull.number, isDraft: true });
    expect(proposal?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/.*\d$/);
  },
  'opens it against the branch that is named': async (ground) => {
    await tend(ground, OFFER, { target: 'develop' });

    expect(onlyPull(ground).target).toBe('develop');
  },
  'writes nothing where nothing changed': async (ground) => {
    await opened(ground);

    expect(await tend(ground)).toEqual(['unchanged']);
    expect(await tend(ground, { ...OFFER, page: undefined })).toEqual(['unchanged']);
    expect(ground.double.writes()).toEqual([]);
  },
  'updates text and title in place, and keeps what people wrote around it': async (ground) => {
    const pull = await opened(ground);
    pull.body = `Look here, please.\r\n\r\n${pull.body.replaceAll('\n', '\r\n')}\r\n\r\nThanks!`;

    const deeds = await tend(ground, { ...OFFER, page: 'Another cause.', title: 'fix: another (SHOP-1)' });

    expect(deeds).toEqual(['updated']);
    expect(onlyPull(ground)).toMatchObject({ title: 'fix: another (SHOP-1)', draft: true, state: 'open' });
    expect(pull.body).toMatch(/^Look here, please\.[\s\S]*Another cause\.[\s\S]*Thanks!$/);
    expect(pull.body).not.toContain('the cart is empty');
    expect(ground.double.writes()).toHaveLength(1);
  },
  'leaves a text that a person changed': async (ground) => {
    const pull = await opened(ground);
    pull.body = pull.body.replace('the cart is empty', 'the cart was never made');
    ground.double.state.checks = 'green';
    const before = { ...pull };

    expect(await tend(ground, { ...OFFER, page: 'Another cause.' })).toEqual(['left-edited']);
    expect(pull).toEqual(before);
    expect(ground.double.writes()).toEqual([]);
  },
  'leaves a title that a person changed, and updates the text': async (ground) => {
    const pull = await opened(ground);
    pull.title = 'Mend the cart';

    expect(await tend(ground, { ...OFFER, page: 'Another cause.', title: 'fix: other' })).toEqual(['updated']);
    expect(pull.title).toBe('Mend the cart');
    expect(pull.body).toContain('Another cause.');
    expect(await tend(ground, { ...OFFER, page: 'Another cause.', title: 'fix: other' })).toEqual(['unchanged']);
  },
  'marks it ready once its checks are green, and never again': async (ground) => {
    const pull = await opened(ground);
    const deeds: unknown[] = [];
    for (const checks of ['none', 'pending', 'red'] as const) {
      ground.double.state.checks = checks;
      deeds.push(await tend(ground));
    }
    ground.double.state.checks = 'green';
    expect(await tend(ground, { ...OFFER, commit: 'b'.repeat(40) })).toEqual(['unchanged']);
    expect(pull.draft).toBe(true);

    expect(await tend(ground)).toEqual(['ready']);

    expect(deeds).toEqual([['unchanged'], ['unchanged'], ['unchanged']]);
    expect(pull).toMatchObject({ draft: false, title: OFFER.title });
    expect(await tend(ground)).toEqual(['unchanged']);
    ground.double.state.checks = 'red';
    expect(await tend(ground)).toEqual(['unchanged']);
    expect(pull.draft).toBe(false);
    // A person makes a draft of it again.
    pull.draft = true;
    ground.double.state.checks = 'green';
    expect(await tend(ground)).toEqual(['unchanged']);
    expect(pull.draft).toBe(true);
  },
  'knows that it was merged, and as which commit': async (ground) => {
    const pull = await opened(ground);
    Object.assign(pull, { state: 'merged', mergedAs: 'c'.repeat(40), draft: false });

    expect(await fateOf(OFFER, ground.forge)).toEqual({ state: 'merged', mergedAs: 'c'.repeat(40), why: '' });
    expect(await tend(ground)).toEqual(['left-closed']);
  },
  'knows who closed it and what was said, and does not open it again': async (ground) => {
    const pull = await opened(ground);
    Object.assign(pull, { state: 'closed', closedBy: 'jo', comments: ['No.', 'The cart is\nnever empty.'] });

    const fate = await fateOf(OFFER, ground.forge);

    expect(fate).toMatchObject({
      state: 'closed',
      why: expect.stringMatching(/was closed by jo: “The cart is never empty\.”$/),
    });
    expect(await tend(ground)).toEqual(['left-closed']);
    expect(ground.double.writes()).toEqual([]);
  },
  'opens a new one when the evidence has changed since it was closed': async (ground) => {
    Object.assign(await opened(ground), { state: 'closed' });
    const changed = { ...OFFER, evidence: 'fedcba9876543210' };

    expect(await fateOf(changed, ground.forge)).toBeUndefined();
    expect(await tend(ground, changed)).toEqual(['opened']);
    expect(await tend(ground, changed)).toEqual(['unchanged']);
    expect(ground.double.state.pulls.map(({ state }) => state)).toEqual(['closed', 'open']);
  },
  'leaves the one that somebody opened of our branch': async (ground) => {
    const { pulls } = ground.double.state;
    pulls.push({
      ...{ number: 1, branch: OFFER.branch, target: 'main', title: 'Mine', body: 'By hand.', state: 'open' },
      ...{ draft: true, commit: OFFER.commit, comments: [], labels: [] },
    });
    ground.double.state.checks = 'green';

    expect(await tend(ground)).toEqual(['left-foreign']);
    expect(ground.double.writes()).toEqual([]);
  },
  'does not take another branch’s for it': async (ground) => {
    await opened(ground);

    expect(await tend(ground, { ...OFFER, branch: 'mend/shop-2-other' })).toEqual(['opened']);
    expect(ground.double.state.pulls).toHaveLength(2);
  },
  'opens one only, when two nights run at once': async (ground) => {
    const deeds = await Promise.all([tend(ground), tend(ground)]);

    expect(ground.double.state.pulls).toHaveLength(1);
    // Bitbucket answers as if it had opened a second one.
    const isSilent = ground.forge.name === 'Bitbucket';
    expect(deeds.flat().sort()).toEqual(isSilent ? ['opened', 'opened'] : ['opened', 'unchanged']);
  },
  'adopts what a broken answer left behind': async (ground) => {
    const own = ground.double;
    let isBroken = false;
    own.trouble = (request) => {
      if (request.method !== 'POST' || isBroken || /wiql|labels/.test(request.url)) return undefined;
      isBroken = true;
      return undefined;
    };
    await opened(ground);
    // The answer to the first question is from before it was opened.
    let asked = 0;
    own.trouble = (request) => {
      if (request.method === 'POST') return new Response('oops', { status: 502 });
      asked += 1;
      if (asked > (ground.host.kind === 'gitea' ? 2 : 1)) return undefined;
      const empty = { github: [], gitlab: [], gitea: [], bitbucket: { values: [] }, azure: { value: [], count: 0 } };
      return Response.json(empty[ground.host.kind]);
    };

    expect(await tend(ground, OFFER, { target: 'main' })).toEqual(['unchanged']);
    expect(own.state.pulls).toHaveLength(1);
  },
  'says what it would do, and writes nothing, in a dry run': async (ground) => {
    const dry = { dryRun: true };
    expect(await tend(ground, OFFER, dry)).toEqual(['would-open']);
    expect(ground.double.state.pulls).toEqual([]);
    await opened(ground);
    ground.double.state.checks = 'green';

    expect(await tend(ground, { ...OFFER, page: 'Another cause.' }, dry)).toEqual(['would-update', 'would-mark-ready']);
    expect(ground.double.writes()).toEqual([]);
    expect(onlyPull(ground)).toMatchObject({ draft: true, body: expect.stringContaining('the cart is empty') });
  },
  'cuts a text that the host would not take': async (ground) => {
    const page = Array.from({ length: 3_000 }, (_, line) => `Line ${line} of a long page.`).join('\n');

    expect(await tend(ground, { ...OFFER, page })).toEqual(['opened']);

    const { body } = onlyPull(ground);
    expect(body.length).toBeLessThanOrEqual(ground.forge.bodyLimit);
    expect(readMarked(body)).toMatchObject({ isEdited: false });
    expect(await tend(ground, { ...OFFER, page })).toEqual(['unchanged']);
  },
  'opens it all the same where labels are refused, and says so': async (ground) => {
    ground.double.trouble = (request) => {
      const isLabel = /labels/.test(new URL(request.url).pathname) || request.method === 'PUT';
      return isLabel ? Response.json({ message: 'No.' }, { status: 403 }) : undefined;
    };

    const { deeds, troubles } = await tendProposal(OFFER, toolsOf(ground));

    expect(deeds).toEqual(['opened']);
    expect(troubles).toHaveLength(ground.forge.name === 'Bitbucket' ? 0 : 1);
  },
};

describe.each(HOSTS)('$kind', (host) => {
  test.each(Object.entries(CASES))('%s', async (_, check) => {
    const ground = await groundOf(host);

    await check(ground);

    expect(ground.double.violations).toEqual([]);
    expect(ground.double.requests.length).toBeGreaterThan(0);
  });

  test.each<[string, number, object, Record<string, string>, string, RegExp]>([
    ['401', 401, { message: 'Bad credentials tok-3n' }, {}, 'forge-refused-token', /_?TOKEN/],
    ['403', 403, { message: 'Resource not accessible' }, {}, 'forge-missing-permission', /needs \S/],
    ['404', 404, { message: 'Not Found' }, {}, 'forge-not-found', /publish\.forge\.repository/],
    ['422', 422, { message: 'Validation Failed', errors: ['x'] }, {}, 'forge-refused-request', /publish\.forge/],
    ['a redirect', 301, {}, { location: 'https://elsewhere.example/x?token=1' }, 'forge-redirected', /renamed/],
    ['a login page', 200, {}, { 'content-type': 'text/html' }, 'forge-unexpected-answer', /login page/],
    ['another form', 200, { odd: true }, {}, 'forge-unexpected-answer', /publish\.forge\.url/],
  ])('names the next step for %s, once and without the token', async (_, status, body, headers, code, hint) => {
    const { double, forge, pauses } = await groundOf(host);
    double.trouble = () => Response.json(body, { status, headers });

    const failure = await forge.findProposal(OFFER.branch).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(Failure);
    if (!(failure instanceof Failure)) return;
    expect(failure).toMatchObject({ kind: 'upstream', code, hint: expect.stringMatching(hint) });
    expect(`${failure.message} ${failure.hint}`).not.toMatch(/tok-3n|token=1/);
    expect({ pauses, requests: double.requests.length }).toEqual({ pauses: [], requests: 1 });
  });

  test('waits as it is asked to where a limit is reached, and goes on', async () => {
    const { double, forge, pauses } = await groundOf(host);
    const limits = [
      Response.json({}, { status: 429, headers: { 'retry-after': '7' } }),
      Response.json({}, { status: 503, headers: { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' } }),
    ];
    double.trouble = () => limits.shift();

    expect(await forge.findProposal(OFFER.branch)).toBeUndefined();
    expect(pauses).toEqual([7_000, 9_000]);
  });

  test('says until when a limit lasts that no night can wait for', async () => {
    const { double, forge, pauses } = await groundOf(host);
    const reset = String(Date.parse('2026-01-01T01:00:00Z') / 1000);
    double.trouble = () => Response.json({}, { status: 429, headers: { 'x-ratelimit-reset': reset } });

    const failure = await forge.findProposal(OFFER.branch).catch((error: unknown) => error);

    expect(failure).toMatchObject({
      code: 'forge-rate-limited',
      message: expect.stringContaining('2026-01-01T01:00:00.000Z'),
    });
    expect(pauses).toEqual([]);
  });

  test('tries a broken host five times, with growing pauses, and a write only once', async () => {
    const { double, forge, pauses } = await groundOf(host);
    double.trouble = () =>
      new Response('<html>Bad gateway</html>', { status: 502, headers: { 'content-type': 'text/html' } });

    const read = await forge.findProposal(OFFER.branch).catch((error: unknown) => error);
    const reads = double.requests.length;
    const draft = { branch: OFFER.branch, target: 'main', title: 'x', body: 'y' };
    const write = await forge.openProposal(draft).catch((error: unknown) => error);

    expect([read, write]).toMatchObject([{ code: 'forge-broken' }, { code: 'forge-broken' }]);
    expect(pauses).toEqual([250, 500, 1_000, 2_000]);
    expect({ reads, writes: double.requests.length - reads }).toEqual({ reads: 5, writes: 1 });
  });

  test('reads no more than ten pages, and none of another host', async () => {
    const {
      double,
      forge,
      host: { kind },
    } = await groundOf(host);
    const next = (request: Request): string => new URL(request.url).href;
    const many = Array.from({ length: 100 }, (_, id) => ({ pullRequestId: id, status: 'active' }));
    double.trouble = (request) => {
      if (kind === 'bitbucket') return Response.json({ values: [], next: next(request) });
      if (kind === 'azure') return Response.json({ value: many, count: 100 });
      return Response.json([], { headers: { link: `<${next(request)}>; rel="next"` } });
    };
    await forge.findProposal(OFFER.branch).catch(() => undefined);
    // Gitea is asked for open ones, and then for the others; Azure for the whole text of the newest.
    expect(double.requests.length).toBe({ azure: 11, gitea: 20, github: 10, gitlab: 10, bitbucket: 10 }[kind]);
    if (kind === 'azure') return;
    const link = 'http://elsewhere.example/api?page=2';
    double.trouble = () =>
      kind === 'bitbucket'
        ? Response.json({ values: [], next: link })
        : Response.json([], { headers: { link: `<${link}>; rel="next"` } });

    await expect(forge.findProposal(OFFER.branch)).rejects.toMatchObject({ code: 'forge-redirected' });
  });
});

test('GitHub’s 403 of a limit is no missing permission', async () => {
  const [github] = HOSTS;
  if (github === undefined) return;
  const { double, forge } = await groundOf(github);
  const headers = {
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Date.parse('2026-01-02T00:00:00Z') / 1000),
  };
  double.trouble = () => Response.json({ message: 'API rate limit exceeded' }, { status: 403, headers });

  await expect(forge.findProposal('x')).rejects.toMatchObject({ code: 'forge-rate-limited' });
});

test('GitHub opens an ordinary one where the repository has no drafts', async () => {
  const [github] = HOSTS;
  if (github === undefined) return;
  const ground = await groundOf(github);
  let isAsked = false;
  ground.double.trouble = (request) => {
    if (request.method !== 'POST' || !request.url.endsWith('/pulls') || isAsked) return undefined;
    isAsked = true;
    return Response.json({ message: 'Draft pull requests are not supported in this repository.' }, { status: 422 });
  };

  expect(await tend(ground)).toEqual(['opened']);
  expect(onlyPull(ground).draft).toBe(false);
});
