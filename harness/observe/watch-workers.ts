/** Errors of shared and service workers, which belong to no page: Chromium's own protocol tells of them. */
import type { Browser, CDPSession } from '@playwright/test';
import { parseError } from './parse-error.ts';
import type { Recorder } from './recorder.ts';

const KINDS = new Set(['service_worker', 'shared_worker']);
/** Longest that a look at the workers may keep a scenario. */
const SETTLE_MS = 500;

/** What of the protocol's `Runtime.exceptionThrown` is read. */
interface Thrown {
  readonly text: string;
  readonly exception?: { readonly description?: string; readonly value?: unknown };
}

export interface WorkerWatch {
  /** Resolves when every worker that is known by now was asked for what it threw. */
  settle(): Promise<void>;
}

/** Returns undefined for other browsers. */
export async function watchWorkers(
  browser: Browser,
  current: () => Recorder | undefined,
): Promise<WorkerWatch | undefined> {
  if (browser.browserType().name() !== 'chromium') return undefined;
  const root = await browser.newBrowserCDPSession();
  const watch = new Watch(root, current);
  await root.send('Target.setDiscoverTargets', { discover: true });
  return watch;
}

class Watch implements WorkerWatch {
  readonly #root: CDPSession;
  readonly #current: () => Recorder | undefined;
  readonly #urls = new Map<string, string>();
  readonly #asking = new Set<Promise<void>>();
  readonly #answers = new Map<string, () => void>();

  constructor(root: CDPSession, current: () => Recorder | undefined) {
    this.#root = root;
    this.#current = current;
    root.on('Target.targetCreated', ({ targetInfo: { targetId, type, url } }) => {
      if (KINDS.has(type)) this.#track(this.#attach(targetId, url));
    });
    root.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => this.#read(sessionId, message));
  }

  async settle(): Promise<void> {
    await Promise.all(this.#asking);
  }

  #track(asking: Promise<void>): void {
    // A worker that is gone again before it was asked has nothing more to tell.
    const done = asking.catch(() => undefined).finally(() => this.#asking.delete(done));
    this.#asking.add(done);
  }

  /** Its console is told by Playwright; enabling the runtime tells what was thrown so far as well. */
  async #attach(targetId: string, url: string): Promise<void> {
    const { sessionId } = await this.#root.send('Target.attachToTarget', { targetId, flatten: false });
    this.#urls.set(sessionId, url);
    const enabled = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, SETTLE_MS);
      this.#answers.set(sessionId, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    const message = JSON.stringify({ id: 1, method: 'Runtime.enable' });
    await this.#root.send('Target.sendMessageToTarget', { sessionId, message });
    await enabled;
  }

  #read(sessionId: string, message: string): void {
    const { id, method, params }: { id?: number; method?: string; params?: { exceptionDetails: Thrown } } =
      JSON.parse(message);
    if (id !== undefined) this.#answers.get(sessionId)?.();
    const url = this.#urls.get(sessionId);
    if (method === 'Runtime.exceptionThrown' && params && url !== undefined) this.#sight(params.exceptionDetails, url);
  }

  #sight({ text, exception }: Thrown, url: string): void {
    const recorder = this.#current();
    recorder?.sight({
      kind: text.includes('in promise') ? 'rejection' : 'exception',
      origin: recorder.isApp(url) ? 'app' : 'third-party',
      ...parseError(exception?.description ?? String(exception?.value ?? text)),
      pageUrl: url,
    });
  }
}
