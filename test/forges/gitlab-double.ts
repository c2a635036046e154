/** A local double of a GitLab of one's own, below a path, with a project in a subgroup. */
import { contract } from './contracts/gitlab.ts';
import {
  type Asked,
  type DoubleIssue,
  type DoublePull,
  fieldsOf,
  type HostDouble,
  issueOf,
  nextNumber,
  paged,
  pullOf,
  type Said,
  TOKEN,
  textOf,
} from './double.ts';

const PROJECT = '/projects/{id}';
const AT = '/projects/acme%2Fweb%2Fshop';

function wireRequest(pull: DoublePull, { api, state }: Asked): object {
  const status = { green: 'success', red: 'failed', pending: 'running', none: '' }[state.checks];
  return {
    id: pull.number + 1_000,
    iid: pull.number,
    project_id: 7,
    source_project_id: pull.labels.includes('of a fork') ? 8 : 7,
    target_project_id: 7,
    web_url: `${api.replace('/api/v4', '')}/acme/web/shop/-/merge_requests/${pull.number}`,
    title: pull.draft ? `Draft: ${pull.title}` : pull.title,
    description: pull.body,
    state: pull.state === 'open' ? 'opened' : pull.state,
    draft: pull.draft,
    sha: pull.commit,
    merge_commit_sha: null,
    squash_commit_sha: pull.mergedAs ?? null,
    source_branch: pull.branch,
    target_branch: pull.target,
    labels: pull.labels,
    closed_by: pull.closedBy === undefined ? null : { id: 3, username: pull.closedBy, name: pull.closedBy },
    head_pipeline: status === '' ? null : { id: 5, sha: pull.commit, status },
  };
}

function wireIssue(issue: DoubleIssue, { api }: Asked): object {
  return {
    id: issue.number + 1_000,
    iid: issue.number,
    web_url: `${api.replace('/api/v4', '')}/acme/web/shop/-/issues/${issue.number}`,
    title: issue.title,
    description: issue.body,
    state: issue.isOpen ? 'opened' : 'closed',
    labels: issue.labels,
  };
}

function setTitle(pull: DoublePull, title: string): void {
  pull.draft = /^draft: /i.test(title);
  pull.title = title.replace(/^draft: /i, '');
}

function open(asked: Asked): Said {
  const { state, body } = asked;
  const { source_branch, target_branch, title, description } = fieldsOf(body);
  const branch = textOf(source_branch);
  if (state.pulls.some((one) => one.branch === branch && one.state === 'open'))
    return { status: 409, body: { message: [`Another open merge request already exists for this source branch: !1`] } };
  const pull: DoublePull = {
    number: nextNumber(state),
    branch,
    target: textOf(target_branch),
    title: '',
    body: textOf(description),
    state: 'open',
    draft: false,
    commit: state.tipOf(branch),
    comments: [],
    labels: [],
  };
  setTitle(pull, textOf(title));
  state.pulls.push(pull);
  return { status: 201, body: wireRequest(pull, asked) };
}

export const gitlab: HostDouble = {
  kind: 'gitlab',
  contract,
  prefix: '/gitlab/api/v4',
  web: '/gitlab',
  repository: 'acme/web/shop',
  authorization: `Bearer ${TOKEN}`,
  handlers: {
    [`GET ${PROJECT}`]: () => ({ status: 200, body: { id: 7, default_branch: 'main' } }),
    [`GET ${PROJECT}/merge_requests`]: (asked) => {
      const branch = asked.query.get('source_branch');
      const found = asked.state.pulls.filter((one) => one.branch === branch).reverse();
      const wire = found.map((one) => wireRequest(one, asked));
      return paged(wire, asked, `${AT}/merge_requests`, 'per_page');
    },
    [`POST ${PROJECT}/merge_requests`]: open,
    [`GET ${PROJECT}/merge_requests/{iid}`]: (asked) => ({
      status: 200,
      body: wireRequest(pullOf(asked, 'iid'), asked),
    }),
    [`PUT ${PROJECT}/merge_requests/{iid}`]: (asked) => {
      const pull = pullOf(asked, 'iid');
      const { title, description, add_labels } = fieldsOf(asked.body);
      if (title !== undefined) setTitle(pull, textOf(title));
      if (description !== undefined) pull.body = textOf(description);
      if (add_labels !== undefined) pull.labels.push(...textOf(add_labels).split(','));
      return { status: 200, body: wireRequest(pull, asked) };
    },
    [`GET ${PROJECT}/merge_requests/{iid}/notes`]: (asked) => {
      const said = { id: 1, body: 'closed', system: true, author: { username: 'jo' } };
      const notes = pullOf(asked, 'iid').comments.map((body) => ({ ...said, body, system: false }));
      return { status: 200, body: [said, ...notes.reverse()] };
    },
    [`GET ${PROJECT}/issues`]: (asked) => {
      const label = asked.query.get('labels') ?? '';
      const found = asked.state.issues.filter(({ labels }) => labels.includes(label));
      const wire = found.map((one) => wireIssue(one, asked));
      return paged(wire, asked, `${AT}/issues`, 'per_page');
    },
    [`POST ${PROJECT}/issues`]: (asked) => {
      const { title, description, labels } = fieldsOf(asked.body);
      const issue: DoubleIssue = {
        number: nextNumber(asked.state),
        title: textOf(title),
        body: textOf(description),
        isOpen: true,
        labels: textOf(labels).split(','),
      };
      asked.state.issues.push(issue);
      return { status: 201, body: wireIssue(issue, asked) };
    },
    [`PUT ${PROJECT}/issues/{iid}`]: (asked) => {
      const issue = issueOf(asked, 'iid');
      const { description, state_event } = fieldsOf(asked.body);
      if (description !== undefined) issue.body = textOf(description);
      if (state_event === 'close') issue.isOpen = false;
      return { status: 200, body: wireIssue(issue, asked) };
    },
  },
};
