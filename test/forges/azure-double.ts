/** A local double of Azure DevOps: its lists cut descriptions, and its boards speak HTML. */
import { contract } from './contracts/azure.ts';
import {
  type Asked,
  type DoubleIssue,
  type DoublePull,
  fieldsOf,
  type HostDouble,
  issueOf,
  nextNumber,
  pullOf,
  type Said,
  TOKEN,
  textOf,
} from './double.ts';

const REPO = '/{project}/_apis/git/repositories/{repositoryId}';
const PULL = `${REPO}/pullRequests/{pullRequestId}`;
const ITEMS = '/{project}/_apis/wit/workitems';
const STATUSES = { open: 'active', merged: 'completed', closed: 'abandoned' };
const MOST = 4_000;

function wirePull(pull: DoublePull): { description: string } {
  const wire = {
    pullRequestId: pull.number,
    title: pull.title,
    description: pull.body,
    status: STATUSES[pull.state],
    isDraft: pull.draft,
    sourceRefName: `refs/heads/${pull.branch}`,
    targetRefName: `refs/heads/${pull.target}`,
    lastMergeSourceCommit: { commitId: pull.commit },
    lastMergeCommit: pull.mergedAs === undefined ? null : { commitId: pull.mergedAs },
    closedBy: pull.closedBy === undefined ? null : { id: 'u', displayName: pull.closedBy },
  };
  return wire;
}

function wireItem(issue: DoubleIssue, { api }: Asked): object {
  return {
    id: issue.number,
    rev: 1,
    url: `${api}/shop/_apis/wit/workItems/${issue.number}`,
    fields: { 'System.State': issue.isOpen ? 'To Do' : 'Done', 'System.Description': issue.body },
  };
}

function listed(value: readonly unknown[]): Said {
  return { status: 200, body: { value, count: value.length } };
}

function open({ state, body }: Asked): Said {
  const { sourceRefName, targetRefName, title, description, isDraft } = fieldsOf(body);
  const branch = textOf(sourceRefName).replace('refs/heads/', '');
  if (state.pulls.some((one) => one.branch === branch && one.state === 'open'))
    return {
      status: 409,
      body: { message: 'TF401179: An active pull request for the source and target branch exists.' },
    };
  if (textOf(description).length > MOST)
    return { status: 400, body: { message: 'A maximum of 4000 characters is allowed.' } };
  const pull: DoublePull = {
    number: nextNumber(state),
    branch,
    target: textOf(targetRefName).replace('refs/heads/', ''),
    title: textOf(title),
    body: textOf(description),
    state: 'open',
    draft: isDraft === true,
    commit: state.tipOf(branch),
    comments: [],
    labels: [],
  };
  state.pulls.push(pull);
  return { status: 201, body: wirePull(pull) };
}

/** Fields of a JSON patch, by the end of their path. */
function patched(body: unknown): Record<string, string> {
  const operations: unknown[] = Array.isArray(body) ? body : [];
  return Object.fromEntries(
    operations.map((one) => {
      const { path, value } = fieldsOf(one);
      return [textOf(path).replace('/fields/System.', ''), textOf(value)];
    }),
  );
}

export const azure: HostDouble = {
  kind: 'azure',
  contract,
  prefix: '/acme',
  web: '/acme',
  repository: 'shop/shop-web',
  authorization: `Basic ${Buffer.from(`:${TOKEN}`).toString('base64')}`,
  handlers: {
    [`GET ${REPO}`]: () => ({ status: 200, body: { id: 'r', defaultBranch: 'refs/heads/main' } }),
    [`GET ${REPO}/pullrequests`]: ({ state, query }) => {
      const ref = query.get('searchCriteria.sourceRefName');
      const skip = Number(query.get('$skip'));
      const found = state.pulls.filter((one) => `refs/heads/${one.branch}` === ref).reverse();
      const wire = found.map(wirePull).map((one) => ({ ...one, description: one.description.slice(0, 400) }));
      return listed(wire.slice(skip, skip + Number(query.get('$top'))));
    },
    [`POST ${REPO}/pullrequests`]: open,
    [`GET ${PULL}`]: (asked) => ({ status: 200, body: wirePull(pullOf(asked, 'pullRequestId')) }),
    [`PATCH ${PULL}`]: (asked) => {
      const pull = pullOf(asked, 'pullRequestId');
      const { title, description, isDraft } = fieldsOf(asked.body);
      if (textOf(description).length > MOST) return { status: 400, body: { message: 'Too long.' } };
      if (title !== undefined) pull.title = textOf(title);
      if (description !== undefined) pull.body = textOf(description);
      if (isDraft !== undefined) pull.draft = isDraft === true;
      return { status: 200, body: wirePull(pull) };
    },
    [`POST ${PULL}/labels`]: (asked) => {
      const name = textOf(fieldsOf(asked.body).name);
      pullOf(asked, 'pullRequestId').labels.push(name);
      return { status: 200, body: { id: 'l', name, active: true } };
    },
    [`GET ${PULL}/statuses`]: () => listed([]),
    [`GET ${REPO}/commits/{commitId}/statuses`]: ({ state: { checks } }) => {
      const word = { green: 'succeeded', red: 'failed', pending: 'pending', none: 'notApplicable' }[checks];
      const context = { name: 'ci', genre: 'continuous-integration' };
      // An older run of the same check was red.
      return listed([
        { id: 2, state: word, context },
        { id: 1, state: 'failed', context },
      ]);
    },
    [`GET ${PULL}/threads`]: (asked) => {
      const said = { id: 1, isDeleted: false, publishedDate: '2026-01-01T00:00:00Z' };
      const comments = pullOf(asked, 'pullRequestId').comments.map((content) => ({
        ...said,
        content,
        commentType: 'text',
      }));
      const system = { ...said, content: 'abandoned', commentType: 'system', publishedDate: '2026-01-02T00:00:00Z' };
      return listed([{ id: 1, comments: [...comments, system] }]);
    },
    'POST /{project}/_apis/wit/wiql': (asked) => {
      const label = /\[System\.Tags\] CONTAINS '([^']*)'/.exec(textOf(fieldsOf(asked.body).query))?.[1] ?? '';
      const found = asked.state.issues.filter(({ labels }) => labels.includes(label));
      const workItems = found.map(({ number }) => ({ id: number, url: '' }));
      return { status: 200, body: { queryType: 'flat', workItems } };
    },
    [`GET ${ITEMS}`]: (asked) => {
      const ids = asked.query.get('ids')?.split(',') ?? [];
      const found = asked.state.issues.filter(({ number }) => ids.includes(String(number)));
      return listed(found.map((one) => wireItem(one, asked)));
    },
    [`POST ${ITEMS}/$Task`]: (asked) => {
      const { Title = '', Description = '', Tags = '' } = patched(asked.body);
      const number = nextNumber(asked.state);
      const issue: DoubleIssue = { number, title: Title, body: Description, isOpen: true, labels: [Tags] };
      asked.state.issues.push(issue);
      return { status: 200, body: wireItem(issue, asked) };
    },
    [`PATCH ${ITEMS}/{id}`]: (asked) => {
      const issue = issueOf(asked, 'id');
      const { Description, State } = patched(asked.body);
      // This project's process calls it done.
      if (State === 'Closed') return { status: 400, body: { message: "The field 'State' has no such value." } };
      if (Description !== undefined) issue.body = Description;
      if (State === 'Done') issue.isOpen = false;
      return { status: 200, body: wireItem(issue, asked) };
    },
  },
};
