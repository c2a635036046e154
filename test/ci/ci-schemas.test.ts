/** What `init` writes for GitHub and GitLab, against the schemas that these hosts publish. */
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import gitlab from './fixtures/gitlab-ci.json' with { type: 'json' };
import { resolveExtends } from './resolve-extends.ts';
import { strayNames, workflowSchema } from './workflow-schema.ts';
import { REPOSITORIES, writtenFor } from './written-files.ts';

const isWorkflow = new Ajv({ strict: false, allErrors: true })
  .addKeyword({
    keyword: 'contexts',
    schemaType: 'array',
    validate: (contexts: string[], text: unknown) =>
      typeof text !== 'string' || strayNames(contexts, text).length === 0,
  })
  .compile(workflowSchema());
const isGitlab = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(gitlab);

const CASES = REPOSITORIES.flatMap(([name, files]) => [1, 3].map((shards) => [name, shards, files] as const));

test.each(CASES)('writes a workflow that GitHub’s schema allows: %s, %i shards', (_, shards, files) => {
  for (const text of writtenFor('github', shards, files)) {
    expect([isWorkflow(parse(text)), isWorkflow.errors]).toEqual([true, null]);
  }
});

test.each(CASES)('writes jobs that GitLab’s schema allows: %s, %i shards', (_, shards, files) => {
  const texts = writtenFor('gitlab', shards, files);
  expect(texts).toHaveLength(2);
  for (const text of texts) expect([isGitlab(parse(text)), isGitlab.errors]).toEqual([true, null]);
  // What a job extends is checked only where it stands in the job.
  expect([isGitlab(resolveExtends(texts[0] ?? '')), isGitlab.errors]).toEqual([true, null]);
});

const WORKFLOW = writtenFor('github', 3)[0] ?? '';
test.each<[string, string, string]>([
  ['an unknown key of a job', 'timeout-minutes: 60', 'timeout-minute: 60'],
  ['an unknown permission', 'contents: read', 'content: read'],
  ['an unknown level', 'contents: read', 'contents: reading'],
  ['an unknown event', 'workflow_dispatch:', 'workflow_dispatched:'],
  ['a job that runs nowhere', 'runs-on: ubuntu-latest\n', '\n'],
  ['a step that does two things', '      - name: Run a shard\n', '      - name: Run a shard\n        uses: a/b@v1\n'],
  ['a context that is not known there', 'permissions: {}', 'env:\n  X: ${{ runner.temp }}\npermissions: {}'],
  ['a function that is not known there', 'permissions: {}', "env:\n  X: ${{ hashFiles('x') }}\npermissions: {}"],
])('GitHub’s schema refuses %s', (_, from, to) => {
  expect(WORKFLOW).toContain(from);
  expect(isWorkflow(parse(WORKFLOW.replace(from, to)))).toBe(false);
});

const JOBS = writtenFor('gitlab', 3)[0] ?? '';
test.each<[string, string, string]>([
  ['an unknown key of a job', 'interruptible: false', 'interruptable: false'],
  ['a matrix of no job', 'parallel: 3', 'parallel: 0'],
  ['a wrong moment for artefacts', 'artifacts:\n    when: always', 'artifacts:\n    when: sometimes'],
  ['needs that are no list', 'needs: [mendwright-scenarios]', 'needs: mendwright-scenarios'],
  ['three lock files in the cache’s key', 'files: ["package-lock.json"]', 'files: [a, b, c]'],
])('GitLab’s schema refuses %s', (_, from, to) => {
  expect(JOBS).toContain(from);
  expect(isGitlab(resolveExtends(JOBS.replace(from, to)))).toBe(false);
});
