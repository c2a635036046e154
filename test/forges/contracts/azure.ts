/** Azure DevOps' REST API, version 7.1, as far as we ask it. */
import type { Contract } from '../contract.ts';
import { answer, flag, listOf, number, oneOf, orNull, takes, text } from './shapes.ts';

const identity = answer({ id: text, displayName: text });
const commit = answer({ commitId: text });
const pull = answer({
  pullRequestId: number,
  title: text,
  description: text,
  status: oneOf('notSet', 'active', 'abandoned', 'completed', 'all'),
  isDraft: flag,
  sourceRefName: text,
  targetRefName: text,
  lastMergeSourceCommit: commit,
  lastMergeCommit: orNull(commit),
  closedBy: orNull(identity),
});
const status = answer({
  id: number,
  state: oneOf('notSet', 'pending', 'succeeded', 'failed', 'error', 'notApplicable'),
  context: answer({ name: text, genre: text }),
});
const workItem = answer({ id: number, rev: number, fields: { type: 'object' }, url: text });
const patch = listOf(
  takes({ op: oneOf('add', 'remove', 'replace', 'move', 'copy', 'test'), path: text }, { value: text, from: text }),
);
const version = 'api-version';
const REPO = '/{project}/_apis/git/repositories/{repositoryId}';
const ITEMS = '/{project}/_apis/wit/workitems';

export const contract: Contract = {
  source:
    'Written by hand after Microsoft’s published descriptions of Git and of work item tracking, 7.1 (MicrosoftDocs/vsts-rest-api-specs).',
  $defs: {},
  operations: {
    [`GET ${REPO}`]: { query: [version], answers: { 200: answer({ id: text, defaultBranch: text }) } },
    [`GET ${REPO}/pullrequests`]: {
      query: [
        ...['sourceRefName', 'targetRefName', 'status', 'creatorId'].map((name) => `searchCriteria.${name}`),
        ...['maxCommentLength', '$skip', '$top', version],
      ],
      answers: { 200: answer({ value: listOf(pull), count: number }) },
    },
    [`POST ${REPO}/pullrequests`]: {
      query: [version, 'supportsIterations'],
      body: takes(
        { sourceRefName: text, targetRefName: text, title: text },
        { description: text, isDraft: flag, labels: listOf(takes({ name: text })) },
      ),
      answers: { 201: pull },
    },
    // Last, since paths are compared without regard to case.
    [`GET ${REPO}/pullRequests/{pullRequestId}`]: { query: [version, '$skip', '$top'], answers: { 200: pull } },
    [`PATCH ${REPO}/pullRequests/{pullRequestId}`]: {
      query: [version],
      body: takes({}, { title: text, description: text, isDraft: flag, status: text }),
      answers: { 200: pull },
    },
    [`POST ${REPO}/pullRequests/{pullRequestId}/labels`]: {
      query: [version, 'projectId'],
      body: takes({ name: text }),
      answers: { 200: answer({ id: text, name: text, active: flag }) },
    },
    [`GET ${REPO}/pullRequests/{pullRequestId}/statuses`]: {
      query: [version],
      answers: { 200: answer({ value: listOf(status), count: number }) },
    },
    [`GET ${REPO}/commits/{commitId}/statuses`]: {
      query: [version, 'top', 'skip', 'latestOnly'],
      answers: { 200: answer({ value: listOf(status), count: number }) },
    },
    [`GET ${REPO}/pullRequests/{pullRequestId}/threads`]: {
      query: [version, '$iteration', '$baseIteration'],
      answers: {
        200: answer({
          value: listOf(
            answer({
              id: number,
              comments: listOf(
                answer({
                  id: number,
                  content: text,
                  commentType: oneOf('unknown', 'text', 'codeChange', 'system'),
                  publishedDate: text,
                  isDeleted: flag,
                }),
              ),
            }),
          ),
          count: number,
        }),
      },
    },
    'POST /{project}/_apis/wit/wiql': {
      query: [version, 'timePrecision', '$top'],
      body: takes({ query: text }),
      answers: { 200: answer({ queryType: text, workItems: listOf(answer({ id: number, url: text })) }) },
    },
    [`GET ${ITEMS}`]: {
      query: [version, 'ids', 'fields', 'asOf', '$expand', 'errorPolicy'],
      answers: { 200: answer({ value: listOf(workItem), count: number }) },
    },
    [`POST ${ITEMS}/$Task`]: {
      query: [version, 'validateOnly', 'bypassRules', 'suppressNotifications', '$expand'],
      body: patch,
      answers: { 200: workItem },
    },
    [`PATCH ${ITEMS}/{id}`]: {
      query: [version, 'validateOnly', 'bypassRules', 'suppressNotifications', '$expand'],
      body: patch,
      answers: { 200: workItem },
    },
  },
};
