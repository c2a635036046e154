/**
 * Lets apps run beside each other where each has a port of its own, and one at a time where `app.url` names a fixed one: then
 * whoever is used runs, and the one before it is stopped and started again when it is asked once more.
 */

import type { ThrowState } from '../../model/throw-state.ts';
import type { OutgoingCall } from './control-channel.ts';
import { type AppRequest, type RunningApp, startApp } from './start-app.ts';

export interface SharedApp extends Pick<RunningApp, 'url' | 'outgoing' | 'throws' | 'stop'> {
  /** The app itself, running until `work` is done. */
  use<T>(work: (app: RunningApp) => Promise<T>): Promise<T>;
}

export interface AppTurns {
  /** Throws the Failures of `startApp`. */
  start(request: AppRequest): Promise<SharedApp>;
  /** No other app runs at a fixed address until what this gives is called. */
  alone(): Promise<() => void>;
}

export function appTurns(url: string): AppTurns {
  return url.includes('$PORT') ? { start: startShared, alone: async () => () => undefined } : new OneAtATime();
}

async function startShared(request: AppRequest): Promise<SharedApp> {
  const app = await startApp(request);
  return {
    url: app.url,
    outgoing: () => app.outgoing(),
    throws: () => app.throws(),
    stop: () => app.stop(),
    use: (work) => work(app),
  };
}

class OneAtATime implements AppTurns {
  /** The last of those that wait for the address. */
  #last: Promise<unknown> = Promise.resolve();
  #resident: PausedApp | undefined;

  start(request: AppRequest): Promise<SharedApp> {
    return this.#inTurn(async () => {
      await this.#resident?.pause();
      this.#resident = undefined;
      const paused = new PausedApp(request, await startApp(request));
      this.#resident = paused;
      return {
        url: paused.url,
        outgoing: () => paused.outgoing(),
        throws: () => paused.throws(),
        stop: () =>
          this.#inTurn(async () => {
            await paused.pause();
            if (this.#resident === paused) this.#resident = undefined;
          }),
        use: (work) =>
          this.#inTurn(async () => {
            if (this.#resident !== paused) await this.#resident?.pause();
            this.#resident = paused;
            return work(await paused.resume());
          }),
      };
    });
  }

  async alone(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const taken = Promise.withResolvers<void>();
    void this.#inTurn(async () => {
      await this.#resident?.pause();
      this.#resident = undefined;
      taken.resolve();
      await promise;
    });
    await taken.promise;
    return resolve;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined); // Whoever asked for it is told.
    return mine;
  }
}

/** An app with what it told before it was stopped. */
class PausedApp {
  readonly url: string;
  readonly #request: AppRequest;
  #app: RunningApp | undefined;
  #outgoing: OutgoingCall[] = [];
  #throws: ThrowState[] = [];

  constructor(request: AppRequest, app: RunningApp) {
    this.url = app.url;
    this.#request = { ...request, build: false };
    this.#app = app;
  }

  outgoing(): OutgoingCall[] {
    return [...this.#outgoing, ...(this.#app?.outgoing() ?? [])];
  }

  throws(): ThrowState[] {
    return [...this.#throws, ...(this.#app?.throws() ?? [])];
  }

  async pause(): Promise<void> {
    const app = this.#app;
    if (app === undefined) return;
    this.#outgoing = this.outgoing();
    this.#throws = this.throws();
    this.#app = undefined;
    await app.stop();
  }

  async resume(): Promise<RunningApp> {
    this.#app ??= await startApp(this.#request);
    return this.#app;
  }
}
