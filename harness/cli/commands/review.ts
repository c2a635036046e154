/** `review`: the review page on a port until it is interrupted, or as files in a folder. */
import { once } from 'node:events';
import { resolve } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { Failure } from '../../model/failure.ts';
import { reviewServer } from '../../review/review-server.ts';
import type { ReviewTools } from '../../review/tools.ts';
import { traceServer } from '../../review/trace-server.ts';
import { listen } from '../../web/listen.ts';
import { LOOPBACK } from '../../web/own-page.ts';
import { noNight } from '../review/no-night.ts';
import { openBrowser } from '../review/open-browser.ts';
import { openReview } from '../review/open-review.ts';
import { writePages } from '../review/write-pages.ts';

export interface ReviewFlags {
  readonly cwd: string;
  readonly config?: string;
  readonly json?: boolean;
  /** A run's id, or `latest`, which it is where left out. */
  readonly run: string | undefined;
  readonly port?: number;
  readonly host: string;
  readonly token?: string;
  readonly open?: boolean;
  /** A folder, or true for the run's own. */
  readonly static?: string | true;
  readonly approve?: 'merge' | 'push';
  readonly into?: string;
  readonly push?: string;
  readonly dryRun?: boolean;
}

/** Prints the address and serves until `signal` aborts, or writes the files and prints where. */
export async function review(flags: ReviewFlags, signal: AbortSignal, print: (text: string) => void): Promise<void> {
  const { tools, home } = await openReview(flags);
  if (flags.static === undefined) return serve(flags, tools, signal, print);
  const folder = flags.static === true ? undefined : resolve(flags.cwd, flags.static);
  const written = await writePages(tools, { home, run: flags.run ?? 'latest', folder });
  print(flags.json ? JSON.stringify(written) : written.index);
}

async function serve(
  { host, token, port = 0, dryRun = false, run, json, open }: ReviewFlags,
  tools: ReviewTools,
  signal: AbortSignal,
  print: (text: string) => void,
): Promise<void> {
  checkDoor(host, token);
  if (run !== undefined && run !== 'latest' && tools.night(run) === undefined) throw noNight(run);
  const who = 'The review page';
  const traces = traceServer(tools, { host });
  const tracePort = await listen(getRequestListener(traces), { who, host, port: 0 });
  try {
    const server = reviewServer(tools, {
      ...{ host, token, isDryRun: dryRun, now: () => new Date() },
      traces: (id, hostname) => `http://${hostname}:${tracePort.port}${traces.pathOf(id)}`,
    });
    const { url, close } = await listen(getRequestListener(server), { who, host, port });
    const address = `${url}${server.firstPath}${run === undefined || run === 'latest' ? '' : `&run=${run}`}`;
    print(
      json
        ? JSON.stringify({ url, address })
        : `The review page is at\n  ${address}\nThat address opens one browser, once. Ctrl-C ends it.`,
    );
    if (open) openBrowser(address);
    if (!signal.aborted) await once(signal, 'abort');
    await close();
  } finally {
    await tracePort.close();
  }
}

const SHORTEST_TOKEN = 16;

function checkDoor(host: string, token: string | undefined): void {
  if (!LOOPBACK.test(host) && token === undefined) {
    throw new Failure(
      'usage',
      'review-open-to-strangers',
      `The review page does not listen on ${host} without a token.`,
      {
        hint: 'Pass --token, or listen on 127.0.0.1.',
      },
    );
  }
  if (token !== undefined && token.length < SHORTEST_TOKEN) {
    throw new Failure('usage', 'token-too-short', `A token needs ${SHORTEST_TOKEN} letters or more.`, {
      hint: 'For example: openssl rand -base64 24',
    });
  }
}
