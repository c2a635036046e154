/** Starts Sentry; loaded before everything else so that it sees every request. */
import * as Sentry from '@sentry/node';
import { settings } from './settings.js';

Sentry.init({
  dsn: settings.sentryDsn,
  environment: settings.environment,
  release: settings.release,
  // No spans are kept, but traces still join the page's errors to the server's.
  tracesSampleRate: 0,
});
