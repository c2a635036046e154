/** Answers the workers of a screening suite, which ask for a turn before each patch: one at a time in each copy of the app. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { listenLocally } from './listen-locally.ts';

const Told = z.object({
  /** Index of the copy of the app. */
  app: z.int().nonnegative(),
  /** Number of the patch in its tree; -1 for none. */
  number: z.int(),
  /** Title of the scenario, as its author wrote it. */
  title: z.string(),
  /** At the end of a turn: whether the scenario sent something that may have changed the app's data. */
  wrote: z.boolean().default(false),
  /** Switches that its pages came by. */
  asked: z.array(z.int()).default([]),
  /** Whether something ran in them in which the patch was not selected. */
  mixed: z.boolean().default(false),
  red: z.boolean().default(false),
});
type Turn = z.infer<typeof Told>;

export interface Turns {
  readonly url: string;
  close(): Promise<void>;
}

const GONE = 410;

/** `take` is true when the copy of the app runs the patch, false where the patch is out already; what it throws is told to the worker. */
export async function openTurns(handlers: {
  take: (turn: Turn) => Promise<boolean>;
  end: (turn: Turn) => Promise<void>;
}): Promise<Turns> {
  const answer = async (path: string, body: string): Promise<number> => {
    const turn = Told.parse(JSON.parse(body));
    if (path === '/take') return (await handlers.take(turn)) ? 204 : GONE;
    await handlers.end(turn);
    return 204;
  };
  const server = createServer((request, response) => {
    text(request)
      .then((body) => answer(request.url ?? '', body))
      .then(
        (status) => response.writeHead(status).end(),
        (error) => response.writeHead(500).end(String(error instanceof Error ? error.message : error)),
      );
  });
  const port = await listenLocally(server);
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
