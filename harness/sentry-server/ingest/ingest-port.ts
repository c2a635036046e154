/** The ingest routes straight on a port: what SDKs send most is answered without `Request` and `Response` objects. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { limits } from '../limits.ts';
import type { ServerParts } from '../server-parts.ts';
import { keyOfRequest } from './client-key.ts';
import { type Body, unpackBody } from './read-body.ts';
import { type IngestCall, takeEnvelope } from './take-envelope.ts';

const PATH = /^\/api\/(?<project>[^/?]+)\/(?:(?<kind>envelope|store)|mirror\/(?<key>[^/?]+))\/?(?<search>\?.*)?$/;

/** Whether SDKs send to it. `path` is without its query. */
export function isIngest(path: string): boolean {
  const project = PATH.exec(path)?.groups?.project;
  // The Web API has routes of that form too.
  return project !== undefined && project !== '0';
}

/** Answers a POST to an ingest route; false where the request is none, and untouched. */
export function takeOnPort(parts: ServerParts, request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'POST') return false;
  const found = PATH.exec(request.url ?? '')?.groups;
  // The Web API has routes of that form too.
  if (found?.project === undefined || found.project === '0') return false;
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const call: IngestCall = {
    kind: found.kind === 'store' ? 'store' : 'envelope',
    project: found.project,
    key: found.key ?? keyOfRequest(found.search ?? '', header),
  };
  answer(parts, call, request, response).catch((error: unknown) => failed(parts, error, response));
  return true;
}

async function answer(
  parts: ServerParts,
  call: IngestCall,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readFromPort(request);
  const { status, body: shown, headers } = await takeEnvelope(parts, call, body);
  // What was not read of a body that is too large would be taken for the next request.
  const ending: Record<string, string> = request.complete ? {} : { connection: 'close' };
  send(response, status, shown, { ...headers, ...ending });
}

function failed(parts: ServerParts, error: unknown, response: ServerResponse): void {
  if (response.destroyed) return;
  const trouble = parts.troubleOf(error);
  send(response, trouble?.status ?? 500, { detail: trouble?.detail ?? 'Internal Error' }, {});
  // A bug of ours must be seen, and must not end the process that a whole night talks to.
  if (trouble === undefined) process.emitWarning(error instanceof Error ? error : String(error));
}

function send(response: ServerResponse, status: number, body: object, headers: Readonly<Record<string, string>>): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

async function readFromPort(request: IncomingMessage): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) return { kind: 'too-large' };
  const bytes = await readBounded(request, limits.bodyBytes);
  if (bytes === undefined) return { kind: 'too-large' };
  return unpackBody(bytes, request.headers['content-encoding'] ?? '', limits.unpackedBytes);
}

/** Undefined where there is more than `max`. */
function readBounded(request: IncomingMessage, max: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > max) {
        request.pause();
        resolve(undefined);
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}
