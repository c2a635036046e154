/** Stands before a server and writes down every request with its answer's status; what was refused, with its words. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Exchange {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly status: number;
  /** Whether the test read something back, rather than the client. */
  readonly isReader: boolean;
  /** The start of what was sent and answered; empty where the request succeeded. */
  readonly body: string;
  readonly answer: string;
}

export interface RecordingProxy {
  readonly url: string;
  /** In the order in which they were answered. */
  readonly exchanges: readonly Exchange[];
  close(): Promise<void>;
}

/** A request with this header is the test's own. */
export const READER = 'x-reads-back';
const SHOWN = 400;

/** `target` is asked for each request: it may not be known before the proxy is. */
export async function recordingProxy(target: () => string): Promise<RecordingProxy> {
  const exchanges: Exchange[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { status, answer } = await forward(new URL(request.url ?? '/', target()), request, body, response);
    const isRefused = status >= 400;
    exchanges.push({
      method: request.method ?? '',
      path: request.url ?? '',
      status,
      isReader: READER in request.headers,
      body: isRefused ? body.toString('utf8', 0, SHOWN) : '',
      answer: isRefused ? answer.toString('utf8', 0, SHOWN) : '',
    });
    response.end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    exchanges,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Writes the head of the answer; its body is left to the caller, who writes the exchange down before the client goes on. */
async function forward(url: URL, { method, headers }: IncomingMessage, body: Buffer, response: ServerResponse) {
  const { 'transfer-encoding': _, ...passed } = headers;
  const onward = send(url, { method, headers: { ...passed, 'content-length': body.byteLength } });
  onward.end(body);
  const [answered] = await once(onward, 'response');
  const given: IncomingMessage = answered;
  const status = given.statusCode ?? 0;
  const { 'transfer-encoding': __, ...told } = given.headers;
  const answer = await buffer(given);
  response.writeHead(status, told);
  return { status, answer };
}
