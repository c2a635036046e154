/** The log lines of a trace, as the `sentry` command line asks for them. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { callApi, embedded, ingestRequest } from './embedded.ts';

const [ONE, OTHER] = ['a'.repeat(32), 'b'.repeat(32)];
const Answer = z.object({
  data: z.array(z.record(z.string(), z.unknown())),
  meta: z.object({ units: z.record(z.string(), z.string()) }),
});

async function sentryWithLogs() {
  const sentry = embedded();
  const at = sentry.clock.now() / 1000;
  const items = [
    { timestamp: at - 2, trace_id: ONE, level: 'info', body: 'first', severity_number: 9 },
    { timestamp: at - 1, trace_id: ONE, level: 'error', body: 'second', severity_number: 17 },
    { timestamp: at - 1, trace_id: OTHER, level: 'info', body: 'of another trace', severity_number: 9 },
  ];
  const header = { type: 'log', item_count: items.length, content_type: 'application/vnd.sentry.items.log+json' };
  await sentry.server(ingestRequest(sentry.server, `{}\n${JSON.stringify(header)}\n${JSON.stringify({ items })}\n`));
  const ask = (query: string): Promise<Response> =>
    callApi(sentry.server, 'GET', `/organizations/mendwright/trace-logs/?${query}`);
  const messages = async (query: string) =>
    Answer.parse(await (await ask(query)).json()).data.map((row) => row.message);
  return { ask, messages };
}

test('are listed with their columns, newest first', async () => {
  const { ask } = await sentryWithLogs();

  const { data } = Answer.parse(
    await (await ask(`traceId=${ONE}&statsPeriod=14d&per_page=100&sort=-timestamp`)).json(),
  );

  expect(data).toEqual([
    expect.objectContaining({ message: 'second', severity: 'error', severity_number: 17, trace: ONE, 'project.id': 1 }),
    expect.objectContaining({ message: 'first', severity: 'info', severity_number: 9, trace: ONE, 'project.id': 1 }),
  ]);
  expect(data[0]?.id).toMatch(/^[0-9a-f]{32}$/);
});

test.each([
  ['of a search', `traceId=${ONE}&query=severity:error`, ['second']],
  ['of a project', `traceId=${ONE}&query=project:shop&sort=timestamp`, ['first', 'second']],
  ['of a page', `traceId=${ONE}&per_page=1&cursor=0:1:0`, ['first']],
  ['of two traces', `traceId=${ONE}&traceId=${OTHER}&query=severity:info&sort=-message`, ['of another trace', 'first']],
  ['of a trace that is not known', `traceId=${'c'.repeat(32)}`, []],
])('are those %s', async (_, query, expected) => {
  const { messages } = await sentryWithLogs();

  expect(await messages(query)).toEqual(expected);
});

test.each([
  ['without a trace', ''],
  ['for what is no trace id', 'traceId=1'],
  ['sorted by what is no column', `traceId=${ONE}&sort=shelf`],
])('are refused %s', async (_, query) => {
  const { ask } = await sentryWithLogs();

  expect((await ask(query)).status).toBe(400);
});
