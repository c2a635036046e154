/** `sentry`: the embedded Sentry on a port, until it is interrupted. */

import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { listenSentry } from '../../sentry-server/listen.ts';
import { sentryServer } from '../../sentry-server/sentry-server.ts';

export interface SentryFlags {
  readonly cwd: string;
  readonly json?: boolean;
  readonly port?: number;
  readonly host: string;
  readonly token?: string;
  readonly file?: string;
  readonly project: string;
}

/** Prints address and DSN, then serves until `signal` aborts. */
export async function serveSentry(
  flags: SentryFlags,
  signal: AbortSignal,
  print: (text: string) => void,
): Promise<void> {
  const file = resolve(flags.cwd, flags.file ?? join('.mendwright', 'sentry.db'));
  mkdirSync(dirname(file), { recursive: true });
  const server = sentryServer({ file, ...(flags.token !== undefined && { token: flags.token }) });
  try {
    server.ensureProject({ slug: flags.project });
    const { url, close } = await listenSentry(server, {
      host: flags.host,
      ...(flags.port !== undefined && { port: flags.port }),
    });
    const dsn = server.dsn(flags.project, url);
    print(
      flags.json
        ? JSON.stringify({ url, dsn, file })
        : `Sentry listens on ${url}\nDSN  ${dsn}\nData ${file}\nCtrl-C ends it.`,
    );
    if (!signal.aborted) await once(signal, 'abort');
    await close();
  } finally {
    server.close();
  }
}
