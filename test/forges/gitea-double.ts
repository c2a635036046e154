/** A local double of Gitea; Forgejo speaks the same. */
import { contract } from './contracts/gitea.ts';
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

const REPO = '/repos/{owner}/{repo}';
const AT = '/repos/acme/shop';

function wirePull(pull: DoublePull, { api }: Asked): object {
  return {
    id: pull.number + 1_000,
    number: pull.number,
    html_url: `${new URL(api).origin}/acme/shop/pulls/${pull.number}`,
    title: pull.draft ? `WIP: ${pull.title}` : pull.title,
    body: pull.body,
    state: pull.state === 'open' ? 'open' : 'closed',
    draft: pull.draft,
    merged: pull.state === 'merged',
    merge_commit_sha: pull.mergedAs ?? null,
    // Once a pull request is closed, its branch may be gone.
    head: {
      label: pull.branch,
      ref: pull.state === 'open' ? pull.branch : `refs/pull/${pull.number}/head`,
      sha: pull.commit,
      repo: { id: 7, full_name: 'acme/shop' },
    },
    base: { label: pull.target, ref: pull.target },
  };
}

function wireLabel(id: number, labels: readonly string[]): object {
  return { id, name: labels[id - 1] ?? '', color: '6f42c1' };
}

function wireIssue(issue: DoubleIssue, { api, state }: Asked): object {
  return {
    id: issue.number + 1_000,
    number: issue.number,
    html_url: `${new URL(api).origin}/acme/shop/issues/${issue.number}`,
    title: issue.title,
    body: issue.body,
    state: issue.isOpen ? 'open' : 'closed',
    labels: issue.labels.map((name) => wireLabel(state.labels.indexOf(name) + 1, state.labels)),
  };
}

function setTitle(pull: DoublePull, title: string): void {
  pull.draft = /^(?:wip:|\[wip\]) /i.test(title);
  pull.title = title.replace(/^(?:wip:|\[wip\]) /i, '');
}

function open(asked: Asked): Said {
  const { state, body } = asked;
  const { head, base, title, body: text } = fieldsOf(body);
  const branch = textOf(head);
  if (state.pulls.some((one) => one.branch === branch && one.state === 'open'))
    return { status: 409, body: { message: 'pull request already exists for these targets' } };
  const pull: DoublePull = {
    number: nextNumber(state),
    branch,
    target: textOf(base),
    title: '',
    body: textOf(text),
    state: 'open',
    draft: false,
    commit: state.tipOf(branch),
    comments: [],
    labels: [],
  };
  setTitle(pull, textOf(title));
  state.pulls.push(pull);
  return { status: 201, body: wirePull(pull, asked) };
}

function namesOf({ state, body }: Asked): string[] {
  const { labels } = fieldsOf(body);
  return Array.isArray(labels) ? labels.map((id) => state.labels[Number(id) - 1] ?? 'unknown') : [];
}

export const gitea: HostDouble = {
  kind: 'gitea',
  contract,
  prefix: '/api/v1',
  web: '',
  repository: 'acme/shop',
  authorization: `token ${TOKEN}`,
  handlers: {
    [`GET ${REPO}`]: () => ({ status: 200, body: { id: 7, full_name: 'acme/shop', default_branch: 'main' } }),
    [`GET ${REPO}/pulls`]: (asked) => {
      const isOpen = asked.query.get('state') === 'open';
      const found = asked.state.pulls.filter(({ state }) => (state === 'open') === isOpen).reverse();
      const wire = found.map((one) => wirePull(one, asked));
      return paged(wire, asked, `${AT}/pulls`, 'limit');
    },
    [`POST ${REPO}/pulls`]: open,
    [`PATCH ${REPO}/pulls/{index}`]: (asked) => {
      const pull = pullOf(asked, 'index');
      const { title, body } = fieldsOf(asked.body);
      if (title !== undefined) setTitle(pull, textOf(title));
      if (body !== undefined) pull.body = textOf(body);
      return { status: 201, body: wirePull(pull, asked) };
    },
    [`GET ${REPO}/commits/{ref}/status`]: ({ state: { checks } }) => {
      const state = { green: 'success', red: 'failure', pending: 'pending', none: '' }[checks];
      return { status: 200, body: { sha: 'a'.repeat(40), state, total_count: checks === 'none' ? 0 : 1 } };
    },
    [`GET ${REPO}/labels`]: ({ state }) => ({
      status: 200,
      body: state.labels.map((_, index) => wireLabel(index + 1, state.labels)),
    }),
    [`POST ${REPO}/labels`]: ({ state, body }) => {
      state.labels.push(textOf(fieldsOf(body).name));
      return { status: 201, body: wireLabel(state.labels.length, state.labels) };
    },
    [`GET ${REPO}/issues`]: (asked) => {
      const label = asked.query.get('labels') ?? '';
      const found = asked.state.issues.filter(({ labels }) => labels.includes(label)).reverse();
      const wire = found.map((one) => wireIssue(one, asked));
      return paged(wire, asked, `${AT}/issues`, 'limit');
    },
    [`POST ${REPO}/issues`]: (asked) => {
      const { title, body } = fieldsOf(asked.body);
      const issue: DoubleIssue = {
        number: nextNumber(asked.state),
        title: textOf(title),
        body: textOf(body),
        isOpen: true,
        labels: namesOf(asked),
      };
      asked.state.issues.push(issue);
      return { status: 201, body: wireIssue(issue, asked) };
    },
    [`PATCH ${REPO}/issues/{index}`]: (asked) => {
      const issue = issueOf(asked, 'index');
      const { body, state } = fieldsOf(asked.body);
      if (body !== undefined) issue.body = textOf(body);
      if (state === 'closed') issue.isOpen = false;
      return { status: 201, body: wireIssue(issue, asked) };
    },
    [`POST ${REPO}/issues/{index}/labels`]: (asked) => {
      pullOf(asked, 'index').labels.push(...namesOf(asked));
      return { status: 200, body: [] };
    },
    [`GET ${REPO}/issues/{index}/comments`]: (asked) => {
      const { comments, closedBy = 'jo' } = pullOf(asked, 'index');
      return { status: 200, body: comments.map((body, id) => ({ id, body, user: { login: closedBy } })) };
    },
  },
};
