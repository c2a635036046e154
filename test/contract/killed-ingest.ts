/** A server that a test kills: takes events on a port, into the file that is the only argument. */
import { listenSentry } from '../../harness/sentry-server/listen.ts';
import { sentryServer } from '../../harness/sentry-server/sentry-server.ts';

const [file = ''] = process.argv.slice(2);
const sentry = sentryServer({ file });
const { publicKey, id } = sentry.ensureProject({ slug: 'shop' });
const { url } = await listenSentry(sentry);
process.stdout.write(`${url}/api/${id}/envelope/?sentry_key=${publicKey}\n`);
