/** A local double of GitHub Enterprise. */
import contract from './contracts/github.json' with { type: 'json' };
import {
  type Asked,
  type DoubleIssue,
  type DoublePull,
  fieldsOf,
  type HostDouble,
  issueOf,
  itemOf,
  nextNumber,
  paged,
  pullOf,
  type Said,
  TOKEN,
  textOf,
} from './double.ts';

const REPO = '/repos/{owner}/{repo}';
const RUNS = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs';
const PULLS = `GET ${REPO}/pulls`;
const ISSUES = `GET ${REPO}/issues`;
const COMMENTS = `GET ${REPO}/issues/{issue_number}/comments`;

function wirePull(pull: DoublePull, { api }: Asked): object {
  const at = '2026-01-01T00:00:00Z';
  return {
    number: pull.number,
    node_id: `PR_${pull.number}`,
    html_url: `${new URL(api).origin}/acme/shop/pull/${pull.number}`,
    title: pull.title,
    body: pull.body,
    state: pull.state === 'open' ? 'open' : 'closed',
    draft: pull.draft,
    merged_at: pull.state === 'merged' ? at : null,
    merge_commit_sha: pull.mergedAs ?? 'f'.repeat(40),
    head: { sha: pull.commit, ref: pull.branch },
  };
}

function wireIssue(issue: DoubleIssue, { api }: Asked): object {
  return {
    number: issue.number,
    html_url: `${new URL(api).origin}/acme/shop/issues/${issue.number}`,
    title: issue.title,
    body: issue.body,
    state: issue.isOpen ? 'open' : 'closed',
  };
}

function change(target: DoublePull | DoubleIssue, body: unknown): void {
  const { title, body: text } = fieldsOf(body);
  if (title !== undefined) target.title = textOf(title);
  if (text !== undefined) target.body = textOf(text);
}

function open(asked: Asked): Said {
  const { state, body } = asked;
  const { head, base, title, body: text, draft } = fieldsOf(body);
  const branch = textOf(head);
  if (state.pulls.some((one) => one.branch === branch && one.state === 'open'))
    return {
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: [{ resource: 'PullRequest', message: `A pull request already exists for acme:${branch}.` }],
      },
    };
  const pull: DoublePull = {
    number: nextNumber(state),
    branch,
    target: textOf(base),
    title: textOf(title),
    body: textOf(text),
    state: 'open',
    draft: draft === true,
    commit: state.tipOf(branch),
    comments: [],
    labels: [],
  };
  state.pulls.push(pull);
  return { status: 201, body: wirePull(pull, asked) };
}

export const github: HostDouble = {
  kind: 'github',
  contract,
  prefix: '/api/v3',
  web: '',
  repository: 'acme/shop',
  authorization: `Bearer ${TOKEN}`,
  handlers: {
    [`GET ${REPO}`]: () => ({ status: 200, body: { default_branch: 'main' } }),
    [PULLS]: (asked) => {
      const branch = asked.query.get('head')?.replace(/^acme:/, '');
      const found = asked.state.pulls.filter((one) => one.branch === branch).reverse();
      const wire = found.map((one) => itemOf(contract, PULLS, wirePull(one, asked)));
      return paged(wire, asked, '/repos/acme/shop/pulls', 'per_page');
    },
    [`POST ${REPO}/pulls`]: open,
    [`GET ${REPO}/pulls/{pull_number}`]: (asked) => ({
      status: 200,
      body: wirePull(pullOf(asked, 'pull_number'), asked),
    }),
    [`PATCH ${REPO}/pulls/{pull_number}`]: (asked) => {
      const pull = pullOf(asked, 'pull_number');
      change(pull, asked.body);
      return { status: 200, body: wirePull(pull, asked) };
    },
    [RUNS]: ({ state: { checks } }) => {
      const conclusion = { green: 'success', red: 'failure', pending: null }[checks === 'none' ? 'green' : checks];
      const runs = checks === 'none' ? [] : [{ status: conclusion === null ? 'in_progress' : 'completed', conclusion }];
      const schema = contract.operations[RUNS].answers['200'].properties.check_runs;
      const wrapped = { ...contract, operations: { one: { query: [], answers: { '200': schema } } } };
      return {
        status: 200,
        body: { total_count: runs.length, check_runs: runs.map((run) => itemOf(wrapped, 'one', run)) },
      };
    },
    [`GET ${REPO}/commits/{ref}/status`]: () => ({
      status: 200,
      body: { state: 'pending', total_count: 0, statuses: [] },
    }),
    [ISSUES]: (asked) => {
      const label = asked.query.get('labels') ?? '';
      const found = asked.state.issues.filter(({ labels }) => labels.includes(label));
      const wire = found.map((one) => itemOf(contract, ISSUES, wireIssue(one, asked)));
      return paged(wire, asked, '/repos/acme/shop/issues', 'per_page');
    },
    [`POST ${REPO}/issues`]: (asked) => {
      const { title, body, labels } = fieldsOf(asked.body);
      const issue: DoubleIssue = {
        number: nextNumber(asked.state),
        title: textOf(title),
        body: textOf(body),
        isOpen: true,
        labels: Array.isArray(labels) ? labels.map(textOf) : [],
      };
      asked.state.issues.push(issue);
      return { status: 201, body: wireIssue(issue, asked) };
    },
    [`GET ${REPO}/issues/{issue_number}`]: (asked) => {
      const { closedBy, number, title } = pullOf(asked, 'issue_number');
      const person =
        closedBy === undefined
          ? null
          : {
              login: closedBy,
              id: 3,
              node_id: 'U_3',
              gravatar_id: null,
              html_url: 'https://x.example/jo',
              type: 'User',
              site_admin: false,
            };
      return { status: 200, body: { number, title, state: 'closed', closed_by: person } };
    },
    [`PATCH ${REPO}/issues/{issue_number}`]: (asked) => {
      const issue = issueOf(asked, 'issue_number');
      change(issue, asked.body);
      if (fieldsOf(asked.body).state === 'closed') issue.isOpen = false;
      return { status: 200, body: wireIssue(issue, asked) };
    },
    [`POST ${REPO}/issues/{issue_number}/labels`]: (asked) => {
      const { labels } = fieldsOf(asked.body);
      pullOf(asked, 'issue_number').labels.push(...(Array.isArray(labels) ? labels.map(textOf) : []));
      return { status: 200, body: [] };
    },
    [COMMENTS]: (asked) => {
      const { comments, number } = pullOf(asked, 'issue_number');
      const wire = comments.map((body) => itemOf(contract, COMMENTS, { body }));
      return paged(wire, asked, `/repos/acme/shop/issues/${number}/comments`, 'per_page');
    },
  },
  others: {
    'POST /api/graphql': ({ body, state }) => {
      const { query, variables } = fieldsOf(body);
      const id = fieldsOf(variables).id;
      const pull = state.pulls.find(({ number }) => id === `PR_${number}`);
      if (pull === undefined || !textOf(query).includes('markPullRequestReadyForReview(input: {pullRequestId: $id})'))
        return { status: 200, body: { data: null, errors: [{ message: 'Could not resolve to a node' }] } };
      pull.draft = false;
      return {
        status: 200,
        body: { data: { markPullRequestReadyForReview: { pullRequest: { isDraft: false } } } },
      };
    },
  },
};
