/** Gitea's and Forgejo's REST API, version 1, as far as we ask it. */
import type { Contract } from '../contract.ts';
import { answer, flag, listOf, number, oneOf, orNull, takes, text } from './shapes.ts';

const pull = answer({
  id: number,
  number,
  html_url: text,
  title: text,
  body: text,
  state: oneOf('open', 'closed'),
  draft: flag,
  merged: flag,
  merge_commit_sha: orNull(text),
  head: answer({ label: text, ref: text, sha: text, repo: orNull(answer({ id: number, full_name: text })) }),
  base: answer({ label: text, ref: text }),
});
const label = answer({ id: number, name: text, color: text });
const issue = answer({
  id: number,
  number,
  html_url: text,
  title: text,
  body: text,
  state: oneOf('open', 'closed'),
  labels: listOf(label),
});
const pages = ['page', 'limit'];
const REPO = '/repos/{owner}/{repo}';

export const contract: Contract = {
  source:
    'Written by hand after Gitea 1.23’s Swagger description (templates/swagger), compared with the types of the npm package gitea-js.',
  $defs: {},
  operations: {
    [`GET ${REPO}`]: { query: [], answers: { 200: answer({ id: number, full_name: text, default_branch: text }) } },
    [`GET ${REPO}/pulls`]: {
      query: ['state', 'sort', 'milestone', 'labels', 'poster', ...pages],
      answers: { 200: listOf(pull) },
    },
    [`POST ${REPO}/pulls`]: {
      query: [],
      body: takes(
        { head: text, base: text, title: text },
        { body: text, labels: listOf(number), assignees: listOf(text) },
      ),
      answers: { 201: pull },
    },
    [`PATCH ${REPO}/pulls/{index}`]: {
      query: [],
      body: takes({}, { title: text, body: text, base: text, state: text, labels: listOf(number) }),
      answers: { 201: pull },
    },
    [`GET ${REPO}/commits/{ref}/status`]: {
      query: pages,
      answers: {
        200: answer({
          sha: text,
          state: oneOf('', 'pending', 'success', 'error', 'failure', 'warning'),
          total_count: number,
        }),
      },
    },
    [`GET ${REPO}/labels`]: { query: pages, answers: { 200: listOf(label) } },
    [`POST ${REPO}/labels`]: {
      query: [],
      body: takes({ name: text, color: text }, { description: text, exclusive: flag }),
      answers: { 201: label },
    },
    [`GET ${REPO}/issues`]: {
      query: ['state', 'labels', 'q', 'type', 'milestones', ...pages],
      answers: { 200: listOf(issue) },
    },
    [`POST ${REPO}/issues`]: {
      query: [],
      body: takes({ title: text }, { body: text, labels: listOf(number), closed: flag }),
      answers: { 201: issue },
    },
    [`PATCH ${REPO}/issues/{index}`]: {
      query: [],
      body: takes({}, { title: text, body: text, state: text }),
      answers: { 201: issue },
    },
    [`POST ${REPO}/issues/{index}/labels`]: {
      query: [],
      body: takes({ labels: listOf(number) }),
      answers: { 200: listOf(label) },
    },
    [`GET ${REPO}/issues/{index}/comments`]: {
      query: ['since', 'before'],
      answers: { 200: listOf(answer({ id: number, body: text, user: answer({ login: text }) })) },
    },
  },
};
