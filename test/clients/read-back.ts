/** Reads through the Web API what an SDK sent, one row for each kind of thing. */
import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Ground } from './ground.ts';
import type { Check } from './table.ts';

/** What an app tells that it sent; what its SDK cannot send is left out. Ids are of events unless they say otherwise. */
export const Sent = z.strictObject({
  /** Value of `release`, `tags.client` and, after `u-`, of `user.id`. */
  client: z.string(),
  /** Of type `TypeError` or `ValueError`, with a breadcrumb `<client> crumb`. */
  error: z.string(),
  message: z.string().optional(),
  /** `inner` caused `outer`. */
  chained: z.string().optional(),
  /** Carries `notes.txt` with `<client> notes`. */
  attached: z.string().optional(),
  /** Text of the feedback. */
  feedback: z.string().optional(),
  /** Trace with a span named `<client> work`. */
  trace: z.string().optional(),
  /** Body of a log. */
  log: z.string().optional(),
  /** Name of a counter that was raised by 3. */
  metric: z.string().optional(),
  /** Slug of a monitor and the statuses of its check-ins, sorted. */
  monitors: z.array(z.object({ slug: z.string(), statuses: z.array(z.string()) })).optional(),
  /** Id of a replay. */
  replay: z.string().optional(),
  /** Sessions of the release that must be there at the least. */
  sessions: z.number().optional(),
  /** Events that `beforeSend` dropped. */
  dropped: z.number().optional(),
});
export type Sent = z.infer<typeof Sent>;

const Entry = z.object({ type: z.string(), data: z.unknown() });
const Event = z.object({
  eventID: z.string(),
  groupID: z.string(),
  title: z.string(),
  entries: z.array(Entry),
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
  user: z.object({ id: z.string().nullable(), email: z.string().nullable() }).nullable(),
  release: z.object({ version: z.string() }).nullable(),
  contexts: z.record(z.string(), z.unknown()),
});
type Event = z.infer<typeof Event>;

export const Exceptions = z.object({ values: z.array(z.object({ type: z.string(), value: z.string() })) });
const Crumbs = z.object({ values: z.array(z.object({ message: z.string().nullable() })) });
const Message = z.object({ formatted: z.string() });
const Rows = z.object({ data: z.array(z.record(z.string(), z.unknown())) });

export async function readBack(ground: Ground, check: Check, sent: Sent): Promise<void> {
  const { client } = sent;
  const event = await readError(ground, check, sent);
  if (event !== undefined) {
    await check('breadcrumbs', async () => {
      const crumbs = entryOf(event, 'breadcrumbs', Crumbs).values.map(({ message }) => message);
      assert.ok(crumbs.includes(`${client} crumb`), `breadcrumbs ${JSON.stringify(crumbs)}`);
    });
    await check('user', async () =>
      assert.deepEqual(event.user, { id: `u-${client}`, email: `${client}@example.org` }),
    );
    await check('tags', async () => assert.equal(tagOf(event, 'client'), client));
    await check('release and environment', async () => {
      assert.equal(event.release?.version, client);
      assert.equal(tagOf(event, 'release'), client);
      assert.equal(tagOf(event, 'environment'), 'clients');
    });
  }
  if (sent.message !== undefined) await check('message', () => readMessage(ground, sent, sent.message ?? ''));
  if (sent.chained !== undefined) {
    await check('chained errors', async () => {
      const chained = await readEvent(ground, sent.chained ?? '');
      const values = entryOf(chained, 'exception', Exceptions).values.map(({ value }) => value);
      assert.deepEqual(values, ['inner', 'outer']);
    });
  }
  for (const [operation, id, read] of optional) {
    const wanted = id(sent);
    if (wanted !== undefined) await check(operation, () => ground.until(() => read(ground, wanted, sent)));
  }
  for (const { slug, statuses } of sent.monitors ?? []) {
    await check(`check-ins ${slug}`, async () => {
      const found = await ground.read(
        `/organizations/${ground.org}/monitors/${slug}/checkins/`,
        z.array(z.object({ status: z.string() })),
      );
      assert.deepEqual(found.map(({ status }) => status).sort(), statuses);
    });
  }
  if (sent.sessions !== undefined) await check('sessions', () => ground.until(() => readSessions(ground, sent)));
  if (sent.dropped !== undefined) await check('client report', () => ground.until(() => readReports(ground, sent)));
}

