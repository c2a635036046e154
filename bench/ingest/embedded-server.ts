/** The embedded Sentry on a port, with its file in the folder that is the only argument. */
import { join } from 'node:path';
import { boundYoungHeap } from '../../harness/sentry-server/bound-young-heap.ts';
import { listenSentry } from '../../harness/sentry-server/listen.ts';
import { sentryServer } from '../../harness/sentry-server/sentry-server.ts';

const [folder = '.'] = process.argv.slice(2);
// As `mendwright sentry` does it.
boundYoungHeap();
const sentry = sentryServer({ file: join(folder, 'sentry.db'), org: 'bench', retention: { events: 10_000_000 } });
const { id, publicKey } = sentry.ensureProject({ slug: 'bench' });
const { port } = await listenSentry(sentry, {});
const path = `/api/${id}/envelope/?sentry_version=7&sentry_key=${publicKey}`;
process.stdout.write(`${JSON.stringify({ port, path })}\n`);
process.once('SIGTERM', () => {
  sentry.close();
  process.exit();
});
