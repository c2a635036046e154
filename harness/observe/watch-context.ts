/** Watches one browser context: every page's errors, answers and envelopes, and a last look before it closes. */

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BrowserContext, ConsoleMessage, Page, Request, Response, WebError } from '@playwright/test';
import { READING_METHODS } from '../model/reading-methods.ts';
import { cleanText, cleanUrl } from './clean-text.ts';
import { askSdk, hasRejection, rememberErrors, takeParting } from './in-page.ts';
import { parseError } from './parse-error.ts';
import { readConsole } from './read-console.ts';
import { readEnvelope } from './read-envelope.ts';
import type { ContextPart, Recorder } from './recorder.ts';
import { secretsOf } from './secrets-of-page.ts';

/** Where a page keeps what it remembers. */
const MEMORY = 'mendwright.errors';
/** Longest waits before a context closes; each ends at once when nothing is pending. */
const ANSWER_MS = 1_500;
const FLUSH_MS = 2_000;
const LOOK_MS = 1_000;
const PAGE_TEXT = 4_000;
/** `    at name (http://…:1:2)` in Chromium, `name@http://…:1:2` elsewhere. */
const FRAME = /^\s+at .*https?:\/\/|^[^\s@]*@https?:\/\//;

export interface ContextWatching {
  readonly current: () => Recorder | undefined;
  /** Resolves when what workers threw so far is known. */
  readonly settleWorkers: () => Promise<unknown>;
  readonly parts: readonly ContextPart[];
}

export function watchContext(context: BrowserContext, watching: ContextWatching): ContextWatch {
  const watch = new ContextWatch(context, watching);
  context.on('weberror', (error) => watch.onWebError(error));
  context.on('console', (message) => watch.onConsole(message));
  context.on('request', (request) => watch.onRequest(request));
  context.on('requestfinished', (request) => watch.onAnswered(request));
  context.on('requestfailed', (request) => watch.onRequestFailed(request));
  context.on('response', (response) => watch.onResponse(response));
  context.on('serviceworker', () => watch.noteWorker());
  context.on('page', (page) => {
    page.on('crash', () => watch.onCrash(page));
    page.on('worker', () => watch.noteWorker());
    page.on('websocket', (socket) => watch.noteHost(socket.url()));
    page.on('domcontentloaded', () => watch.onOpened(page));
  });
  const close = context.close.bind(context);
  context.close = async (options) => {
    await watch.lastLook();
    await close(options);
  };
  // Not waited for: whatever opens a page is asked of the same connection after it. A context may be closed at once.
  void context.addInitScript(rememberErrors, MEMORY).catch(() => undefined);
  return watch;
}

/** One context's listeners; `current` is the scenario that runs now. */
export class ContextWatch {
  readonly #context: BrowserContext;
  readonly #current: () => Recorder | undefined;
  readonly #started = new Map<Request, { readonly at: Date; readonly steady: number }>();
  /** Envelope requests without an answer yet. */
  readonly #envelopes = new Set<Request>();
  readonly #waiters = new Set<() => void>();
  readonly #looks = new Set<Promise<void>>();
  readonly #crashed = new WeakSet<Page>();
  readonly #settleWorkers: () => Promise<unknown>;
  readonly #parts: readonly ContextPart[];
  #isClosing = false;

  constructor(context: BrowserContext, { current, settleWorkers, parts }: ContextWatching) {
    this.#context = context;
    this.#current = current;
    this.#settleWorkers = settleWorkers;
    this.#parts = parts;
  }

