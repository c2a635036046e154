/** Sends hostile envelopes and calls to an embedded Sentry, and tells every answer that a server must not give. */
import { sentryServer } from '../../harness/sentry-server/sentry-server.ts';
import { URL_OF_SERVER } from '../contract/embedded.ts';
import { seeded } from '../random.ts';
import { hostileCall } from './fuzz-calls.ts';
import { hostileEnvelope } from './fuzz-envelopes.ts';

export interface FuzzReport {
  readonly envelopes: number;
  readonly calls: number;
  /** Answers by their status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** What was asked, and what came of it; empty when all is well. */
  readonly defects: readonly string[];
  /** Bytes of the heap and beside it that the last third of the run added. */
  readonly growth: number;
}

export interface FuzzOptions {
  readonly seed: number;
  /** Whether to go on; asked before each round of one envelope and one call. */
  readonly goesOn: (rounds: number) => boolean;
}

/** Paths for people, which the Web API does not name. */
const PAGES = [
  '/',
  '/sign-in/',
  '/organizations/:org/issues/:issue/',
  '/organizations/:org/issues/:issue/events/:event/',
  '/organizations/:org/issues/:issue/events/:event/json/',
];
/** A call that takes longer hangs the server for all others. */
const SLOW_MS = 5000;
const MAX_DEFECTS = 20;

export async function fuzzServer({ seed, goesOn }: FuzzOptions): Promise<FuzzReport> {
  const random = seeded(seed);
  const server = sentryServer();
  const { id, publicKey } = server.ensureProject({ slug: 'shop' });
  const reads = server.operations.flatMap((operation) => /^GET (.*)/.exec(operation)?.[1] ?? []);
  const routes = [...reads, ...PAGES];
  const statuses = new Map<number, number>();
  const defects: string[] = [];
  const ask = async (request: Request, what: string) => {
    const cpu = process.cpuUsage();
    try {
      const answer = await server(request);
      const text = await answer.text();
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      // 503 tells of a full disk, and there is none here.
      if (answer.status >= 500) defects.push(`${answer.status} ${what}: ${text.slice(0, 200)}`);
    } catch (error) {
      defects.push(`thrown ${what}: ${error instanceof Error ? error.stack?.slice(0, 600) : String(error)}`);
    }
    const { user, system } = process.cpuUsage(cpu);
    if ((user + system) / 1000 > SLOW_MS) defects.push(`slow ${what}: ${Math.round((user + system) / 1000)} ms`);
  };
  const marks: number[] = [];
  let rounds = 0;
  for (; goesOn(rounds) && defects.length < MAX_DEFECTS; rounds += 1) {
    const { body, headers, endpoint } = hostileEnvelope(random);
    const url = `${URL_OF_SERVER}/api/${id}/${endpoint}/?sentry_key=${publicKey}`;
    await ask(new Request(url, { method: 'POST', body, headers }), `envelope ${rounds} of seed ${seed}`);
    const call = hostileCall(random.pick(routes), random);
    if (URL.canParse(`${URL_OF_SERVER}${call}`))
      await ask(new Request(`${URL_OF_SERVER}${call}`), `GET ${call} in round ${rounds}`);
    if (rounds % 100 === 0) marks.push(memory());
  }
  server.close();
  const late = marks.slice(Math.floor((marks.length * 2) / 3));
  const growth = (late.at(-1) ?? 0) - (late[0] ?? 0);
  if ('polluted' in {}) defects.push('Object.prototype was polluted');
  return { envelopes: rounds, calls: rounds, statuses, defects, growth };
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}
