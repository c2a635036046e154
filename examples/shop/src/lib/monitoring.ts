/** Starts Sentry in the page, with the settings that the server wrote into it. */
import * as Sentry from '@sentry/react';

const settings = JSON.parse(document.getElementById('settings')?.textContent ?? '{}');

Sentry.init({
  dsn: settings.sentryDsn,
  environment: settings.environment,
  release: settings.release,
  integrations: [Sentry.browserTracingIntegration()],
  // No spans are kept, but the server's errors join the trace of the page that asked.
  tracesSampleRate: 0,
  tracePropagationTargets: [window.location.origin],
});
