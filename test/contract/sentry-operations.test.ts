/** Every operation that the embedded Sentry serves, called on a server full of data: its answer is what Sentry's schema promises. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ErrorObject } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { FILTER_NAMES, type FilterName } from '../../harness/sentry-server/ingest/inbound-filters.ts';
import { sentryServer } from '../../harness/sentry-server/sentry-server.ts';
import { OPERATIONS, type Operation, PARAMS } from './operations.ts';
import { publishedValidator } from './published.ts';
import { type RichServer, richServer } from './rich-server.ts';
import published from './schema.json' with { type: 'json' };

/**
 * Where the published schema is not what Sentry sends: a monitor has a list of environments; some members of an issue in a list
 * come with `expand` only, or for who works with Seer.
 */
const MISPRINTS: Readonly<Record<string, readonly string[]>> = {
  'GET /api/0/organizations/:org/monitors/': ['environments'],
  'GET /api/0/organizations/:org/monitors/:monitor/': ['environments'],
  'GET /api/0/organizations/:org/issues/': ['derivedData', 'inbox', 'owners', 'sessionCount'],
};

function pathOf({ operation, params, query = '' }: Operation): string {
  const values = { ...PARAMS, ...params };
  return operation.replace(/^\w+ \/api\/0/, '').replaceAll(/:(\w+)/g, (_, name: string) => values[name] ?? '') + query;
}

let rich: RichServer;
let attachment = '';

beforeAll(async () => {
  rich = await richServer();
  const [first]: { id: string }[] = await (
    await rich.call('GET', pathOf({ operation: 'GET /api/0/projects/:org/:project/events/:event/attachments/' }))
  ).json();
  attachment = first?.id ?? '';
});

describe('the answer of', () => {
  test.each(OPERATIONS.map((one): [string, Operation] => [one.operation, one]))('%s', async (name, operation) => {
    const [method = ''] = name.split(' ');
    const { status = 200, shape, empty } = operation;

    const path = pathOf({ ...operation, params: { attachment, ...operation.params } });
    const answer = await rich.call(method, path, operation.body);

    const text = await answer.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    expect([answer.status, status >= 400 ? body : undefined]).toEqual([
      status,
      status >= 400 ? { detail: expect.any(String) } : undefined,
    ]);
    expect(Number(answer.headers.get('x-sentry-rate-limit-remaining'))).toBeGreaterThan(0);
    if (status >= 400) return;
    if (Array.isArray(body))
      expect({ empty, isEmpty: body.length === 0 }).toEqual({ empty, isEmpty: empty !== undefined });
    if (shape !== undefined) shape.parse(body);
    const validate = publishedValidator(name, status);
    expect(validate !== undefined || shape !== undefined).toBe(true);
    validate?.(body);
    expect((validate?.errors ?? []).filter((error) => !isMisprint(name, error))).toEqual([]);
  });
});

function isMisprint(operation: string, { instancePath, params }: ErrorObject): boolean {
  const missing: unknown = params.missingProperty;
  return (MISPRINTS[operation] ?? []).some((name) => instancePath.endsWith(`/${name}`) || missing === name);
}

test.each([
  ['/nothing/', 404],
  ['/organizations/acme/issues/', 404],
  ['/organizations/mendwright/issues/?query=is:lost', 400],
])('a refusal (%s) says how many calls are left, too', async (path, status) => {
  const answer = await rich.call('GET', path);

  expect([answer.status, Number(answer.headers.get('x-sentry-rate-limit-remaining')) > 0]).toEqual([status, true]);
});

test('names every operation that is served, and no other', () => {
  expect(OPERATIONS.map(({ operation }) => operation).sort()).toEqual(sentryServer().operations);
});

const FLAGS: readonly (readonly [flag: string, standard: string, meaning: string])[] = [
  ['--port <n>', 'a free one', 'the port to listen on'],
  ['--host <address>', '`127.0.0.1`', 'the address to bind to; any but loopback demands `--token`'],
  [
    '--token <token>',
    'none',
    'what callers of the Web API must send as `Authorization: Bearer`, and people at the sign-in',
  ],
  ['--file <file>', '`.mendwright/sentry.db`', 'the SQLite file; made where it is missing, and opened by the next run'],
  ['--project <slug>', '`app`', 'the project whose DSN is printed; made where it is missing'],
  ['--filter <names>', 'none', 'errors and transactions that are kept out and counted, with commas between the names'],
  ['--no-scrub', 'scrubs', 'keeps passwords, tokens, cookies and card numbers, which are filtered otherwise'],
  ['--sensitive-fields <names>', 'none', 'further names whose values are filtered, with commas between them'],
  ['--safe-fields <names>', 'none', 'names whose values are never filtered, with commas between them'],
  [
    '--rate-limit <n/seconds>',
    'none',
    'so many errors of a client key in so many seconds, `100/60`; more are answered 429',
  ],
  ['--cwd <dir>', 'here', 'the folder that `--file` is looked for in'],
  ['--config <file>', 'none', 'is not read: this command has no settings but its flags'],
  ['--json', 'off', 'prints one JSON object instead of text'],
  ['--quiet', 'off', 'no progress on stderr'],
];

