/** The Sentry that candidates talk to: in memory, one project per trial, gone with the night; never the customer's. */
import { type SentryClient, sentryClient } from '../adapters/sentry/sentry-client.ts';
import { listenSentry } from '../sentry-server/listen.ts';
import { sentryServer } from '../sentry-server/sentry-server.ts';

export interface TrialProject {
  readonly dsn: string;
  readonly mirror: string;
  readonly client: SentryClient;
}

export interface TrialSentry {
  project(slug: string): TrialProject;
  close(): Promise<void>;
}

const ORG = 'mendwright';

export async function startTrialSentry(): Promise<TrialSentry> {
  const server = sentryServer({ org: ORG });
  const listening = await listenSentry(server, {});
  return {
    project: (slug) => {
      server.ensureProject({ slug });
      return {
        dsn: server.dsn(slug, listening.url),
        mirror: server.mirror(slug, listening.url),
        client: sentryClient({ fetch: server, url: listening.url, org: ORG, project: slug }),
      };
    },
    close: async () => {
      await listening.close();
      server.close();
    },
  };
}
