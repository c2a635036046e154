/** What a person or a tool reads from the embedded Sentry, timed one call after the other. */
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

const CALLS = 100;
const READABLE_MS = 60_000;

const Count = z.object({ data: z.array(z.object({ 'count()': z.number() })) });
const Listed = z.array(z.object({ id: z.string() }));

/** As people narrow a list down: by state, tags, release, user, words, counts. */
const SEARCHES = [
  'is:unresolved environment:production level:error',
  'is:unresolved release:shop@1.4.2 region:eu-1',
  'error.type:TypeError !plan:silver',
  'flow:flow-*GHJ*',
  'is:unresolved reading total',
  'timesSeen:>10 firstSeen:-24h',
  'user:"id:10042"',
  'error.type:RangeError',
];

export type Reads = Record<
  'first page of the issue list' | 'filtered search' | 'an issue' | 'its latest event',
  number[]
>;

export async function waitUntilReadable(port: number, ids: readonly string[]): Promise<void> {
  const deadline = Date.now() + READABLE_MS;
  for (const id of ids) {
    while ((await fetch(`${base(port)}/eventids/${id}/`).then(drained)) !== 200) {
      if (Date.now() > deadline) throw new Error(`Event ${id} was answered and cannot be read.`);
      await wait(5);
    }
  }
}

/** Throws where the events and issues are not the ones that were sent. */
export async function measureReads(port: number, expected: { events: number; issues: number }): Promise<Reads> {
  const counted = await readJson(`${base(port)}/events/?dataset=errors&field=count()`, Count);
  const events = counted.data[0]?.['count()'];
  if (events !== expected.events) throw new Error(`${expected.events} events were answered, ${events} are there.`);
  const list = `${base(port)}/issues/?query=is:unresolved`;
  const hits = Number((await fetch(list)).headers.get('x-hits'));
  if (hits !== expected.issues) throw new Error(`${expected.issues} issues were expected, ${hits} are there.`);
  const ids = (await readJson(list, Listed)).map(({ id }) => id);
  const reads: Reads = {
    'first page of the issue list': [],
    'filtered search': [],
    'an issue': [],
    'its latest event': [],
  };
  for (let call = 0; call < CALLS; call += 1) {
    const id = ids[(call * 7) % ids.length];
    const search = encodeURIComponent(SEARCHES[call % SEARCHES.length] ?? '');
    reads['first page of the issue list'].push(await timed(list));
    reads['filtered search'].push(await timed(`${base(port)}/issues/?query=${search}`));
    reads['an issue'].push(await timed(`${base(port)}/issues/${id}/`));
    reads['its latest event'].push(await timed(`${base(port)}/issues/${id}/events/latest/`));
  }
  return reads;
}

function base(port: number): string {
  return `http://127.0.0.1:${port}/api/0/organizations/bench`;
}

async function timed(url: string): Promise<number> {
  const begun = performance.now();
  const status = await fetch(url).then(drained);
  if (status !== 200) throw new Error(`${status} for ${url}`);
  return performance.now() - begun;
}

async function drained(response: Response): Promise<number> {
  await response.arrayBuffer();
  return response.status;
}

async function readJson<T>(url: string, shape: z.ZodType<T>): Promise<T> {
  return shape.parse(await (await fetch(url)).json());
}
