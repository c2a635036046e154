/** Starts Sentry in the page, with the settings that the server wrote into it. */
import { init } from '@sentry/browser';

const settings = JSON.parse(document.getElementById('settings').textContent);

init({
  dsn: settings.sentryDsn,
  environment: settings.environment,
  release: settings.release,
  // The server's errors join the trace of the page that asked.
  tracePropagationTargets: [window.location.origin],
});