  onWebError(webError: WebError): void {
    const recorder = this.#current();
    const page = webError.page();
    const error = webError.error();
    if (recorder === undefined) return;
    const at = new Date();
    const origin = isThirdParty(error.stack ?? '', recorder) ? 'third-party' : 'app';
    const look = this.#isRejection(page, error.message).then((isRejection) => {
      recorder.sight(
        {
          kind: isRejection ? 'rejection' : 'exception',
          origin,
          message: error.message || String(error),
          ...(error.name !== '' && { errorType: error.name.replace(/^Uncaught /, '') }),
          ...(error.stack !== undefined && { stack: error.stack }),
          ...(page && { pageUrl: page.url() }),
        },
        at,
      );
      if (origin === 'app' && !recorder.isControl(error.message)) this.#stopAtError(recorder);
    });
    this.#looks.add(look);
    void look.finally(() => this.#looks.delete(look));
  }

  /** A page is there: what the one before it threw while it was left is told now. */
  onOpened(page: Page): void {
    const recorder = this.#current();
    if (recorder === undefined) return;
    const look = within(page.evaluate(takeParting, MEMORY), LOOK_MS, []).then((parted) => {
      for (const { message, stack, url, at } of parted) {
        const isTold = recorder.sightings.some((one) => one.kind === 'exception' && message.endsWith(one.message));
        if (isTold) continue;
        const origin = isThirdParty(stack, recorder) ? 'third-party' : 'app';
        recorder.sight({ kind: 'exception', origin, ...parseError(stack), pageUrl: url }, new Date(at));
      }
    });
    this.#looks.add(look);
    void look.finally(() => this.#looks.delete(look));
  }

  async #isRejection(page: Page | null, message: string): Promise<boolean> {
    if (page === null || page.isClosed()) return false;
    const asked = page
      .frames()
      .map((frame) => within(frame.evaluate(hasRejection, { name: MEMORY, text: message }), LOOK_MS, false));
    return (await Promise.all(asked)).includes(true);
  }

  onConsole(message: ConsoleMessage): void {
    const recorder = this.#current();
    if (recorder === undefined || message.type() !== 'error') return;
    const told = readConsole(message.text());
    if (told === undefined) return;
    const { url } = message.location();
    const page = message.page();
    recorder.sight({
      ...told,
      origin: url === '' || recorder.isApp(url) ? 'app' : 'third-party',
      ...(page && { pageUrl: page.url() }),
    });
  }

  noteWorker(): void {
    const recorder = this.#current();
    if (recorder) recorder.isMixed = true;
  }

  noteHost(url: string): void {
    const host = URL.parse(url)?.hostname;
    if (host) this.#current()?.hosts.add(host);
  }

  onRequest(request: Request): void {
    const recorder = this.#current();
    if (recorder === undefined) return;
    this.#started.set(request, { at: new Date(), steady: performance.now() });
    this.noteHost(request.url());
    const trace = request.headers()['sentry-trace'];
    if (trace !== undefined) recorder.traceIds.add(trace.slice(0, 32));
    const body = request.method() === 'POST' ? request.postDataBuffer() : null;
    const envelope = body && readEnvelope(request.url(), body);
    if (!envelope) {
      if (!READING_METHODS.has(request.method()) && recorder.isApp(request.url())) recorder.hasWritten = true;
      return;
    }
    this.#envelopes.add(request);
    if (envelope.traceId !== undefined) recorder.traceIds.add(envelope.traceId);
    for (const { id, text, isError } of envelope.events) {
      (recorder.isControl(text) ? recorder.controlEventIds : recorder.eventIds).add(id);
      if (isError && !recorder.isControl(text)) this.#stopAtError(recorder);
    }
  }

  onAnswered(request: Request): void {
    this.#started.delete(request);
    this.#envelopes.delete(request);
    for (const waiter of this.#waiters) waiter();
  }

  onRequestFailed(request: Request): void {
    const recorder = this.#current();
    const failure = request.failure()?.errorText ?? 'failed';
    const isEnvelope = this.#envelopes.has(request);
    // What a page still had under way when it was left is no loss of its own.
    if (recorder && isEnvelope && !/ERR_ABORTED/.test(failure)) {
      this.#sightRequest(recorder, request, 'event-lost', `did not reach Sentry: ${failure}`, { failure });
    }
    if (recorder && !isEnvelope) {
      this.#keep(recorder, request, { failure });
      if (!/ERR_ABORTED/.test(failure)) {
        this.#sightRequest(recorder, request, 'request-failed', failure, { failure });
      }
    }
    this.onAnswered(request);
  }

  onResponse(response: Response): void {
    const recorder = this.#current();
    const request = response.request();
    if (recorder === undefined) return;
    const status = response.status();
    if (this.#envelopes.has(request)) {
      if (status >= 400) this.#sightRequest(recorder, request, 'event-lost', `was answered ${status}`, { status });
      return;
    }
    this.#keep(recorder, request, { status });
    if (status < 400) return;
    const kind = status >= 500 ? 'server-error' : 'client-error';
    this.#sightRequest(recorder, request, kind, `answered ${status}`, { status });
    if (kind === 'server-error' && recorder.isApp(request.url())) this.#stopAtError(recorder);
  }

  #sightHang(recorder: Recorder, page: Page): void {
    const message = `The page did not answer for ${LOOK_MS / 1_000} second.`;
    recorder.sight({ kind: 'hang', origin: 'app', message, pageUrl: page.url() });
  }

  /** What a red scenario may have waited for in vain. */
  #sightUnanswered(recorder: Recorder): void {
    for (const [request, { steady }] of this.#started) {
      const type = request.resourceType();
      const isData = type === 'fetch' || type === 'xhr' || type === 'document';
      if (!isData || this.#envelopes.has(request) || performance.now() - steady < LOOK_MS) continue;
      const seconds = ((performance.now() - steady) / 1_000).toFixed(0);
      this.#sightRequest(recorder, request, 'hang', `was not answered in ${seconds} s`, {});
    }
  }

  onCrash(page: Page): void {
    this.#crashed.add(page);
    this.#current()?.sight({ kind: 'page-crash', origin: 'app', message: 'The page crashed.', pageUrl: page.url() });
  }

  #sightRequest(
    recorder: Recorder,
    request: Request,
    kind: 'request-failed' | 'server-error' | 'client-error' | 'event-lost' | 'hang',
    outcome: string,
    answer: { status?: number; failure?: string },
  ): void {
    recorder.sight({
      kind,
      origin: recorder.isApp(request.url()) ? 'app' : 'third-party',
      message: `${request.method()} ${cleanUrl(request.url())} ${outcome}`,
      request: { method: request.method(), url: request.url(), ...answer },
    });
  }

  #keep(recorder: Recorder, request: Request, answer: { status?: number; failure?: string }): void {
    const type = request.resourceType();
    const isOwn = type === 'document' || type === 'fetch' || type === 'xhr';
    if (!isOwn && answer.failure === undefined && (answer.status ?? 0) < 400) return;
    const { at, steady } = this.#started.get(request) ?? { at: new Date(), steady: performance.now() };
    recorder.addRequest({
      method: request.method(),
      url: request.url(),
      resourceType: type,
      at: at.toISOString(),
      durationMs: Math.round(performance.now() - steady),
      ...answer,
    });
  }

  /** Closes the context once the error's own envelope is answered; the scenario then fails at its next action. */
  #stopAtError(recorder: Recorder): void {
    if (!recorder.options.stopAtError || this.#isClosing) return;
    recorder.endEarly();
    this.#isClosing = true;
    const stop = async (): Promise<void> => {
      if (!recorder.isScreenedOut()) await this.#drain(recorder);
      await this.#context.close();
    };
    // A context that is already gone cannot be closed once more, and need not be.
    void stop().catch(() => undefined);
  }

  async lastLook(): Promise<void> {
    const recorder = this.#current();
    if (recorder === undefined || recorder.isScreenedOut()) return;
    await within(Promise.allSettled(this.#looks), LOOK_MS, undefined);
    await this.#lookAtPage(recorder);
    for (const part of this.#parts) await part.end(recorder);
  }

  async #lookAtPage(recorder: Recorder): Promise<void> {
    const page = this.#context.pages().findLast((one) => !one.isClosed());
    if (page === undefined) return;
    if (recorder.options.controlEvent !== undefined)
      await this.#raiseControl(page, recorder, recorder.options.controlEvent);
    const reading = within(
      page.evaluate(() => document.body?.innerText ?? ''),
      LOOK_MS,
      undefined,
    );
    const [text] = await Promise.all([reading, this.#drain(recorder), this.#settleWorkers()]);
    if (text !== undefined) recorder.pageText = cleanText(text.replace(/\s+/g, ' ').trim(), PAGE_TEXT);
    else if (!page.isClosed() && !this.#crashed.has(page)) this.#sightHang(recorder, page);
    if (recorder.isRed()) this.#sightUnanswered(recorder);
    const isWanted = recorder.isRed() ? !recorder.options.screening : recorder.wantsPicture();
    if (isWanted) await this.#takeScreenshot(page, recorder);
  }

  async #takeScreenshot(page: Page, recorder: Recorder): Promise<void> {
    const name = `screenshots/${recorder.test}-${recorder.retry}.png`;
    const path = join(recorder.options.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const taken = await within(
      secretsOf(page)
        .then((mask) => page.screenshot({ path, timeout: LOOK_MS, mask, maskColor: '#888' }))
        .then(() => true),
      LOOK_MS,
      false,
    );
    if (taken) recorder.screenshot = name;
  }

  async #raiseControl(page: Page, recorder: Recorder, control: string): Promise<void> {
    const isRaised = await within(page.evaluate(askSdk, { control, limit: 0 }), LOOK_MS, false);
    if (isRaised) await this.#until(() => recorder.controlEventIds.size > 0, FLUSH_MS);
  }

  /** Lets the SDK of each page send what it holds, and waits for the answers to what left. */
  async #drain(recorder: Recorder): Promise<void> {
    const pages = this.#context.pages().filter((page) => !page.isClosed());
    const flushed = pages.map((page) => within(page.evaluate(askSdk, { limit: FLUSH_MS }), FLUSH_MS, undefined));
    for (const hasSdk of await Promise.all(flushed)) {
      if (hasSdk !== undefined) recorder.browserSdk = hasSdk || recorder.browserSdk === true;
    }
    await this.#until(() => this.#envelopes.size === 0, ANSWER_MS);
  }

  async #until(isDone: () => boolean, limit: number): Promise<void> {
    if (isDone()) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        clearInterval(poll);
        this.#waiters.delete(check);
        resolve();
      };
      const check = (): void => {
        if (isDone()) end();
      };
      const timer = setTimeout(end, limit);
      const poll = setInterval(check, 20);
      this.#waiters.add(check);
    });
  }
}

/** The script of the topmost frame decides whose exception it is; the message above the frames may name any address. */
function isThirdParty(stack: string, recorder: Recorder): boolean {
  const frame = stack.split('\n').find((line) => FRAME.test(line));
  const script = frame === undefined ? null : /https?:\/\/[^\s)]+/.exec(frame);
  return script !== null && !recorder.isApp(script[0]);
}

async function within<T, F>(promise: Promise<T>, limit: number, fallback: F): Promise<T | F> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<F>((resolve) => {
    timer = setTimeout(() => resolve(fallback), limit);
  });
  try {
    // A page that is gone or navigates away cannot answer; that is no error of the suite.
    return await Promise.race([promise.catch(() => fallback), late]);
  } finally {
    clearTimeout(timer);
  }
}
