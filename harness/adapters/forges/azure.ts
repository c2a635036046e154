/** Azure DevOps, in the cloud and as one’s own server: REST version 7.1. The dashboard is a task of Azure Boards. */
import { z } from 'zod';
import type { Checks, Forge, Proposal } from '../../model/forge.ts';
import { urlPath } from '../../web/url-path.ts';
import { azureBoard } from './azure-board.ts';
import { chooseProposal } from './choose-proposal.ts';
import type { ForgeCall } from './forge-call.ts';
import type { Page, Requester } from './forge-request.ts';
import { checkOf, weighChecks } from './weigh-checks.ts';

const READS = 'Code: read (vso.code)';
const WRITES = 'Code: read and write (vso.code_write)';
const VERSION = { 'api-version': '7.1' };
const TOP = 100;

const PullRequest = z.object({
  pullRequestId: z.int(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  status: z.string(),
  isDraft: z.boolean().nullish(),
  lastMergeSourceCommit: z.object({ commitId: z.string() }).nullish(),
  lastMergeCommit: z.object({ commitId: z.string() }).nullish(),
  closedBy: z.object({ displayName: z.string().nullish() }).nullish(),
});
const List = <T>(item: z.ZodType<T>) => z.object({ value: z.array(item) });
const Status = z.object({
  id: z.int().nullish(),
  state: z.string().nullish(),
  context: z.object({ name: z.string().nullish(), genre: z.string().nullish() }).nullish(),
});
const Thread = z.object({
  comments: z
    .array(
      z.object({
        content: z.string().nullish(),
        commentType: z.string().nullish(),
        publishedDate: z.string().nullish(),
        isDeleted: z.boolean().nullish(),
      }),
    )
    .nullish(),
});

/** `repository` is `project/name`; the API’s address ends with the organisation or collection. */
export function azure(requester: Requester, repository: string, api: string): Forge {
  const [project = '', name = ''] = repository.split('/');
  const repo = urlPath`/${project}/_apis/git/repositories/${name}`;
  const pull = ({ number }: { number: number }): string => `${repo}${urlPath`/pullRequests/${number}`}`;

  const proposalOf = (wire: z.infer<typeof PullRequest>): Proposal => ({
    number: wire.pullRequestId,
    url: `${api}${urlPath`/${project}/_git/${name}/pullrequest/${wire.pullRequestId}`}`,
    title: wire.title ?? '',
    body: wire.description ?? '',
    state: wire.status === 'completed' ? 'merged' : wire.status === 'abandoned' ? 'closed' : 'open',
    isDraft: wire.isDraft ?? false,
    commit: wire.lastMergeSourceCommit?.commitId,
    mergedAs: wire.status === 'completed' ? wire.lastMergeCommit?.commitId : undefined,
  });

  const change = async (does: string, proposal: Proposal, body: object): Promise<void> => {
    const call: ForgeCall = { does, needs: WRITES, method: 'PATCH', path: pull(proposal), query: VERSION };
    await requester.ask(z.unknown(), { ...call, body });
  };

  async function statuses(path: string, query: ForgeCall['query'] = {}): Promise<Checks[]> {
    const { value } = await requester.ask(List(Status), {
      does: 'read the statuses',
      needs: 'Code: read (vso.code, vso.code_status)',
      path,
      query: { ...query, ...VERSION },
    });
    const newest = new Map<string, string | null | undefined>();
    for (const { context, state } of value.toSorted((a, b) => (a.id ?? 0) - (b.id ?? 0)))
      newest.set(`${context?.genre ?? ''}/${context?.name ?? ''}`, state);
    return [...newest.values()]
      .filter((state) => state !== 'notApplicable')
      .map((state) => checkOf(state ?? null, { green: ['succeeded'], red: ['failed', 'error'] }));
  }

  return {
    name: 'Azure DevOps',
    // The host takes 4,000 characters.
    bodyLimit: 3_900,
    showsHtml: true,
    findProposal: async (branch) => {
      const pages = await requester.pages(
        List(PullRequest),
        {
          does: 'look for the pull request',
          needs: READS,
          path: `${repo}/pullrequests`,
          query: {
            'searchCriteria.sourceRefName': `refs/heads/${branch}`,
            'searchCriteria.status': 'all',
            $top: TOP,
            $skip: 0,
            ...VERSION,
          },
        },
        nextPage,
      );
      const found = chooseProposal(pages.flatMap(({ value }) => value).map(proposalOf));
      if (found === undefined) return undefined;
      // Lists cut the text after 400 characters.
      const call = { does: 'read the pull request', needs: READS, path: pull(found), query: VERSION };
      return proposalOf(await requester.ask(PullRequest, call));
    },
    openProposal: async ({ branch, target, title, body }) => {
      const call = { does: 'read the default branch', needs: READS, path: repo, query: VERSION };
      const into =
        target === undefined
          ? (await requester.ask(z.object({ defaultBranch: z.string() }), call)).defaultBranch
          : `refs/heads/${target}`;
      return proposalOf(
        await requester.ask(PullRequest, {
          does: 'open a pull request',
          needs: WRITES,
          method: 'POST',
          path: `${repo}/pullrequests`,
          query: VERSION,
          body: {
            sourceRefName: `refs/heads/${branch}`,
            targetRefName: into,
            title,
            description: body,
            isDraft: true,
          },
        }),
      );
    },
    updateProposal: (proposal, { title, body }) =>
      change('update the pull request', proposal, {
        ...(title !== undefined && { title }),
        ...(body !== undefined && { description: body }),
      }),
    labelProposal: async (proposal, labels) => {
      const call: ForgeCall = { does: 'label the pull request', needs: WRITES, path: `${pull(proposal)}/labels` };
      for (const label of labels)
        await requester.ask(z.unknown(), { ...call, method: 'POST', query: VERSION, body: { name: label } });
    },
    markReady: (proposal) => change('publish the draft', proposal, { isDraft: false }),
    checksOf: async (proposal): Promise<Checks> => {
      const { commit } = proposal;
      const ofCommit =
        commit === undefined
          ? []
          : await statuses(`${repo}${urlPath`/commits/${commit}/statuses`}`, { latestOnly: true });
      return weighChecks([...ofCommit, ...(await statuses(`${pull(proposal)}/statuses`))]);
    },
    closingOf: async (proposal) => {
      const call = { does: 'read who closed the pull request', needs: READS, query: VERSION };
      const { closedBy } = await requester.ask(PullRequest, { ...call, path: pull(proposal) });
      const { value } = await requester.ask(List(Thread), { ...call, path: `${pull(proposal)}/threads` });
      const said = value
        .flatMap(({ comments }) => comments ?? [])
        .filter(({ commentType, isDeleted }) => commentType === 'text' && !isDeleted)
        .toSorted((a, b) => Date.parse(a.publishedDate ?? '') - Date.parse(b.publishedDate ?? ''));
      return { by: closedBy?.displayName ?? undefined, comment: said.at(-1)?.content ?? undefined };
    },
    ...azureBoard(requester, project, api),
  };
}

function nextPage<T>({ value }: Page<{ readonly value: T[] }>, call: ForgeCall): ForgeCall | undefined {
  if (value.value.length < TOP) return undefined;
  return { ...call, query: { ...call.query, $skip: Number(call.query?.$skip ?? 0) + TOP } };
}
