/** What runs inside the watched pages: each function is sent there as its own text, so none may use anything outside itself. */

/** Notes unhandled rejections: Playwright reports one like an exception. It must neither throw nor show itself to the app. */
export function rememberRejections(name: string): void {
  const seen: string[] = [];
  Object.defineProperty(globalThis, Symbol.for(name), { value: seen });
  addEventListener('unhandledrejection', ({ reason }) => {
    if (seen.length >= 50) return;
    try {
      const isObject = typeof reason === 'object' && reason !== null;
      // The words that the browser has for it: an error's message, else the name of the object's class.
      seen.push(String(isObject ? (reason.message ?? reason.constructor?.name ?? 'Object') : reason));
    } catch {
      seen.push('Object'); // A proxy or an accessor of the app that throws when it is read.
    }
  });
}

export function hasRejection({ name, text }: { name: string; text: string }): boolean {
  const seen: unknown = Reflect.get(globalThis, Symbol.for(name));
  return Array.isArray(seen) && seen.includes(text);
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
