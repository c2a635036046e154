/** A local double of Bitbucket Cloud. A second pull request of one branch changes the first, as there. */
import { contract } from './contracts/bitbucket.ts';
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

const REPO = '/repositories/{workspace}/{repo_slug}';
const STATES = { open: 'OPEN', merged: 'MERGED', closed: 'DECLINED' };

function wirePull(pull: DoublePull, { api }: Asked): object {
  const [reason = ''] = pull.comments;
  return {
    type: 'pullrequest',
    id: pull.number,
    title: pull.title,
    description: pull.body,
    summary: { raw: pull.body, markup: 'markdown', html: '' },
    state: STATES[pull.state],
    draft: pull.draft,
    links: { html: { href: `${new URL(api).origin}/acme/shop/pull-requests/${pull.number}` } },
    source: {
      branch: { name: pull.branch },
      commit: { hash: pull.commit },
      repository: { full_name: 'acme/shop' },
    },
    destination: { branch: { name: pull.target } },
    merge_commit: pull.mergedAs === undefined ? null : { hash: pull.mergedAs },
    closed_by: pull.closedBy === undefined ? null : { display_name: pull.closedBy },
    reason: pull.comments.length === 1 ? reason : '',
  };
}

function wireIssue(issue: DoubleIssue, { api }: Asked): object {
  return {
    type: 'issue',
    id: issue.number,
    title: issue.title,
    content: { raw: issue.body },
    state: issue.isOpen ? 'new' : 'closed',
    links: { html: { href: `${new URL(api).origin}/acme/shop/issues/${issue.number}` } },
  };
}

function change(pull: DoublePull, body: unknown): void {
  const { title, description, draft } = fieldsOf(body);
  pull.title = textOf(title);
  if (description !== undefined) pull.body = textOf(description);
  if (draft !== undefined) pull.draft = draft === true;
}

/** One item a page, so that pages are followed. */
function wrapped(items: readonly object[], { query, api }: Asked, path: string): Said {
  const page = Number(query.get('page') ?? 1);
  const more = new URLSearchParams([...query].filter(([key]) => key !== 'page'));
  more.set('page', String(page + 1));
  return {
    status: 200,
    body: { values: items.slice(page - 1, page), ...(items.length > page && { next: `${api}${path}?${more}` }) },
  };
}

function open(asked: Asked): Said {
  const { state, body } = asked;
  const { source, destination } = fieldsOf(body);
  const branch = textOf(fieldsOf(fieldsOf(source).branch).name);
  const known = state.pulls.find((one) => one.branch === branch && one.state === 'open');
  const pull: DoublePull = known ?? {
    number: nextNumber(state),
    branch,
    target: textOf(fieldsOf(fieldsOf(destination).branch).name) || 'main',
    title: '',
    body: '',
    state: 'open',
    draft: false,
    commit: state.tipOf(branch),
    comments: [],
    labels: [],
  };
  change(pull, body);
  if (known === undefined) state.pulls.push(pull);
  return { status: 201, body: wirePull(pull, asked) };
}

export const bitbucket: HostDouble = {
  kind: 'bitbucket',
  contract,
  prefix: '/2.0',
  web: '',
  repository: 'acme/shop',
  authorization: `Bearer ${TOKEN}`,
  handlers: {
    [`GET ${REPO}/pullrequests`]: (asked) => {
      const branch = /source\.branch\.name = "([^"]*)"/.exec(asked.query.get('q') ?? '')?.[1];
      const found = asked.state.pulls.filter((one) => one.branch === branch).reverse();
      const wire = found.map((one) => wirePull(one, asked));
      return wrapped(wire, asked, '/repositories/acme/shop/pullrequests');
    },
    [`POST ${REPO}/pullrequests`]: open,
    [`GET ${REPO}/pullrequests/{id}`]: (asked) => ({ status: 200, body: wirePull(pullOf(asked, 'id'), asked) }),
    [`PUT ${REPO}/pullrequests/{id}`]: (asked) => {
      const pull = pullOf(asked, 'id');
      change(pull, asked.body);
      return { status: 200, body: wirePull(pull, asked) };
    },
    [`GET ${REPO}/pullrequests/{id}/comments`]: (asked) => {
      const { comments, number } = pullOf(asked, 'id');
      const wire = comments.map((raw, id) => ({ id, content: { raw }, deleted: false }));
      return wrapped(wire, asked, `/repositories/acme/shop/pullrequests/${number}/comments`);
    },
    [`GET ${REPO}/commit/{commit}/statuses`]: (asked) => {
      const { checks } = asked.state;
      const state = { green: 'SUCCESSFUL', red: 'FAILED', pending: 'INPROGRESS', none: '' }[checks];
      const wire =
        checks === 'none'
          ? []
          : [
              { key: 'lint', state: 'SUCCESSFUL' },
              { key: 'ci', state },
            ];
      return wrapped(wire, asked, `/repositories/acme/shop/commit/${asked.params.commit}/statuses`);
    },
    [`GET ${REPO}/issues`]: (asked) => {
      const label = /title ~ "([^"]*)"/.exec(asked.query.get('q') ?? '')?.[1] ?? '';
      const found = asked.state.issues.filter(({ title }) => title.toLowerCase().includes(label.toLowerCase()));
      return wrapped(
        found.map((one) => wireIssue(one, asked)),
        asked,
        '/repositories/acme/shop/issues',
      );
    },
    [`POST ${REPO}/issues`]: (asked) => {
      const { title, content } = fieldsOf(asked.body);
      const issue: DoubleIssue = {
        number: nextNumber(asked.state),
        title: textOf(title),
        body: textOf(fieldsOf(content).raw),
        isOpen: true,
        labels: [],
      };
      asked.state.issues.push(issue);
      return { status: 201, body: wireIssue(issue, asked) };
    },
    [`PUT ${REPO}/issues/{id}`]: (asked) => {
      const issue = issueOf(asked, 'id');
      const { content, state } = fieldsOf(asked.body);
      if (content !== undefined) issue.body = textOf(fieldsOf(content).raw);
      if (state === 'duplicate') issue.isOpen = false;
      return { status: 200, body: wireIssue(issue, asked) };
    },
  },
};
