/** What runs inside the watched pages: each function is sent there as its own text, so none may use anything outside itself. */

/** An error that a page threw while it was being left: the debugger is gone by then. */
export interface PartingError {
  readonly message: string;
  readonly stack: string;
  /** Address of the page that was left. */
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Notes unhandled rejections, which Playwright reports like exceptions, and what is thrown while the page is left: that is
 * handed to the next page of the same origin. It must neither throw nor show itself to the app.
 */
export function rememberErrors(name: string): void {
  const rejections: string[] = [];
  let parting: unknown[] = [];
  let isLeaving = false;
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(name) ?? '[]');
    if (Array.isArray(kept)) parting = kept;
    sessionStorage.removeItem(name);
  } catch {
    // A page without an origin has no storage.
  }
  Object.defineProperty(globalThis, Symbol.for(name), { value: { rejections, parting } });
  addEventListener('unhandledrejection', ({ reason }) => {
    if (rejections.length >= 50) return;
    try {
      const isObject = typeof reason === 'object' && reason !== null;
      // The words that the browser has for it: an error's message, else the name of the object's class.
      rejections.push(String(isObject ? (reason.message ?? reason.constructor?.name ?? 'Object') : reason));
    } catch {
      rejections.push('Object'); // A proxy or an accessor of the app that throws when it is read.
    }
  });
  addEventListener('pageshow', () => {
    isLeaving = false;
  });
  const leave = (): void => {
    isLeaving = true;
  };
  addEventListener('pagehide', leave, { capture: true });
  const left: unknown[] = [];
  addEventListener('error', ({ message, error }) => {
    if (!isLeaving || left.length >= 20) return;
    try {
      left.push({ message, stack: String(error?.stack ?? message), url: location.href, at: Date.now() });
      sessionStorage.setItem(name, JSON.stringify(left));
    } catch {
      // Without storage there is nobody to tell.
    }
  });
}

/** What the page before this one threw while it was left; told once. */
export function takeParting(name: string): PartingError[] {
  const seen: { parting: Partial<PartingError>[] } | undefined = Reflect.get(globalThis, Symbol.for(name));
  const told = seen?.parting.splice(0) ?? [];
  return told.map(({ message, stack, url, at }) => ({
    message: String(message),
    stack: String(stack),
    url: String(url),
    at: Number(at) || Date.now(),
  }));
}

export function hasRejection({ name, text }: { name: string; text: string }): boolean {
  const seen: { rejections: string[] } | undefined = Reflect.get(globalThis, Symbol.for(name));
  return seen?.rejections.includes(text) ?? false;
}

/**
 * Whether a Sentry SDK with a client is there (versions 8 to 11 share this carrier). With `control`, an uncaught error of
 * that text is raised, which the SDK catches like any of the app; without, what the SDK holds is sent within `limit` ms.
 */
export async function askSdk({ control, limit }: { control?: string; limit: number }): Promise<boolean> {
  interface Scope {
    getClient?(): { flush?(ms: number): Promise<boolean> } | undefined;
  }
  interface Carrier {
    stack?: Scope & { getScope?(): Scope };
    defaultCurrentScope?: Scope;
  }
  const carriers: { version?: string } | undefined = Reflect.get(globalThis, '__SENTRY__');
  if (carriers?.version === undefined) return false;
  const carrier: Carrier | undefined = Reflect.get(carriers, carriers.version);
  const { stack, defaultCurrentScope } = carrier ?? {};
  const client = stack?.getScope?.().getClient?.() ?? stack?.getClient?.() ?? defaultCurrentScope?.getClient?.();
  if (client === undefined) return false;
  if (control === undefined) await client.flush?.(limit);
  else
    setTimeout(() => {
      throw new Error(control);
    });
  return true;
}
