/** The harness's end of the wire to the app's server processes: which services they call, and control events on demand. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const OutgoingCall = z.object({
  method: z.string(),
  url: z.string(),
  status: z.int().optional(),
  error: z.string().optional(),
  at: z.string(),
  durationMs: z.number(),
  /** The request that the server was answering when it made this call. */
  during: z.object({ method: z.string(), path: z.string() }).optional(),
});
export type OutgoingCall = z.infer<typeof OutgoingCall>;

const Message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), pid: z.int() }),
  z.object({ type: z.literal('outgoing'), ...OutgoingCall.shape }),
  z.object({ type: z.literal('raised'), id: z.int(), raised: z.boolean() }),
]);

export interface ControlChannel {
  /** Variables that make a Node process of the app connect. */
  readonly env: Record<string, string>;
  /** Calls to other hosts so far, oldest first. */
  outgoing(): OutgoingCall[];
  /** Raises an error in every connected process that has a Sentry SDK; returns how many there were. */
  raiseControlEvent(text: string): Promise<number>;
  close(): Promise<void>;
}

const PRELOAD = fileURLToPath(new URL('../../observe/server-preload.cjs', import.meta.url));
const MOST_CALLS = 10_000;
const ANSWER_MS = 2_000;

export async function openControlChannel(): Promise<ControlChannel> {
  const calls: OutgoingCall[] = [];
  const sockets = new Set<Socket>();
  const answers = new Map<Socket, (raised: boolean) => void>();
  let asked = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setEncoding('utf8');
    let rest = '';
    socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const message = parseMessage(line);
        if (message?.type === 'outgoing' && calls.length < MOST_CALLS) {
          const { type: _, ...call } = message;
          calls.push(call);
        }
        if (message?.type === 'raised' && message.id === asked) answers.get(socket)?.(message.raised);
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      answers.get(socket)?.(false);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    env: { MENDWRIGHT_CONTROL: String(port), NODE_OPTIONS: `--require=${JSON.stringify(PRELOAD)}` },
    outgoing: () => [...calls],
    raiseControlEvent: async (text) => {
      asked++;
      const raised = await Promise.all([...sockets].map((socket) => ask(socket, { id: asked, text }, answers)));
      return raised.filter(Boolean).length;
    },
    close: async () => {
      server.on('connection', (socket) => socket.destroy());
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function ask(
  socket: Socket,
  { id, text }: { id: number; text: string },
  answers: Map<Socket, (raised: boolean) => void>,
): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ANSWER_MS);
    answers.set(socket, (raised) => {
      clearTimeout(timer);
      answers.delete(socket);
      resolve(raised);
    });
    socket.write(`${JSON.stringify({ type: 'control-event', id, text })}\n`);
  });
}

/** What the app itself writes to that port is nobody's business: lines of another form are passed over. */
function parseMessage(line: string): z.infer<typeof Message> | undefined {
  try {
    const parsed = Message.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
