/** The harness's end of the wire to the app's server processes: services they call, throws, coverage, control events. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ThrowState } from '../../model/throw-state.ts';
import { CoveredScript } from '../../model/witness.ts';
import { listenLocally } from './listen-locally.ts';

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

/** What a process answers to a command, with the number that the command had. */
const Answer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('raised'), id: z.int(), raised: z.boolean() }),
  z.object({ type: z.literal('pausing'), id: z.int(), pausing: z.boolean() }),
  z.object({ type: z.literal('covering'), id: z.int(), covering: z.boolean() }),
  z.object({ type: z.literal('covered'), id: z.int(), covered: z.array(CoveredScript) }),
  z.object({ type: z.literal('selected'), id: z.int() }),
]);
type Answer = z.infer<typeof Answer>;

const Message = z.discriminatedUnion('type', [
  ...Answer.options,
  z.object({ type: z.literal('hello'), pid: z.int() }),
  z.object({ type: z.literal('outgoing'), ...OutgoingCall.shape }),
  z.object({ type: z.literal('thrown'), state: ThrowState }),
  z.object({ type: z.literal('take-coverage') }),
  z.object({ type: z.literal('asked'), number: z.int(), selected: z.boolean(), early: z.boolean() }),
]);

/** Numbers of a switched tree. */
export interface SwitchesAsked {
  /** Patches that a process ran. */
  readonly reached: ReadonlySet<number>;
  /** Patches and files of which a process came by. */
  readonly asked: ReadonlySet<number>;
  /** Those that were asked for while a process started, before any patch was selected. */
  readonly early: ReadonlySet<number>;
  /** Those of which a process came by since a patch was last selected. */
  readonly recent: ReadonlySet<number>;
}

export interface ControlChannel {
  /** Variables that make a Node process of the app connect. */
  readonly env: Record<string, string>;
  /** Calls to other hosts so far, oldest first. */
  outgoing(): OutgoingCall[];
  /** Raises an error in every connected process that has a Sentry SDK; returns how many there were. */
  raiseControlEvent(text: string): Promise<number>;
  /**
   * Lets every connected process copy the values at throws whose message matches, and evaluate expressions in the throwing
   * frame; none without patterns. Returns how many do.
   */
  pauseAtThrow(patterns: readonly string[], expressions?: readonly string[]): Promise<number>;
  /** What they copied so far, oldest first. */
  throws(): ThrowState[];
  /** Lets every connected process count the calls of its functions, or count them no more. Returns how many do. */
  cover(on: boolean): Promise<number>;
  /** Has every connected process run a patch of a switched tree; `name` is that of the function which the tree asks. */
  select(name: string, number: number): Promise<number>;
  /** Which switches of a tree were asked so far. */
  switches(): SwitchesAsked;
  /** Where the observer of a suite asks for what they counted: see `takeServerCoverage`. */
  readonly port: number;
  close(): Promise<void>;
}

const PRELOAD = fileURLToPath(new URL('../../observe/server-preload.cjs', import.meta.url));
const MOST_CALLS = 10_000;
const MOST_THROWS = 50;
const ANSWER_MS = 2_000;

export async function openControlChannel(): Promise<ControlChannel> {
  const calls: OutgoingCall[] = [];
  const throws: ThrowState[] = [];
  const switches = {
    reached: new Set<number>(),
    asked: new Set<number>(),
    early: new Set<number>(),
    recent: new Set<number>(),
  };
  const open = new Set<Socket>();
  /** Of the app's processes: all but those that ask for coverage. */
  const sockets = new Set<Socket>();
  const waiting = new Map<Socket, (answer: Answer | undefined) => void>();
  let asked = 0;
  const askAll = async (command: object): Promise<Answer[]> => {
    const question = { ...command, id: ++asked };
    const answers = await Promise.all([...sockets].map((socket) => ask(socket, question, waiting)));
    return answers.filter((answer) => answer !== undefined);
  };
  /** Observers of one suite ask one after the other, but two processes of one may meet. */
  let taking: Promise<unknown> = Promise.resolve();
  const takeCoverage = async (): Promise<CoveredScript[]> => {
    const answers = taking.then(() => askAll({ type: 'take-coverage' }));
    taking = answers;
    return (await answers).flatMap((answer) => (answer.type === 'covered' ? answer.covered : []));
  };
  const hear = (message: z.infer<typeof Message>, socket: Socket): void => {
    if (message.type === 'outgoing') {
      const { type: _, ...call } = message;
      if (calls.length < MOST_CALLS) calls.push(call);
    } else if (message.type === 'thrown') {
      if (throws.length < MOST_THROWS) throws.push(message.state);
    } else if (message.type === 'asked') {
      switches.asked.add(message.number);
      switches.recent.add(message.number);
      if (message.selected) switches.reached.add(message.number);
      if (message.early) switches.early.add(message.number);
    } else if (message.type === 'take-coverage') {
      sockets.delete(socket);
      void takeCoverage().then((covered) => socket.write(`${JSON.stringify({ covered })}\n`));
    } else if (message.type !== 'hello' && message.id === asked) waiting.get(socket)?.(message);
  };
  const server = createServer((socket) => {
    open.add(socket);
    sockets.add(socket);
    socket.setEncoding('utf8');
    let rest = '';
    socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const message = parseMessage(line);
        if (message) hear(message, socket);
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      open.delete(socket);
      sockets.delete(socket);
      waiting.get(socket)?.(undefined);
    });
  });
  const port = await listenLocally(server);
  const count = async (command: object): Promise<number> => (await askAll(command)).filter(isDone).length;
  return {
    env: { MENDWRIGHT_CONTROL: String(port), NODE_OPTIONS: `--require=${JSON.stringify(PRELOAD)}` },
    port,
    outgoing: () => [...calls],
    raiseControlEvent: (text) => count({ type: 'control-event', text }),
    pauseAtThrow: (patterns, expressions = []) => count({ type: 'pause-at-throw', patterns, expressions }),
    throws: () => [...throws],
    select: (name, number) => {
      switches.recent.clear();
      return count({ type: 'select', name, number });
    },
    switches: () => switches,
    cover: (on) => count({ type: 'cover', on }),
    close: async () => {
      server.on('connection', (socket) => socket.destroy());
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function isDone(answer: Answer): boolean {
  if (answer.type === 'raised') return answer.raised;
  if (answer.type === 'pausing') return answer.pausing;
  return answer.type === 'selected' || (answer.type === 'covering' && answer.covering);
}

/** Undefined when the process is gone or does not answer. */
function ask(
  socket: Socket,
  question: object,
  waiting: Map<Socket, (answer: Answer | undefined) => void>,
): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const end = (answer: Answer | undefined): void => {
      clearTimeout(timer);
      waiting.delete(socket);
      resolve(answer);
    };
    const timer = setTimeout(() => end(undefined), ANSWER_MS);
    waiting.set(socket, end);
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
