/** Bitbucket Cloud: REST version 2.0. It knows no labels, and shows HTML as text. */
import { z } from 'zod';
import type { Checks, Forge, ForgeIssue, Proposal } from '../../model/forge.ts';
import { urlPath } from '../../web/url-path.ts';
import { chooseProposal } from './choose-proposal.ts';
import type { ForgeCall } from './forge-call.ts';
import type { Page, Requester } from './forge-request.ts';
import { checkOf, weighChecks } from './weigh-checks.ts';

const READS = 'the scope pullrequest';
const WRITES = 'the scope pullrequest:write';
const ISSUES = 'the scope issue:write';
const OPEN = ['OPEN', 'DRAFT', 'QUEUED'];
const STATES = [...OPEN, 'MERGED', 'DECLINED', 'SUPERSEDED'];

const PullRequest = z
  .object({
    id: z.int(),
    title: z.string(),
    description: z.string().nullish(),
    summary: z.object({ raw: z.string().nullish() }).nullish(),
    state: z.string(),
    draft: z.boolean().nullish(),
    links: z.object({ html: z.object({ href: z.string() }) }),
    source: z.object({
      commit: z.object({ hash: z.string() }).nullish(),
      repository: z.object({ full_name: z.string() }).nullish(),
    }),
    merge_commit: z.object({ hash: z.string() }).nullish(),
    closed_by: z.object({ display_name: z.string() }).nullish(),
    reason: z.string().nullish(),
  })
  .transform((wire) => ({
    from: wire.source.repository?.full_name,
    closing: { by: wire.closed_by?.display_name, comment: wire.reason || undefined },
    proposal: {
      number: wire.id,
      url: wire.links.html.href,
      title: wire.title,
      body: wire.description ?? wire.summary?.raw ?? '',
      state: OPEN.includes(wire.state) ? 'open' : wire.state === 'MERGED' ? 'merged' : 'closed',
      isDraft: wire.draft ?? false,
      commit: wire.source.commit?.hash,
      mergedAs: wire.state === 'MERGED' ? wire.merge_commit?.hash : undefined,
    } satisfies Proposal,
  }));
const Issue = z
  .object({
    id: z.int(),
    state: z.string(),
    content: z.object({ raw: z.string().nullish() }).nullish(),
    links: z.object({ html: z.object({ href: z.string() }) }),
  })
  .transform(
    (wire): ForgeIssue => ({
      number: wire.id,
      url: wire.links.html.href,
      isOpen: ['new', 'open', 'submitted', 'on hold'].includes(wire.state),
      body: wire.content?.raw ?? '',
    }),
  );
const Comment = z.object({
  content: z.object({ raw: z.string().nullish() }).nullish(),
  deleted: z.boolean().nullish(),
});

interface Wrapped<T> {
  readonly values: T[];
  readonly next?: string | undefined;
}

/** `repository` is `workspace/name`. */
export function bitbucket(requester: Requester, repository: string): Forge {
  const [workspace = '', name = ''] = repository.split('/');
  const repo = urlPath`/repositories/${workspace}/${name}`;
  const pull = ({ number }: { number: number }): string => `${repo}${urlPath`/pullrequests/${number}`}`;
  const issue = ({ number }: { number: number }): string => `${repo}${urlPath`/issues/${number}`}`;

  async function list<T>(item: z.ZodType<T>, call: ForgeCall): Promise<T[]> {
    const schema: z.ZodType<Wrapped<T>> = z.object({ values: z.array(item), next: z.string().optional() });
    const pages = await requester.pages(schema, call, nextPage);
    return pages.flatMap(({ values }) => values);
  }

  const change = async (does: string, needs: string, path: string, body: object): Promise<void> => {
    await requester.ask(z.unknown(), { does, needs, method: 'PUT', path, body });
  };

  return {
    name: 'Bitbucket',
    bodyLimit: 30_000,
    showsHtml: false,
    findProposal: async (branch) => {
      const found = await list(PullRequest, {
        does: 'look for the pull request',
        needs: READS,
        path: `${repo}/pullrequests`,
        query: {
          q: `source.branch.name = ${JSON.stringify(branch)} AND (${STATES.map((state) => `state = "${state}"`).join(' OR ')})`,
          sort: '-created_on',
          pagelen: 50,
        },
      });
      const own = found.filter(({ from }) => from === undefined || from.toLowerCase() === repository.toLowerCase());
      return chooseProposal(own.map(({ proposal }) => proposal));
    },
    openProposal: async ({ branch, target, title, body }) => {
      const { proposal } = await requester.ask(PullRequest, {
        does: 'open a pull request',
        needs: WRITES,
        method: 'POST',
        path: `${repo}/pullrequests`,
        body: {
          title,
          description: body,
          source: { branch: { name: branch } },
          // The main branch where it is left out.
          ...(target !== undefined && { destination: { branch: { name: target } } }),
          draft: true,
        },
      });
      return proposal;
    },
    updateProposal: (proposal, { title = proposal.title, body = proposal.body }) =>
      change('update the pull request', WRITES, pull(proposal), { title, description: body }),
    labelProposal: async () => undefined,
    markReady: ({ title, body, ...proposal }) =>
      change('mark the pull request ready', WRITES, pull(proposal), { title, description: body, draft: false }),
    checksOf: async ({ commit }): Promise<Checks> => {
      if (commit === undefined) return 'none';
      const statuses = await list(z.object({ state: z.string() }), {
        does: 'read the commit’s statuses',
        needs: 'the scope repository',
        path: `${repo}${urlPath`/commit/${commit}/statuses`}`,
        query: { pagelen: 100 },
      });
      return weighChecks(
        statuses.map(({ state }) => checkOf(state, { green: ['successful'], red: ['failed', 'stopped'] })),
      );
    },
    closingOf: async (proposal) => {
      const { closing } = await requester.ask(PullRequest, {
        does: 'read who closed the pull request',
        needs: READS,
        path: pull(proposal),
      });
      if (closing.comment !== undefined) return closing;
      const comments = await list(Comment, {
        does: 'read the last comment',
        needs: READS,
        path: `${pull(proposal)}/comments`,
        query: { sort: 'created_on', pagelen: 100 },
      });
      return { by: closing.by, comment: comments.findLast(({ deleted }) => !deleted)?.content?.raw ?? undefined };
    },
    listIssues: async (label) => {
      const path = `${repo}/issues`;
      const call: ForgeCall = { does: 'look for the dashboard', needs: 'the scope issue', path };
      // A repository whose issue tracker is switched off has no such address.
      const first = await requester.find(z.unknown(), { ...call, query: { pagelen: 1 } });
      if (first === undefined) return undefined;
      const query = { q: `title ~ ${JSON.stringify(label)}`, sort: 'created_on', pagelen: 50 };
      return list(Issue, { ...call, query });
    },
    openIssue: ({ title, body }) =>
      requester.ask(Issue, {
        does: 'open the dashboard',
        needs: ISSUES,
        method: 'POST',
        path: `${repo}/issues`,
        body: { title, content: { raw: body }, kind: 'task', priority: 'minor' },
      }),
    updateIssue: (one, body) => change('update the dashboard', ISSUES, issue(one), { content: { raw: body } }),
    closeIssue: (one) => change('close a second dashboard', ISSUES, issue(one), { state: 'duplicate' }),
  };
}

/** Each page holds the address of the next one. */
function nextPage<T>({ value }: Page<Wrapped<T>>, { query: _, ...call }: ForgeCall): ForgeCall | undefined {
  return value.next === undefined ? undefined : { ...call, path: value.next };
}
