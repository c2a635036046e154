// Loaded by NODE_OPTIONS=--require into every Node process of the app under test: tells the harness which services it
// calls, and raises control events on demand. Plain CommonJS for any Node from 18 on; it never throws into the app and
// never keeps a process alive.
'use strict';

const { connect } = require('node:net');
const { AsyncLocalStorage } = require('node:async_hooks');
const { subscribe } = require('node:diagnostics_channel');

const port = Number(process.env.MENDWRIGHT_CONTROL);
if (port > 0) watch();

/** The request that the server is answering where a call is made. */
const answering = new AsyncLocalStorage();

function watch() {
  subscribe('http.server.request.start', ({ request }) => {
    answering.enterWith({ method: request.method, path: request.url });
  });
  const socket = connect({ host: '127.0.0.1', port });
  socket.unref();
  socket.on('error', () => socket.destroy()); // The harness has gone: there is nobody to tell.
  const send = (message) => {
    if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
  };
  send({ type: 'hello', pid: process.pid });
  receive(socket, send);
  watchFetch(send);
  watchHttp(send);
}

function hasSentry() {
  const carrier = globalThis.__SENTRY__;
  return carrier !== undefined && carrier !== null && carrier.version !== undefined;
}

function receive(socket, send) {
  let rest = '';
  socket.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) answer(JSON.parse(line), send);
  });
}

function answer(command, send) {
  if (command.type !== 'control-event') return;
  const raised = hasSentry();
  // A rejection passes the SDK's integrations, beforeSend and transport like any error of the app, and ends no process.
  if (raised) Promise.reject(new Error(command.text));
  send({ type: 'raised', id: command.id, raised });
}

/** Sentry's own envelopes are not calls of the app. */
function isEnvelope(path) {
  return /\/api\/\d+\/(envelope|store)\//.test(path);
}

function watchFetch(send) {
  const starts = new WeakMap();
  const tell = (request, outcome) => {
    if (isEnvelope(request.path)) return;
    const url = `${request.origin}${request.path}`;
    send({ type: 'outgoing', method: request.method, url, ...end(starts.get(request)), ...outcome });
  };
  subscribe('undici:request:create', ({ request }) => starts.set(request, begin()));
  subscribe('undici:request:headers', ({ request, response }) => tell(request, { status: response.statusCode }));
  subscribe('undici:request:error', ({ request, error }) => tell(request, { error: textOf(error) }));
}

function watchHttp(send) {
  const starts = new WeakMap();
  const tell = (request, outcome) => {
    if (isEnvelope(request.path)) return;
    const url = `${request.protocol}//${request.getHeader('host') ?? request.host}${request.path}`;
    send({ type: 'outgoing', method: request.method, url, ...end(starts.get(request)), ...outcome });
  };
  subscribe('http.client.request.start', ({ request }) => starts.set(request, begin()));
  subscribe('http.client.response.finish', ({ request, response }) => tell(request, { status: response.statusCode }));
  subscribe('http.client.request.error', ({ request, error }) => tell(request, { error: textOf(error) }));
}

function begin() {
  return { start: Date.now(), during: answering.getStore() };
}

function end({ start, during } = begin()) {
  return { at: new Date(start).toISOString(), durationMs: Date.now() - start, during };
}

function textOf(error) {
  return String(error?.code ?? error?.message ?? error);
}