type Reader = (ground: Ground, id: string, sent: Sent) => Promise<void>;

const optional: readonly (readonly [string, (sent: Sent) => string | undefined, Reader])[] = [
  ['attachment', (sent) => sent.attached, readAttachment],
  ['feedback', (sent) => sent.feedback, readFeedback],
  ['spans: trace', (sent) => sent.trace, readTrace],
  ['spans: events of the dataset', (sent) => sent.trace, readSpans],
  ['logs', (sent) => sent.log, readLog],
  ['metrics', (sent) => sent.metric, readMetric],
  ['replay', (sent) => sent.replay, readReplay],
  ['replay: recording', (sent) => sent.replay, readRecording],
];

async function readError(ground: Ground, check: Check, sent: Sent): Promise<Event | undefined> {
  let found: Event | undefined;
  await check('error', async () => {
    const event = await ground.until(() => readEvent(ground, sent.error));
    const last = entryOf(event, 'exception', Exceptions).values.at(-1);
    assert.equal(last?.value, `${sent.client} failed`);
    const issue = await ground.read(
      `/organizations/${ground.org}/issues/${event.groupID}/`,
      z.object({ title: z.string(), lastRelease: z.object({ version: z.string() }).nullable() }),
    );
    assert.equal(issue.title, `${last.type}: ${last.value}`);
    found = event;
  });
  return found;
}

export function readEvent({ read, org, project }: Ground, id: string): Promise<Event> {
  return read(`/projects/${org}/${project}/events/${id}/`, Event);
}

async function readMessage(ground: Ground, { client }: Sent, id: string): Promise<void> {
  const event = await ground.until(() => readEvent(ground, id));
  assert.equal(event.title, `${client} says hello`);
  assert.equal(entryOf(event, 'message', Message).formatted, `${client} says hello`);
}

export function entryOf<T>(event: Event, type: string, shape: z.ZodType<T>): T {
  const entry = event.entries.find((one) => one.type === type);
  assert.ok(entry, `the event has no entry ${type}`);
  return shape.parse(entry.data);
}

function tagOf(event: Event, key: string): string | undefined {
  return event.tags.find((tag) => tag.key === key)?.value;
}

async function readAttachment(ground: Ground, id: string, { client }: Sent): Promise<void> {
  const list = `/projects/${ground.org}/${ground.project}/events/${id}/attachments/`;
  const attachments = await ground.read(
    list,
    z.array(z.object({ id: z.string(), name: z.string(), size: z.number() })),
  );
  const notes = attachments.find(({ name }) => name === 'notes.txt');
  assert.equal(notes?.size, `${client} notes`.length);
  const bytes = await ground.readBytes(`${list}${notes.id}/?download=1`);
  assert.equal(new TextDecoder().decode(bytes), `${client} notes`);
}

async function readFeedback({ read, org, project }: Ground, text: string): Promise<void> {
  const shape = z.array(z.object({ comments: z.string(), name: z.string(), email: z.string() }));
  assert.deepEqual(await read(`/projects/${org}/${project}/user-feedback/`, shape), [
    { comments: text, name: 'Ada', email: 'ada@example.org' },
  ]);
  const issues = z.array(
    z.object({ issueCategory: z.string(), metadata: z.object({ message: z.string(), contact_email: z.string() }) }),
  );
  const path = `/organizations/${org}/issues/?query=issue.category:feedback&project=${project}`;
  const metadata = { message: text, contact_email: 'ada@example.org' };
  assert.deepEqual(await read(path, issues), [{ issueCategory: 'feedback', metadata }]);
}

interface SpanNode {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly transaction?: string | undefined;
  readonly children?: readonly SpanNode[] | undefined;
}
const SpanNode: z.ZodType<SpanNode> = z.lazy(() =>
  z.object({
    name: z.string().optional(),
    description: z.string().nullish(),
    transaction: z.string().optional(),
    children: z.array(SpanNode).optional(),
  }),
);

