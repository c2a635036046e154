/**
 * Writes test/forges/contracts/github.json: of GitHub's published OpenAPI description the operations that we ask. Its argument is
 * `generated/api.github.com.json` of the npm package `@octokit/openapi` (MIT).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { reduced, sorted } from './reduce-sentry-schema.ts';

const FILE = join(import.meta.dirname, '..', 'test', 'forges', 'contracts', 'github.json');

const OPERATIONS = [
  'GET /repos/{owner}/{repo}',
  'GET /repos/{owner}/{repo}/pulls',
  'POST /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  'PATCH /repos/{owner}/{repo}/pulls/{pull_number}',
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
  'GET /repos/{owner}/{repo}/commits/{ref}/status',
  'GET /repos/{owner}/{repo}/issues',
  'POST /repos/{owner}/{repo}/issues',
  'GET /repos/{owner}/{repo}/issues/{issue_number}',
  'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
];

/** What our adapter reads of answers, at any depth. */
const READ = new Set(
  [
    'number html_url title body state draft merged_at merge_commit_sha head sha node_id pull_request closed_by login',
    'default_branch check_runs status conclusion total_count',
  ].flatMap((words) => words.split(' ')),
);
/** Addresses and counts that are required by the dozen and tell nothing. */
const NOT_READ =
  /_url$|^url$|_count$|^(?:allow|has|is)_|^(?:repo|repository|user|_links|app|check_suite|pull_requests)$/;

const Node = z.record(z.string(), z.unknown());
const Content = z.object({ 'application/json': z.object({ schema: Node }).optional() });
const Operation = z.object({
  parameters: z.array(z.union([z.object({ $ref: z.string() }), z.object({ name: z.string(), in: z.string() })])),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: Content.optional() })),
});
const Published = z.object({
  info: z.object({ version: z.string() }),
  paths: z.record(z.string(), Node),
  components: z.object({
    schemas: z.record(z.string(), Node),
    parameters: z.record(z.string(), z.looseObject({ name: z.string(), in: z.string() })),
  }),
});

const { info, paths, components } = Published.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const used = new Set<string>();
const operations: Record<string, unknown> = {};
for (const operation of OPERATIONS) {
  const [method = '', path = ''] = operation.split(' ');
  const found = Operation.parse(paths[path]?.[method.toLowerCase()]);
  const query = found.parameters
    .flatMap((one) => ('$ref' in one ? (components.parameters[one.$ref.split('/').at(-1) ?? ''] ?? []) : one))
    .filter((one) => one.in === 'query')
    .map(({ name }) => name);
  const body = found.requestBody?.content['application/json']?.schema;
  const answers = Object.entries(found.responses).flatMap(([status, { content }]) => {
    const schema = content?.['application/json']?.schema;
    return status.startsWith('2') && schema !== undefined ? [[status, needed(reduced(schema, used))]] : [];
  });
  operations[operation] = {
    query: query.sort(),
    ...(body !== undefined && { body: reduced(body, used) }),
    answers: Object.fromEntries(answers),
  };
}
const $defs: Record<string, unknown> = {};
for (const name of used) $defs[name] = needed(reduced(components.schemas[name] ?? {}, used));

const source = `GitHub's REST API, description ${info.version} of @octokit/openapi, MIT (github/rest-api-description, © GitHub)`;
writeFileSync(FILE, `${JSON.stringify({ source, operations: sorted(operations), $defs: sorted(reachable()) })}\n`);

/** Of answers only what must be there, and what we read: the rest may be anything. */
function needed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(needed);
  const found = Node.safeParse(node);
  if (!found.success) return node;
  const { properties, required, ...rest } = found.data;
  const members = Node.safeParse(properties);
  const must = z.array(z.string()).catch([]).parse(required);
  const kept = Object.entries(members.success ? members.data : {}).filter(
    ([key]) => READ.has(key) || (must.includes(key) && !NOT_READ.test(key)),
  );
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, needed(value)])),
    ...(members.success && { properties: Object.fromEntries(kept.map(([key, value]) => [key, needed(value)])) }),
    ...(must.length > 0 && { required: must.filter((key) => READ.has(key) || !NOT_READ.test(key)) }),
  };
}

function reachable(): Record<string, unknown> {
  const seen: Record<string, unknown> = {};
  const visit = (node: unknown): void => {
    for (const [, name = ''] of JSON.stringify(node).matchAll(/"#\/\$defs\/([^"]+)"/g)) {
      if (name in seen) continue;
      seen[name] = $defs[name];
      visit($defs[name]);
    }
  };
  visit(operations);
  return seen;
}
