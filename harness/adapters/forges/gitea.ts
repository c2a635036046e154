/** Gitea and Forgejo (Codeberg): REST version 1. */
import { z } from 'zod';
import type { Checks, Forge, ForgeIssue, Proposal } from '../../model/forge.ts';
import { urlPath } from '../../web/url-path.ts';
import { chooseProposal } from './choose-proposal.ts';
import { isDraftTitle, withoutDraft } from './draft-title.ts';
import type { ForgeCall } from './forge-call.ts';
import type { Requester } from './forge-request.ts';
import { checkOf } from './weigh-checks.ts';

const WRITES = 'the scopes write:repository and write:issue';
const READS = 'the scopes read:repository and read:issue';
/** What most servers give at once; fewer are no trouble. */
const LIMIT = 50;

const PullRequest = z
  .object({
    number: z.int(),
    html_url: z.string(),
    title: z.string(),
    body: z.string().nullish(),
    state: z.string(),
    draft: z.boolean().nullish(),
    merged: z.boolean().nullish(),
    merge_commit_sha: z.string().nullish(),
    head: z.object({
      ref: z.string(),
      label: z.string().nullish(),
      sha: z.string().nullish(),
      repo: z.object({ full_name: z.string() }).nullish(),
    }),
  })
  .transform((wire) => ({
    // Where the branch was deleted, `ref` is a reference of the pull request's own.
    branches: [wire.head.ref, wire.head.label],
    from: wire.head.repo?.full_name,
    proposal: {
      number: wire.number,
      url: wire.html_url,
      title: withoutDraft(wire.title),
      body: wire.body ?? '',
      state: wire.merged ? 'merged' : wire.state === 'open' ? 'open' : 'closed',
      isDraft: wire.draft ?? isDraftTitle(wire.title),
      commit: wire.head.sha ?? undefined,
      mergedAs: wire.merged ? (wire.merge_commit_sha ?? undefined) : undefined,
    } satisfies Proposal,
  }));
const Issue = z
  .object({ number: z.int(), html_url: z.string(), state: z.string(), body: z.string().nullish() })
  .transform(
    (wire): ForgeIssue => ({
      number: wire.number,
      url: wire.html_url,
      isOpen: wire.state === 'open',
      body: wire.body ?? '',
    }),
  );
const Label = z.object({ id: z.int(), name: z.string() });
const CombinedStatus = z.object({ state: z.string().nullish(), total_count: z.int().nullish() });
const Comment = z.object({ body: z.string().nullish(), user: z.object({ login: z.string() }).nullish() });

/** `repository` is `owner/name`. */
export function gitea(requester: Requester, repository: string): Forge {
  const [owner = '', name = ''] = repository.split('/');
  const repo = urlPath`/repos/${owner}/${name}`;
  const pull = ({ number }: { number: number }): string => `${repo}${urlPath`/pulls/${number}`}`;
  const issue = ({ number }: { number: number }): string => `${repo}${urlPath`/issues/${number}`}`;

  async function listPulls(branch: string, state: 'open' | 'closed'): Promise<Proposal[]> {
    const pulls = await requester.list(z.array(PullRequest), {
      does: 'look for the pull request',
      needs: READS,
      path: `${repo}/pulls`,
      query: { state, sort: 'recentupdate', limit: LIMIT },
    });
    return pulls
      .filter(({ branches, from }) => branches.includes(branch) && (from === undefined || isOurs(from)))
      .map(({ proposal }) => proposal);
  }

  function isOurs(from: string): boolean {
    return from.toLowerCase() === repository.toLowerCase();
  }

  /** Labels go by their numbers; those that are missing are made. */
  async function labelIds(labels: readonly string[]): Promise<number[]> {
    const path = `${repo}/labels`;
    const known = await requester.list(z.array(Label), {
      does: 'read the labels',
      needs: READS,
      path,
      query: { limit: LIMIT },
    });
    const ids: number[] = [];
    for (const label of labels) {
      const found =
        known.find((one) => one.name === label) ??
        (await requester.ask(Label, {
          does: 'make the label',
          needs: WRITES,
          method: 'POST',
          path,
          body: { name: label, color: '#6f42c1' },
        }));
      ids.push(found.id);
    }
    return ids;
  }

  const change = async (does: string, path: string, body: object): Promise<void> => {
    await requester.ask(z.unknown(), { does, needs: WRITES, method: 'PATCH', path, body });
  };

  return {
    name: 'Gitea',
    bodyLimit: 60_000,
    showsHtml: true,
    findProposal: async (branch) =>
      chooseProposal(await listPulls(branch, 'open')) ?? chooseProposal(await listPulls(branch, 'closed')),
    openProposal: async ({ branch, target, title, body }) => {
      const base =
        target ??
        (
          await requester.ask(z.object({ default_branch: z.string() }), {
            does: 'read the default branch',
            needs: READS,
            path: repo,
          })
        ).default_branch;
      const { proposal } = await requester.ask(PullRequest, {
        does: 'open a pull request',
        needs: WRITES,
        method: 'POST',
        path: `${repo}/pulls`,
        body: { head: branch, base, title: `WIP: ${title}`, body },
      });
      return proposal;
    },
    updateProposal: (proposal, { title, body }) =>
      change('update the pull request', pull(proposal), {
        ...(title !== undefined && { title: proposal.isDraft ? `WIP: ${title}` : title }),
        ...(body !== undefined && { body }),
      }),
    labelProposal: async (proposal, labels) => {
      await requester.ask(z.unknown(), {
        does: 'label the pull request',
        needs: WRITES,
        method: 'POST',
        path: `${issue(proposal)}/labels`,
        body: { labels: await labelIds(labels) },
      });
    },
    markReady: (proposal) =>
      change('mark the pull request ready', pull(proposal), { title: withoutDraft(proposal.title) }),
    checksOf: async ({ commit }): Promise<Checks> => {
      if (commit === undefined) return 'none';
      const { state, total_count } = await requester.ask(CombinedStatus, {
        does: 'read the commit’s status',
        needs: READS,
        path: `${repo}${urlPath`/commits/${commit}/status`}`,
      });
      if (!state || total_count === 0) return 'none';
      return checkOf(state, { green: ['success', 'warning'], red: ['failure', 'error'] });
    },
    closingOf: async (proposal) => {
      const comments = await requester.list(z.array(Comment), {
        does: 'read the last comment',
        needs: READS,
        path: `${issue(proposal)}/comments`,
      });
      const last = comments.at(-1);
      return { by: last?.user?.login, comment: last?.body ?? undefined };
    },
    listIssues: async (label) => {
      const issues = await requester.list(z.array(Issue), {
        does: 'look for the dashboard',
        needs: READS,
        path: `${repo}/issues`,
        query: { labels: label, state: 'all', type: 'issues', limit: LIMIT },
      });
      return issues.toSorted((a, b) => a.number - b.number);
    },
    openIssue: async ({ title, body, label }) => {
      const call: ForgeCall = { does: 'open the dashboard', needs: WRITES, method: 'POST', path: `${repo}/issues` };
      return requester.ask(Issue, { ...call, body: { title, body, labels: await labelIds([label]) } });
    },
    updateIssue: (one, body) => change('update the dashboard', issue(one), { body }),
    closeIssue: (one) => change('close a second dashboard', issue(one), { state: 'closed' }),
  };
}
