/** GitHub, on github.com and as GitHub Enterprise: REST version 2022-11-28, and GraphQL for what REST cannot do. */
import { z } from 'zod';
import { Failure } from '../../model/failure.ts';
import type { Checks, Forge, ForgeIssue, Proposal } from '../../model/forge.ts';
import { urlPath } from '../../web/url-path.ts';
import { chooseProposal } from './choose-proposal.ts';
import type { ForgeCall } from './forge-call.ts';
import { REFUSED } from './forge-refusal.ts';
import type { Requester } from './forge-request.ts';
import { checkOf, weighChecks } from './weigh-checks.ts';

const PULLS = 'Pull requests: write (classic tokens: repo)';
const ISSUES = 'Issues: write (classic tokens: repo)';

const PullRequest = z
  .object({
    number: z.int(),
    html_url: z.string(),
    title: z.string(),
    body: z.string().nullish(),
    state: z.enum(['open', 'closed']),
    draft: z.boolean().nullish(),
    merged_at: z.string().nullish(),
    merge_commit_sha: z.string().nullish(),
    head: z.object({ sha: z.string() }),
  })
  .transform(
    (wire): Proposal => ({
      number: wire.number,
      url: wire.html_url,
      title: wire.title,
      body: wire.body ?? '',
      state: wire.merged_at ? 'merged' : wire.state,
      isDraft: wire.draft ?? false,
      commit: wire.head.sha,
      // Of an open one it is a trial merge.
      mergedAs: wire.merged_at ? (wire.merge_commit_sha ?? undefined) : undefined,
    }),
  );
const Issue = z
  .object({
    number: z.int(),
    html_url: z.string(),
    state: z.string(),
    body: z.string().nullish(),
    pull_request: z.unknown().optional(),
  })
  .transform((wire) => ({
    number: wire.number,
    url: wire.html_url,
    isOpen: wire.state === 'open',
    body: wire.body ?? '',
    isPull: wire.pull_request !== undefined,
  }));
const CheckRuns = z.object({
  check_runs: z.array(z.object({ status: z.string(), conclusion: z.string().nullable() })),
});
const CombinedStatus = z.object({ state: z.string(), total_count: z.int() });
const Person = z.object({ closed_by: z.object({ login: z.string() }).nullish() });
const Comment = z.object({ body: z.string().nullish() });
const Marked = z.object({ errors: z.array(z.object({ message: z.string() })).optional() });

const CONCLUSIONS = {
  green: ['success', 'neutral', 'skipped'],
  red: ['failure', 'timed_out', 'cancelled', 'action_required', 'startup_failure', 'stale'],
};

