/** Bitbucket Cloud's REST API, version 2.0, as far as we ask it. */
import type { Contract, Schema } from '../contract.ts';
import { answer, flag, listOf, number, oneOf, orNull, takes, text } from './shapes.ts';

const links = answer({ html: answer({ href: text }) });
const pull = answer({
  type: text,
  id: number,
  title: text,
  description: text,
  summary: answer({ raw: text, markup: text, html: text }),
  state: oneOf('OPEN', 'DRAFT', 'QUEUED', 'MERGED', 'DECLINED', 'SUPERSEDED'),
  draft: flag,
  links,
  source: answer({
    branch: answer({ name: text }),
    commit: orNull(answer({ hash: text })),
    repository: orNull(answer({ full_name: text })),
  }),
  destination: answer({ branch: answer({ name: text }) }),
  merge_commit: orNull(answer({ hash: text })),
  closed_by: orNull(answer({ display_name: text })),
  reason: text,
});
const issue = answer({
  type: text,
  id: number,
  title: text,
  content: answer({ raw: text }),
  state: oneOf('submitted', 'new', 'open', 'resolved', 'on hold', 'invalid', 'duplicate', 'wontfix', 'closed'),
  links,
});
const branch = takes({ branch: takes({ name: text }) });
const filters = ['q', 'sort', 'pagelen', 'page', 'state'];
const REPO = '/repositories/{workspace}/{repo_slug}';

function page(items: Schema): Schema {
  return {
    type: 'object',
    properties: { values: listOf(items), next: text, page: number, pagelen: number, size: number },
    required: ['values'],
  };
}

export const contract: Contract = {
  source: 'Written by hand after developer.atlassian.com/cloud/bitbucket/rest.',
  $defs: {},
  operations: {
    [`GET ${REPO}/pullrequests`]: { query: filters, answers: { 200: page(pull) } },
    [`POST ${REPO}/pullrequests`]: {
      query: [],
      body: takes(
        { title: text, source: branch },
        { description: text, destination: branch, draft: flag, close_source_branch: flag },
      ),
      answers: { 201: pull },
    },
    [`GET ${REPO}/pullrequests/{id}`]: { query: [], answers: { 200: pull } },
    [`PUT ${REPO}/pullrequests/{id}`]: {
      query: [],
      body: takes({ title: text }, { description: text, draft: flag, destination: branch }),
      answers: { 200: pull },
    },
    [`GET ${REPO}/pullrequests/{id}/comments`]: {
      query: filters,
      answers: { 200: page(answer({ id: number, content: answer({ raw: text }), deleted: flag })) },
    },
    [`GET ${REPO}/commit/{commit}/statuses`]: {
      query: [...filters, 'refname'],
      answers: { 200: page(answer({ key: text, state: oneOf('FAILED', 'INPROGRESS', 'STOPPED', 'SUCCESSFUL') })) },
    },
    [`GET ${REPO}/issues`]: { query: filters, answers: { 200: page(issue) } },
    [`POST ${REPO}/issues`]: {
      query: [],
      body: takes(
        { title: text },
        {
          content: takes({ raw: text }),
          kind: oneOf('bug', 'enhancement', 'proposal', 'task'),
          priority: oneOf('trivial', 'minor', 'major', 'critical', 'blocker'),
        },
      ),
      answers: { 201: issue },
    },
    [`PUT ${REPO}/issues/{id}`]: {
      query: [],
      body: takes({}, { title: text, content: takes({ raw: text }), state: text }),
      answers: { 200: issue },
    },
  },
};