async function readTrace({ read, org }: Ground, trace: string, { client }: Sent): Promise<void> {
  const roots = await read(`/organizations/${org}/trace/${trace}/?project=-1&statsPeriod=1d`, z.array(SpanNode));
  const all = (nodes: readonly SpanNode[]): readonly SpanNode[] =>
    nodes.flatMap((node) => [node, ...all(node.children ?? [])]);
  const names = all(roots).map((node) => node.description ?? node.name ?? node.transaction);
  assert.ok(names.includes(`${client} work`), `spans of the trace: ${JSON.stringify(names)}`);
}

async function readSpans(ground: Ground, trace: string, { client }: Sent): Promise<void> {
  const rows = await discover(ground, 'spans', ['span.description', 'trace'], `trace:${trace}`);
  const names = rows.map((row) => row['span.description']);
  assert.ok(names.includes(`${client} work`), `spans ${JSON.stringify(names)}`);
}

async function readLog(ground: Ground, text: string): Promise<void> {
  const rows = await discover(ground, 'logs', ['message', 'severity', 'trace'], '');
  const row = rows.find(({ message }) => message === text);
  assert.equal(row?.severity, 'warn', `${rows.length} logs`);
}

async function readMetric(ground: Ground, name: string): Promise<void> {
  const rows = await discover(ground, 'tracemetrics', ['metric.name', 'metric.type', 'value'], `metric.name:${name}`);
  assert.deepEqual(rows, [{ 'metric.name': name, 'metric.type': 'counter', value: 3 }]);
}

async function discover(ground: Ground, dataset: string, fields: string[], query: string) {
  const params = new URLSearchParams({ dataset, query, statsPeriod: '1d', project: String(ground.projectId) });
  for (const field of fields) params.append('field', field);
  return (await ground.read(`/organizations/${ground.org}/events/?${params}`, Rows)).data;
}

async function readReplay({ read, org }: Ground, id: string, { client }: Sent): Promise<void> {
  const shape = z.object({
    data: z.object({ id: z.string(), count_segments: z.number(), releases: z.array(z.string()) }),
  });
  const { data } = await read(`/organizations/${org}/replays/${id}/`, shape);
  assert.equal(data.id.replaceAll('-', ''), id);
  assert.ok(data.count_segments > 0, 'the replay has no segments');
  assert.deepEqual(data.releases, [client]);
}

/** One list of rrweb events for each segment; the first has a full snapshot (type 2). */
async function readRecording({ read, org, project }: Ground, id: string): Promise<void> {
  const segments = await read(
    `/projects/${org}/${project}/replays/${id}/recording-segments/?download=true`,
    z.array(z.array(z.object({ type: z.number() }))),
  );
  assert.ok(
    segments[0]?.some(({ type }) => type === 2),
    'the first segment has no full snapshot',
  );
}

const Groups = z.object({
  groups: z.array(z.object({ by: z.record(z.string(), z.unknown()), totals: z.record(z.string(), z.number()) })),
});

async function readSessions(ground: Ground, { client, sessions = 0 }: Sent): Promise<void> {
  const params = new URLSearchParams({
    field: 'sum(session)',
    groupBy: 'release',
    statsPeriod: '1d',
    interval: '1h',
    project: String(ground.projectId),
  });
  const { groups } = await ground.read(`/organizations/${ground.org}/sessions/?${params}`, Groups);
  const found = groups.find(({ by }) => by.release === client)?.totals['sum(session)'] ?? 0;
  assert.ok(found >= sessions, `${found} sessions of at least ${sessions}`);
}

async function readReports(ground: Ground, { dropped = 0 }: Sent): Promise<void> {
  const params = new URLSearchParams({
    field: 'sum(quantity)',
    category: 'error',
    outcome: 'client_discard',
    statsPeriod: '1d',
    interval: '1h',
    project: String(ground.projectId),
  });
  params.append('groupBy', 'reason');
  const { groups } = await ground.read(`/organizations/${ground.org}/stats_v2/?${params}`, Groups);
  const found = groups.find(({ by }) => by.reason === 'before_send')?.totals['sum(quantity)'] ?? 0;
  assert.equal(found, dropped);
}
