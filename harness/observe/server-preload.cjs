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
  selectFromStart(send);
  watchFetch(send);
  watchHttp(send);
}

/** Whether an SDK that was initialised will catch a rejection: without its listener, Node would end the app's process. */
function catchesRejections() {
  const carriers = globalThis.__SENTRY__;
  const { stack, defaultCurrentScope } = carriers?.[carriers.version] ?? {};
  const client = stack?.getScope?.().getClient?.() ?? stack?.getClient?.() ?? defaultCurrentScope?.getClient?.();
  return client !== undefined && process.listenerCount('unhandledRejection') > 0;
}

function receive(socket, send) {
  let rest = '';
  socket.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const command = parse(line);
      if (command?.type === 'control-event') answer(command, send);
      if (command?.type === 'pause-at-throw') pause(command, send);
      if (command?.type === 'cover') cover(command, send);
      if (command?.type === 'select') select(command, send);
      if (command?.type === 'take-coverage') send({ type: 'covered', id: command.id, covered: coverage?.take() ?? [] });
    }
  });
}

function answer(command, send) {
  const raised = catchesRejections();
  // A rejection passes the SDK's integrations, beforeSend and transport like any error of the app, and ends no process.
  if (raised) Promise.reject(new Error(command.text));
  send({ type: 'raised', id: command.id, raised });
}

let stopPausing = () => undefined;

/** No patterns: the process runs as ever. */
function pause({ id, patterns, expressions = [] }, send) {
  try {
    stopPausing();
    stopPausing = () => undefined;
    const tell = (state) => send({ type: 'thrown', state: { ...state, during: answering.getStore() } });
    if (patterns.length > 0) stopPausing = require('./pause-in-node.cjs')({ patterns, expressions }, tell);
    send({ type: 'pausing', id, pausing: patterns.length > 0 });
  } catch {
    send({ type: 'pausing', id, pausing: false }); // A Node that was built without its inspector.
  }
}

let coverage;

function cover({ id, on }, send) {
  try {
    coverage?.stop();
    coverage = on ? require('./cover-node.cjs')() : undefined;
    send({ type: 'covering', id, covering: on });
  } catch {
    send({ type: 'covering', id, covering: false });
  }
}

/** Selects a patch of a switched tree for whatever this process runs from now on; see observe/screening.ts for pages. */
function select({ id, name, number }, send) {
  answerSwitches(name, number, (asked) =>
    send({ type: 'asked', number: asked, selected: asked === number, early: false }),
  );
  send({ type: 'selected', id });
}

/** Tells of each number once. */
function answerSwitches(name, number, tell) {
  const told = new Set();
  globalThis[name] = (asked) => {
    if (!told.has(asked)) tell(asked);
    told.add(asked);
    return asked === number;
  };
}

/** What modules ask for while they are loaded is answered by what the process was started with. */
function selectFromStart(send) {
  const [name, number] = (process.env.MENDWRIGHT_SELECT ?? '').split(' ');
  if (!number) return;
  const selected = Number(number);
  const early = selected < 0;
  answerSwitches(name, selected, (asked) =>
    send({ type: 'asked', number: asked, selected: asked === selected, early }),
  );
}

/** Undefined for whatever a stranger on that port may say. */
function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Sentry's own envelopes are not calls of the app. */
function isEnvelope(path) {
  return /\/api\/\d+\/(envelope|store)\//.test(path);
}

function watchFetch(send) {
  const starts = new WeakMap();
  const tell = (request, outcome) => {
    if (isEnvelope(request.path)) return;
    const url = withoutSecrets(`${request.origin}${request.path}`);
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
    const url = withoutSecrets(`${request.protocol}//${request.getHeader('host') ?? request.host}${request.path}`);
    send({ type: 'outgoing', method: request.method, url, ...end(starts.get(request)), ...outcome });
  };
  subscribe('http.client.request.start', ({ request }) => starts.set(request, begin()));
  subscribe('http.client.response.finish', ({ request, response }) => tell(request, { status: response.statusCode }));
  subscribe('http.client.request.error', ({ request, error }) => tell(request, { error: textOf(error) }));
}

/** As clean-text.ts does for the browser's requests. */
function withoutSecrets(url) {
  const secret =
    /([?&](?:[^=&#]*(?:token|secret|password|passwd|api_?key|auth|session|signature)[^=&#]*|code|key)=)[^&#]*/gi;
  return url.replace(secret, '$1***');
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
