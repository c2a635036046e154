/** Sends events over kept connections, each of which waits for its answer: a load that costs less than what it measures. */
import { connect, type Socket } from 'node:net';
import { MARKS, type Mark, sampleEnvelope } from './sample-event.ts';

export interface Load {
  readonly port: number;
  /** `/api/1/envelope/?sentry_key=…` */
  readonly path: string;
  readonly connections: number;
  readonly events: number;
  readonly issues: number;
  /** Added to the events' numbers, so that several loads make different events. */
  readonly from?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (answered: number) => void;
}

export interface Sent {
  readonly seconds: number;
  readonly answered: number;
  /** Milliseconds from a request's first byte to its answer's last, unsorted. */
  readonly latencies: Float64Array;
  /** The id of the last event of each connection. */
  readonly lastIds: readonly string[];
}

/** Throws where an answer is not 200. */
export async function sendEvents(load: Load): Promise<Sent> {
  const latencies = new Float64Array(load.events);
  const state = { next: 0, answered: 0 };
  const begun = performance.now();
  const lastIds = await Promise.all(
    Array.from({ length: load.connections }, () => runConnection(load, state, latencies)),
  );
  const seconds = (performance.now() - begun) / 1000;
  return {
    seconds,
    answered: state.answered,
    latencies: latencies.subarray(0, state.answered),
    lastIds: lastIds.flatMap((id) => id ?? []),
  };
}

interface State {
  next: number;
  answered: number;
}

function runConnection(load: Load, state: State, latencies: Float64Array): Promise<string | undefined> {
  const { bytes, places } = prepare(load.path);
  const socket: Socket = connect({ port: load.port, host: '127.0.0.1', noDelay: true });
  return new Promise((resolve, reject) => {
    let lastId: string | undefined;
    let begun = 0;
    let answer = '';
    const sendNext = (): void => {
      if (state.next >= load.events || load.signal?.aborted) {
        socket.end();
        resolve(lastId);
        return;
      }
      lastId = write(bytes, places, (load.from ?? 0) + state.next, load.issues);
      state.next += 1;
      answer = '';
      begun = performance.now();
      socket.write(bytes);
    };
    socket.on('connect', sendNext);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`The server closed a connection after ${state.answered} answers.`)));
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
      if (!isWhole(answer)) return;
      if (!answer.startsWith('HTTP/1.1 200')) return reject(new Error(answer.slice(0, 500)));
      latencies[state.answered] = performance.now() - begun;
      state.answered += 1;
      if (state.answered % 10_000 === 0) load.onProgress?.(state.answered);
      sendNext();
    });
  });
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /content-length: *(\d+)/i.exec(answer)?.[1];
  if (length !== undefined) return answer.length >= end + 4 + Number(length);
  return answer.endsWith('0\r\n\r\n');
}

const NAMES = ['id', 'trace', 'time', 'issue', 'user'] as const;

type Places = Readonly<Record<Mark, readonly number[]>>;

function prepare(path: string): { bytes: Buffer; places: Places } {
  const body = sampleEnvelope();
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: text/plain;charset=UTF-8\r\nuser-agent: bench\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const bytes = Buffer.from(head + body, 'latin1');
  const all = (mark: string): number[] => {
    const found: number[] = [];
    for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) found.push(at);
    return found;
  };
  const { id, trace, time, issue, user } = MARKS;
  return { bytes, places: { id: all(id), trace: all(trace), time: all(time), issue: all(issue), user: all(user) } };
}

/** Spreads neighbouring numbers over ids as random ones are: an index must not profit from their order. */
function mixed(number: number): string {
  let text = '';
  for (let part = 1; part <= 4; part += 1) {
    let hash = Math.imul(number + 0x9e3779b9 * part, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    text += ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0');
  }
  return text;
}

function write(bytes: Buffer, places: Places, number: number, issues: number): string {
  const id = mixed(number);
  const values: Record<Mark, string> = {
    id,
    trace: mixed(number + 500_000_000),
    time: (Date.now() / 1000).toFixed(3),
    issue: letters(Math.imul(number, 7919) % issues),
    user: String(10_000 + (number % 40_000)),
  };
  for (const mark of NAMES) {
    for (const place of places[mark]) bytes.write(values[mark], place, 'latin1');
  }
  return id;
}

/** Five letters: digits would be taken out of what groups. */
function letters(number: number): string {
  let text = '';
  for (let rest = Math.abs(number), place = 0; place < 5; place += 1, rest = Math.floor(rest / 20)) {
    text += 'ghjklmnpqrstvwxzGHJK'[rest % 20] ?? 'g';
  }
  return text;
}
