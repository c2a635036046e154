/** A Sentry client of the harness's own, apart from whatever SDK runs in the same process. */
import { defaultStackParser, makeNodeTransport, NodeClient, Scope } from '@sentry/node';

export interface OwnClient {
  readonly client: NodeClient;
  readonly scope: Scope;
}

export interface OwnClientOptions {
  readonly dsn: string;
  readonly environment: string;
  readonly release: string | undefined;
}

/** Nothing in the process is instrumented, and no host name leaves it. Close the client when done. */
export function ownClient({ dsn, environment, release }: OwnClientOptions): OwnClient {
  const client = new NodeClient({
    dsn,
    environment,
    ...(release === undefined ? {} : { release }),
    transport: makeNodeTransport,
    stackParser: defaultStackParser,
    integrations: [],
    enableRuntimeChannelInjection: false,
    includeServerName: false,
    sendClientReports: false,
  });
  const scope = new Scope();
  scope.setClient(client);
  return { client, scope };
}
