// A page that sends one of each kind of thing that @sentry/browser can send; `window.sent` tells what it sent.
import * as Sentry from 'sentry-sdk';
import { optionsWith, sent, user } from './page-start.js';

const { client } = sent;

Sentry.init({
  ...optionsWith((value) => value !== 'to be dropped'),
  enableLogs: true,
  _experiments: { enableLogs: true },
  replaysSessionSampleRate: 1,
  integrations: [
    Sentry.browserTracingIntegration(),
    Sentry.replayIntegration({ minReplayDuration: 0, useCompression: true }),
  ],
});
Sentry.setTag('client', client);
Sentry.setUser(user);

function onClick(id, deed) {
  document.getElementById(id).addEventListener('click', deed);
}

onClick('throw', () => {
  Sentry.addBreadcrumb({ message: `${client} crumb`, category: 'test' });
  throw new TypeError(`${client} failed`);
});

onClick('capture', () => {
  sent.message = Sentry.captureMessage(`${client} says hello`);
  sent.chained = Sentry.captureException(new Error('outer', { cause: new Error('inner') }));
  sent.attached = Sentry.captureException(new Error('with notes'), {
    attachments: [{ filename: 'notes.txt', data: `${client} notes`, contentType: 'text/plain' }],
  });
  sent.feedback = `${client} is slow`;
  Sentry.captureFeedback({ message: sent.feedback, name: 'Ada', email: 'ada@example.org' });
  sent.log = `${client} logs`;
  Sentry.logger.warn(sent.log, { shelf: 7 });
  if (Sentry.metrics?.count !== undefined) {
    sent.metric = `${client}.orders`.replaceAll(/[^\w.]/g, '_');
    Sentry.metrics.count(sent.metric, 3);
  }
  Sentry.captureException(new Error('to be dropped'));
  sent.dropped = 1;
});

onClick('trace', () => {
  Sentry.startSpan({ name: `${client} work`, op: 'task', forceTransaction: true }, (span) => {
    sent.trace = span.spanContext().traceId;
    Sentry.startSpan({ name: `${client} part`, op: 'part' }, () => undefined);
  });
});

onClick('finish', async () => {
  sent.replay = Sentry.getReplay().getReplayId();
  sent.sessions = 1;
  await Sentry.getReplay().flush();
  await Sentry.flush(5000);
  document.getElementById('state').textContent = 'sent';
});
