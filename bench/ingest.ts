/**
 * How many error events of 5 kB the embedded Sentry takes, grouped and readable, against Spotlight (which keeps 500 envelopes in
 * memory and groups nothing) and against a bare node:http server that only parses; then how it answers with all of them in its
 * file. `MENDWRIGHT_BENCH_EVENTS` sets how many events fill the file (1,000,000) and `MENDWRIGHT_BENCH_ROUND` how many each server
 * is sent per round; Ctrl-C ends it at any time.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, percentile } from '../test/statistics.ts';
import type { Bench, BenchResult } from './bench.ts';
import { measureReads, waitUntilReadable } from './ingest/read-api.ts';
import { type Load, type Sent, sendEvents } from './ingest/send-events.ts';
import { type ServerProcess, startServer } from './ingest/server-process.ts';
import { installSpotlight } from './ingest/spotlight.ts';

const CONNECTIONS = 8;
const ISSUES = 5000;
const ROUNDS = 3;
const EVENTS = sizeOf('MENDWRIGHT_BENCH_EVENTS', 1_000_000);
const ROUND = sizeOf('MENDWRIGHT_BENCH_ROUND', 20_000);
/** Spotlight takes some hundred events a second. */
const SPOTLIGHT_ROUND = Math.ceil(ROUND / 10);

function sizeOf(name: string, usual: number): number {
  const size = Number(process.env[name] ?? usual);
  if (!Number.isInteger(size) || size < 100) throw new Error(`${name} is a whole number from 100.`);
  return size;
}

type Server = 'bare' | 'embedded' | 'spotlight';

interface Round extends Sent {
  /** Until the last event could be read, where there is something to read. */
  readonly rate: number;
}

async function runRound(server: ServerProcess, load: Omit<Load, 'port' | 'path' | 'connections'>): Promise<Round> {
  const begun = performance.now();
  const sent = await sendEvents({ ...server, connections: CONNECTIONS, ...load });
  if (server.isReadable) await waitUntilReadable(server.port, sent.lastIds);
  return { ...sent, rate: (sent.answered / (performance.now() - begun)) * 1000 };
}

/** Rounds take turns, and each starts its server anew: none profits from a quiet minute or a warm file alone. */
async function compare(
  servers: readonly Server[],
  work: string,
  signal: AbortSignal,
): Promise<Record<Server, number[]>> {
  const rates: Record<Server, number[]> = { bare: [], embedded: [], spotlight: [] };
  for (let round = 0; round < ROUNDS && !signal.aborted; round += 1) {
    for (const name of servers) {
      const server = await startServer(name, work);
      try {
        const events = name === 'spotlight' ? SPOTLIGHT_ROUND : ROUND;
        // The first events only warm the server up.
        await runRound(server, { events: Math.ceil(events / 4), issues: ISSUES, signal });
        const { rate } = await runRound(server, { events, issues: ISSUES, from: events, signal });
        rates[name].push(rate);
        note(`${name} ${Math.round(rate)} events/s`);
      } finally {
        await server.stop();
      }
    }
  }
  return rates;
}

function note(text: string): void {
  process.stderr.write(`${text} (load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores)\n`);
}

async function measure(): Promise<BenchResult> {
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort(new Error('The bench was interrupted.'));
  process.once('SIGINT', onInterrupt);
  const work = mkdtempSync(join(tmpdir(), 'mendwright-ingest-'));
  try {
    const spotlight = await installSpotlight(work, stop.signal);
    if (spotlight !== undefined) note(`Spotlight is left out: ${spotlight}`);
    const servers: Server[] = spotlight === undefined ? ['bare', 'embedded', 'spotlight'] : ['bare', 'embedded'];
    const rates = await compare(servers, work, stop.signal);
    const full = await startServer('embedded', work);
    try {
      return await fillAndRead(full, rates, stop.signal);
    } finally {
      await full.stop();
    }
  } finally {
    process.off('SIGINT', onInterrupt);
    rmSync(work, { recursive: true, force: true });
  }
}

async function fillAndRead(
  server: ServerProcess,
  rates: Record<Server, number[]>,
  signal: AbortSignal,
): Promise<BenchResult> {
  const filled = await runRound(server, {
    events: EVENTS,
    issues: ISSUES,
    signal,
    onProgress: (answered) => answered % 50_000 === 0 && note(`${answered} events`),
  });
  signal.throwIfAborted();
  const p99Ms = percentile(filled.latencies, 0.99);
  const reads = await measureReads(server.port, { events: EVENTS, issues: Math.min(ISSUES, EVENTS) });
  const rssMiB = server.readRss();
  const rateOf = (name: Server): number => median(rates[name]);
  const rows = [
    ...Object.entries(rates)
      .filter(([, found]) => found.length > 0)
      .map(([name, found]) => ({
        what: `${name}: events/s`,
        events: ROUND,
        median: median(found),
        p95: '',
        worst: Math.min(...found),
      })),
    {
      what: `embedded, file of ${EVENTS} events: events/s`,
      events: EVENTS,
      median: filled.rate,
      p95: '',
      worst: '',
    },
    {
      what: 'answer to an event, ms',
      events: EVENTS,
      median: percentile(filled.latencies, 0.5),
      p95: percentile(filled.latencies, 0.95),
      worst: percentile(filled.latencies, 1),
    },
    ...Object.entries(reads).map(([what, times]) => ({
      what: `${what}, ms`,
      events: EVENTS,
      median: percentile(times, 0.5),
      p95: percentile(times, 0.95),
      worst: percentile(times, 1),
    })),
  ];
  const embedded = rateOf('embedded');
  return {
    rows,
    figures: {
      ...(rates.spotlight.length > 0 && { ratioToSpotlight: embedded / rateOf('spotlight') }),
      ratioToBare: embedded / rateOf('bare'),
      p99Ms,
      rssMiB,
      listP95Ms: percentile(reads['first page of the issue list'], 0.95),
      searchP95Ms: percentile(reads['filtered search'], 0.95),
      issueP95Ms: Math.max(percentile(reads['an issue'], 0.95), percentile(reads['its latest event'], 0.95)),
    },
  };
}

export const bench: Bench = {
  name: 'ingest',
  summary: `error events of 5 kB over ${CONNECTIONS} connections into a durable file, grouped and readable; then reads`,
  measure,
};