/** `repository` is `owner/name`; `api` ends with `/api/v3` where it is an Enterprise server's. */
export function gitHub(requester: Requester, repository: string, api: string): Forge {
  const [owner = '', name = ''] = repository.split('/');
  const repo = urlPath`/repos/${owner}/${name}`;
  const pull = ({ number }: { number: number }): string => `${repo}${urlPath`/pulls/${number}`}`;
  const issue = ({ number }: { number: number }): string => `${repo}${urlPath`/issues/${number}`}`;

  async function open(call: ForgeCall, fields: object): Promise<Proposal> {
    try {
      return await requester.ask(PullRequest, { ...call, body: { ...fields, draft: true } });
    } catch (error) {
      // Private repositories of some plans have no drafts.
      const hasNone = error instanceof Failure && error.code === REFUSED && /draft/i.test(error.message);
      if (!hasNone) throw error;
      return requester.ask(PullRequest, { ...call, body: fields });
    }
  }

  async function runsOf(commit: string): Promise<Checks[]> {
    const call: ForgeCall = {
      does: 'read the checks',
      needs: 'Checks: read',
      path: `${repo}${urlPath`/commits/${commit}/check-runs`}`,
      query: { per_page: 100, filter: 'latest' },
    };
    const pages = await requester.pages(CheckRuns, call, ({ next }, { query: _, ...rest }) =>
      next === undefined ? undefined : { ...rest, path: next },
    );
    return pages
      .flatMap(({ check_runs }) => check_runs)
      .map(({ status, conclusion }) => (status === 'completed' ? checkOf(conclusion, CONCLUSIONS) : 'pending'));
  }

  async function statusOf(commit: string): Promise<Checks> {
    const { state, total_count } = await requester.ask(CombinedStatus, {
      does: 'read the commit’s status',
      needs: 'Commit statuses: read',
      path: `${repo}${urlPath`/commits/${commit}/status`}`,
    });
    return total_count === 0 ? 'none' : checkOf(state, { green: ['success'], red: ['failure', 'error'] });
  }

  return {
    name: 'GitHub',
    bodyLimit: 60_000,
    showsHtml: true,
    findProposal: async (branch) =>
      chooseProposal(
        await requester.list(z.array(PullRequest), {
          does: 'look for the pull request',
          needs: 'Pull requests: read',
          path: `${repo}/pulls`,
          query: { head: `${owner}:${branch}`, state: 'all', sort: 'created', direction: 'desc', per_page: 100 },
        }),
      ),
    openProposal: async ({ branch, target, title, body }) => {
      const base =
        target ??
        (
          await requester.ask(z.object({ default_branch: z.string() }), {
            does: 'read the default branch',
            needs: 'Metadata: read',
            path: repo,
          })
        ).default_branch;
      const call: ForgeCall = {
        does: 'open a pull request',
        needs: PULLS,
        method: 'POST',
        path: `${repo}/pulls`,
      };
      return open(call, { title, body, head: branch, base });
    },
    updateProposal: async (proposal, changes) => {
      await requester.ask(PullRequest, {
        does: 'update the pull request',
        needs: PULLS,
        method: 'PATCH',
        path: pull(proposal),
        body: changes,
      });
    },
    labelProposal: async (proposal, labels) => {
      await requester.ask(z.unknown(), {
        does: 'label the pull request',
        needs: PULLS,
        method: 'POST',
        path: `${issue(proposal)}/labels`,
        body: { labels },
      });
    },
    markReady: async (proposal) => {
      const { node_id: id } = await requester.ask(z.object({ node_id: z.string() }), {
        does: 'read the pull request',
        needs: 'Pull requests: read',
        path: pull(proposal),
      });
      const { errors } = await requester.ask(Marked, {
        does: 'mark the pull request ready for review',
        needs: PULLS,
        method: 'POST',
        path: `${api.replace(/\/v3$/, '')}/graphql`,
        body: {
          query:
            'mutation($id: ID!) { markPullRequestReadyForReview(input: {pullRequestId: $id}) { pullRequest { isDraft } } }',
          variables: { id },
        },
      });
      if (errors === undefined || errors.length === 0) return;
      throw new Failure(
        'upstream',
        'forge-missing-permission',
        `GitHub would not mark the pull request ready for review: ${(errors[0]?.message ?? '').slice(0, 200)}`,
        { hint: `The token needs ${PULLS}; mark it ready by hand until then.` },
      );
    },
    checksOf: async ({ commit }) =>
      commit === undefined ? 'none' : weighChecks([...(await runsOf(commit)), await statusOf(commit)]),
    closingOf: async (proposal) => {
      const call = { does: 'read who closed the pull request', needs: 'Pull requests: read' };
      const { closed_by } = await requester.ask(Person, { ...call, path: issue(proposal) });
      const comments = await requester.list(z.array(Comment), {
        ...call,
        path: `${issue(proposal)}/comments`,
        query: { per_page: 100 },
      });
      return { by: closed_by?.login, comment: comments.at(-1)?.body ?? undefined };
    },
    listIssues: async (label) => {
      const issues = await requester.list(z.array(Issue), {
        does: 'look for the dashboard',
        needs: 'Issues: read',
        path: `${repo}/issues`,
        query: { labels: label, state: 'all', sort: 'created', direction: 'asc', per_page: 100 },
      });
      return issues.filter(({ isPull }) => !isPull).map(({ isPull: _, ...one }): ForgeIssue => one);
    },
    openIssue: async ({ title, body, label }) => {
      const { isPull: _, ...opened } = await requester.ask(Issue, {
        does: 'open the dashboard',
        needs: ISSUES,
        method: 'POST',
        path: `${repo}/issues`,
        body: { title, body, labels: [label] },
      });
      return opened;
    },
    updateIssue: async (one, body) => {
      const call: ForgeCall = { does: 'update the dashboard', needs: ISSUES, method: 'PATCH', path: issue(one) };
      await requester.ask(Issue, { ...call, body: { body } });
    },
    closeIssue: async (one) => {
      const call: ForgeCall = { does: 'close a second dashboard', needs: ISSUES, method: 'PATCH', path: issue(one) };
      await requester.ask(Issue, { ...call, body: { state: 'closed', state_reason: 'not_planned' } });
    },
  };
}
