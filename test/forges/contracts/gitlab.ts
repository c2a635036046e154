/** GitLab's REST API, version 4, as far as we ask it. */
import type { Contract } from '../contract.ts';
import { answer, flag, listOf, number, oneOf, orNull, takes, text } from './shapes.ts';

const mergeRequest = answer({
  id: number,
  iid: number,
  project_id: number,
  source_project_id: orNull(number),
  target_project_id: number,
  web_url: text,
  title: text,
  description: orNull(text),
  state: oneOf('opened', 'closed', 'locked', 'merged'),
  draft: flag,
  sha: orNull(text),
  merge_commit_sha: orNull(text),
  squash_commit_sha: orNull(text),
  source_branch: text,
  target_branch: text,
  labels: listOf(text),
});
const detailed = {
  allOf: [
    mergeRequest,
    answer({
      closed_by: orNull(answer({ id: number, username: text, name: text })),
      head_pipeline: orNull(
        answer({
          id: number,
          sha: text,
          status: oneOf(
            ...['created', 'waiting_for_resource', 'preparing', 'pending', 'running', 'success', 'failed'],
            ...['canceling', 'canceled', 'skipped', 'manual', 'scheduled'],
          ),
        }),
      ),
    }),
  ],
};
const issue = answer({
  id: number,
  iid: number,
  web_url: text,
  title: text,
  description: orNull(text),
  state: oneOf('opened', 'closed'),
  labels: listOf(text),
});
const pages = ['page', 'per_page'];

export const contract: Contract = {
  source: 'Written by hand after docs.gitlab.com/api (merge requests, notes, issues, projects).',
  $defs: {},
  operations: {
    'GET /projects/{id}': { query: ['statistics'], answers: { 200: answer({ id: number, default_branch: text }) } },
    'GET /projects/{id}/merge_requests': {
      query: ['source_branch', 'target_branch', 'state', 'order_by', 'sort', 'labels', 'scope', ...pages],
      answers: { 200: listOf(mergeRequest) },
    },
    'POST /projects/{id}/merge_requests': {
      query: [],
      body: takes(
        { source_branch: text, target_branch: text, title: text },
        { description: text, labels: text, squash: flag, remove_source_branch: flag, target_project_id: number },
      ),
      answers: { 201: detailed },
    },
    'GET /projects/{id}/merge_requests/{iid}': { query: [], answers: { 200: detailed } },
    'PUT /projects/{id}/merge_requests/{iid}': {
      query: [],
      body: takes(
        {},
        {
          title: text,
          description: text,
          add_labels: text,
          labels: text,
          target_branch: text,
          state_event: oneOf('close', 'reopen'),
        },
      ),
      answers: { 200: detailed },
    },
    'GET /projects/{id}/merge_requests/{iid}/notes': {
      query: ['order_by', 'sort', ...pages],
      answers: { 200: listOf(answer({ id: number, body: text, system: flag, author: answer({ username: text }) })) },
    },
    'GET /projects/{id}/issues': {
      query: ['labels', 'state', 'scope', 'order_by', 'sort', ...pages],
      answers: { 200: listOf(issue) },
    },
    'POST /projects/{id}/issues': {
      query: [],
      body: takes({ title: text }, { description: text, labels: text, confidential: flag }),
      answers: { 201: issue },
    },
    'PUT /projects/{id}/issues/{iid}': {
      query: [],
      body: takes({}, { title: text, description: text, labels: text, state_event: oneOf('close', 'reopen') }),
      answers: { 200: issue },
    },
  },
};
