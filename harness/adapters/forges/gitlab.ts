/** GitLab, on gitlab.com and one’s own, also below a path: REST version 4. */
import { z } from 'zod';
import type { Checks, Forge, ForgeIssue, Proposal } from '../../model/forge.ts';
import { urlPath } from '../../web/url-path.ts';
import { chooseProposal } from './choose-proposal.ts';
import { isDraftTitle, withoutDraft } from './draft-title.ts';
import type { ForgeCall } from './forge-call.ts';
import type { Requester } from './forge-request.ts';
import { checkOf } from './weigh-checks.ts';

const WRITES = 'the scope api and the role Developer';
const READS = 'the scope read_api';

const MergeRequest = z
  .object({
    iid: z.int(),
    web_url: z.string(),
    title: z.string(),
    description: z.string().nullish(),
    state: z.string(),
    draft: z.boolean().nullish(),
    sha: z.string().nullish(),
    merge_commit_sha: z.string().nullish(),
    squash_commit_sha: z.string().nullish(),
    source_project_id: z.int().nullish(),
    target_project_id: z.int().nullish(),
  })
  .transform((wire) => ({
    isOwn: wire.source_project_id === wire.target_project_id,
    proposal: {
      number: wire.iid,
      url: wire.web_url,
      title: withoutDraft(wire.title),
      body: wire.description ?? '',
      state: STATES[wire.state] ?? 'open',
      isDraft: wire.draft ?? isDraftTitle(wire.title),
      commit: wire.sha ?? undefined,
      mergedAs:
        wire.state === 'merged'
          ? (wire.merge_commit_sha ?? wire.squash_commit_sha ?? wire.sha ?? undefined)
          : undefined,
    } satisfies Proposal,
  }));
const STATES: Readonly<Record<string, Proposal['state']>> = { closed: 'closed', merged: 'merged' };

const Detail = z.object({
  closed_by: z.object({ username: z.string() }).nullish(),
  head_pipeline: z.object({ status: z.string() }).nullish(),
});
const Note = z.object({ body: z.string(), system: z.boolean() });
const Issue = z
  .object({ iid: z.int(), web_url: z.string(), state: z.string(), description: z.string().nullish() })
  .transform(
    (wire): ForgeIssue => ({
      number: wire.iid,
      url: wire.web_url,
      isOpen: wire.state === 'opened',
      body: wire.description ?? '',
    }),
  );

/** `repository` is the whole path: `group/subgroup/project`. */
export function gitLab(requester: Requester, repository: string): Forge {
  const project = urlPath`/projects/${repository}`;
  const request = ({ number }: { number: number }): string => `${project}${urlPath`/merge_requests/${number}`}`;
  const issue = ({ number }: { number: number }): string => `${project}${urlPath`/issues/${number}`}`;
  const detailOf = (proposal: Proposal): Promise<z.infer<typeof Detail>> =>
    requester.ask(Detail, { does: 'read the merge request', needs: READS, path: request(proposal) });
  const change = async (does: string, path: string, body: object): Promise<void> => {
    await requester.ask(z.unknown(), { does, needs: WRITES, method: 'PUT', path, body });
  };

  return {
    name: 'GitLab',
    bodyLimit: 60_000,
    showsHtml: true,
    findProposal: async (branch) => {
      const requests = await requester.list(z.array(MergeRequest), {
        does: 'look for the merge request',
        needs: READS,
        path: `${project}/merge_requests`,
        query: { source_branch: branch, state: 'all', order_by: 'created_at', sort: 'desc', per_page: 100 },
      });
      // A fork may have a branch of the same name.
      return chooseProposal(requests.filter(({ isOwn }) => isOwn).map(({ proposal }) => proposal));
    },
    openProposal: async ({ branch, target, title, body }) => {
      const into =
        target ??
        (
          await requester.ask(z.object({ default_branch: z.string() }), {
            does: 'read the default branch',
            needs: READS,
            path: project,
          })
        ).default_branch;
      const { proposal } = await requester.ask(MergeRequest, {
        does: 'open a merge request',
        needs: WRITES,
        method: 'POST',
        path: `${project}/merge_requests`,
        body: { source_branch: branch, target_branch: into, title: `Draft: ${title}`, description: body },
      });
      return proposal;
    },
    updateProposal: (proposal, { title, body }) =>
      change('update the merge request', request(proposal), {
        ...(title !== undefined && { title: proposal.isDraft ? `Draft: ${title}` : title }),
        ...(body !== undefined && { description: body }),
      }),
    labelProposal: (proposal, labels) =>
      change('label the merge request', request(proposal), { add_labels: labels.join(',') }),
    markReady: (proposal) =>
      change('mark the merge request ready', request(proposal), { title: withoutDraft(proposal.title) }),
    checksOf: async (proposal): Promise<Checks> => {
      const { head_pipeline } = await detailOf(proposal);
      if (!head_pipeline) return 'none';
      return checkOf(head_pipeline.status, { green: ['success'], red: ['failed', 'canceled', 'skipped'] });
    },
    closingOf: async (proposal) => {
      const { closed_by } = await detailOf(proposal);
      const notes = await requester.list(
        z.array(Note),
        {
          does: 'read who closed the merge request',
          needs: READS,
          path: `${request(proposal)}/notes`,
          query: { order_by: 'created_at', sort: 'desc', per_page: 100 },
        },
        () => undefined,
      );
      return { by: closed_by?.username, comment: notes.find(({ system }) => !system)?.body };
    },
    listIssues: (label) =>
      requester.list(z.array(Issue), {
        does: 'look for the dashboard',
        needs: READS,
        path: `${project}/issues`,
        query: { labels: label, state: 'all', scope: 'all', order_by: 'created_at', sort: 'asc', per_page: 100 },
      }),
    openIssue: ({ title, body, label }) => {
      const call: ForgeCall = { does: 'open the dashboard', needs: WRITES, path: `${project}/issues` };
      return requester.ask(Issue, { ...call, method: 'POST', body: { title, description: body, labels: label } });
    },
    updateIssue: (one, body) => change('update the dashboard', issue(one), { description: body }),
    closeIssue: (one) => change('close a second dashboard', issue(one), { state_event: 'close' }),
  };
}