const FILTERS: Readonly<Record<FilterName, string>> = {
  localhost: 'errors and transactions of pages and users at localhost',
  'legacy-browsers': 'browsers that are years old, and all of Internet Explorer',
  'browser-extensions': 'errors out of the code of extensions',
  'web-crawlers': 'what search engines and other robots met',
  'filtered-transaction': 'health checks: `/healthz`, `/ping`, `/readyz` …',
  'not-found': 'errors that say no more than 404',
  'network-errors': 'connections that were lost, refused or given up',
};

test('docs/embedded-sentry.md knows the flags of the command', async () => {
  const help = await promisify(execFile)(process.execPath, ['harness/cli/main.ts', 'sentry', '--help']);

  const told = [...help.stdout.matchAll(/^ {2}(--[^\n]*?)(?: {2,}|\n)/gm)].map(([, flag]) => flag ?? '');

  expect(told.sort()).toEqual(FLAGS.map(([flag]) => flag).sort());
});

test('docs/embedded-sentry.md lists every operation', async () => {
  const rows = OPERATIONS.map(({ operation, who = '', partial }) => {
    const source = operation in published.operations ? 'published' : 'private';
    return `| \`${operation.replace('/api/0', '')}\` | ${partial === undefined ? 'ok' : 'partial'} | ${source} | ${who} | ${partial ?? ''} |`;
  });
  const text = [
    '<!-- Written by `vitest run test/contract/sentry-operations.test.ts --update`; do not edit. -->',
    '# The embedded Sentry',
    '',
    '## On its own',
    '',
    'A night has an embedded Sentry of its own. `mendwright sentry` opens one on a port, until it is interrupted, and prints its address and a',
    'DSN; `--json` prints `{ url, dsn, file }`.',
    '',
    '| Flag | Default | Meaning |',
    '| --- | --- | --- |',
    ...FLAGS.map(([flag, standard, meaning]) => `| \`${flag}\` | ${standard} | ${meaning} |`),
    '',
    '`--filter` knows:',
    '',
    ...FILTER_NAMES.map((name) => `- \`${name}\`: ${FILTERS[name]}`),
    '',
    '## Operations of the Web API',
    '',
    'Below `/api/0`. Published ones are checked against the response schemas that Sentry publishes, private ones against what clients read of them.',
    'Used by: C `sentry-cli`, M the MCP server, N the newer `sentry` command.',
    '',
    '| Operation | State | Source | Used by | Left out |',
    '| --- | --- | --- | --- | --- |',
    ...rows.sort(),
    '',
    '## Rules of our own',
    '',
    'Where Sentry does not publish how it decides:',
    '',
    '- **Latest release, next release:** by semantic version where both releases have one and belong to one package, else by date (`storage/release-order.ts`).',
    '- **Archived until escalating:** the issue comes back when one hour brings more events than twice the busiest hour of the seven days before it was archived, and more than ten (`storage/escalation.ts`).',
    '- **Sorts:** trends is the events of the last 24 hours divided by one more than the daily average of the seven days before; recommended is by priority, then the last event; inbox is by when the issue last came up (`storage/issue-order.ts`).',
    '- **Searches by error:** `error.type:` finds any exception of a chain, `error.value:` the main one only: the index of tags holds types, not messages (`web/event-filter.ts`).',
    '- **Release health:** a session counts once, in the hour in which it began and in the worst of its states; users are told apart by what the SDK calls them (`storage/count-sessions.ts`). A release is adopted with the first hour in which a tenth of the sessions were of it (`web/adoption-stages.ts`).',
    '- **User feedback:** is an issue at once, also where the event that it is about is not known (yet); a report that is sent twice is one event (`storage/store-feedback.ts`).',
    '- **Merging:** the issue with most events takes the others in; unmerging counts both sides anew from the events that are still kept, and an event goes with its first hash (`storage/leave-issue.ts`, `storage/unmerge-issue.ts`).',
    "- **Suspect commits:** commits of the event's release that changed a file of its own frames, innermost frame first (`web/suspect-commits.ts`).",
    '',
  ].join('\n');

  await expect(text).toMatchFileSnapshot('../../docs/embedded-sentry.md');
});
