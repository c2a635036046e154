/** The Sentry that the base run talks to: the embedded one in the repository's own file, or the configured one. */
import { join } from 'node:path';
import { type SentryClient, sentryClient } from '../adapters/sentry/sentry-client.ts';
import type { Clock } from '../adapters/sentry/sentry-request.ts';
import type { Config } from '../model/config.ts';
import { listenSentry } from '../sentry-server/listen.ts';
import { sentryServer } from '../sentry-server/sentry-server.ts';

export interface SentryLink {
  readonly client: SentryClient;
  /** Where the app sends its events. */
  readonly dsn: string;
  /** Where servers with a DSN of their own mirror them to; the embedded Sentry alone can be mirrored to. */
  readonly mirror?: string;
  close(): Promise<void>;
}

export interface LinkRequest {
  readonly sentry: Config['sentry'];
  /** The `.mendwright` folder of the app's repository. */
  readonly home: string;
  /** Name of the app; the embedded Sentry's project and the prefix of its short ids. */
  readonly appName: string;
  readonly signal: AbortSignal;
  /** The real one where left out. */
  readonly clock?: Clock;
}

/** Throws the upstream Failures of an address, a token, an organisation or a project that is wrong, before anything is started. */
export async function linkSentry({ sentry, home, appName, signal, clock }: LinkRequest): Promise<SentryLink> {
  if (sentry !== 'embedded') {
    const client = sentryClient({ ...sentry, signal, ...(clock && { clock }) });
    await client.checkAccess();
    return { client, dsn: sentry.dsn ?? (await client.fetchDsn()), close: async () => undefined };
  }
  const org = 'mendwright';
  const server = sentryServer({ file: join(home, 'sentry.db'), org });
  const slug = slugOf(appName);
  server.ensureProject({ slug, name: appName });
  const listening = await listenSentry(server, {});
  return {
    client: sentryClient({ fetch: server, url: listening.url, org, project: slug, signal }),
    dsn: server.dsn(slug, listening.url),
    mirror: server.mirror(slug, listening.url),
    close: async () => {
      await listening.close();
      server.close();
    },
  };
}

function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return slug === '' ? 'app' : slug;
}
