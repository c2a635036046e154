/** The harness's end of the wire to the app's server processes: which services they call, and control events on demand. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ThrowState } from '../../model/throw-state.ts';

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
  z.object({ type: z.literal('pausing'), id: z.int(), pausing: z.boolean() }),
  z.object({ type: z.literal('thrown'), state: ThrowState }),
]);

export interface ControlChannel {
  /** Variables that make a Node process of the app connect. */
  readonly env: Record<string, string>;
  /** Calls to other hosts so far, oldest first. */
  outgoing(): OutgoingCall[];
  /** Raises an error in every connected process that has a Sentry SDK; returns how many there were. */
  raiseControlEvent(text: string): Promise<number>;
  /** Lets every connected process copy the values at throws whose message matches; none without patterns. Returns how many do. */
  pauseAtThrow(patterns: readonly string[]): Promise<number>;
  /** What they copied so far, oldest first. */
  throws(): ThrowState[];
  close(): Promise<void>;
}

const PRELOAD = fileURLToPath(new URL('../../observe/server-preload.cjs', import.meta.url));
const MOST_CALLS = 10_000;
const MOST_THROWS = 50;
const ANSWER_MS = 2_000;

export async function openControlChannel(): Promise<ControlChannel> {
  const calls: OutgoingCall[] = [];
  const throws: ThrowState[] = [];
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
        if (message?.type === 'thrown' && throws.length < MOST_THROWS) throws.push(message.state);
        if (message?.type === 'raised' && message.id === asked) answers.get(socket)?.(message.raised);
        if (message?.type === 'pausing' && message.id === asked) answers.get(socket)?.(message.pausing);
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      answers.get(socket)?.(false);
    });
  });
  const askAll = async (command: object): Promise<number> => {
    const question = { ...command, id: ++asked };
    const answered = await Promise.all([...sockets].map((socket) => ask(socket, question, answers)));
    return answered.filter(Boolean).length;
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    env: { MENDWRIGHT_CONTROL: String(port), NODE_OPTIONS: `--require=${JSON.stringify(PRELOAD)}` },
    outgoing: () => [...calls],
    raiseControlEvent: (text) => askAll({ type: 'control-event', text }),
    pauseAtThrow: (patterns) => askAll({ type: 'pause-at-throw', patterns }),
    throws: () => [...throws],
    close: async () => {
      server.on('connection', (socket) => socket.destroy());
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function ask(socket: Socket, question: object, answers: Map<Socket, (done: boolean) => void>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ANSWER_MS);
    answers.set(socket, (done) => {
      clearTimeout(timer);
      answers.delete(socket);
      resolve(done);
    });
    socket.write(`${JSON.stringify(question)}\n`);
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
