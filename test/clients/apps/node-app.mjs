// Sends one of each kind of thing that @sentry/node can send, and prints what it sent. Arguments: the SDK's module, the name.
import { setTimeout as pause } from 'node:timers/promises';

const [module, client] = process.argv.slice(2);
const Sentry = await import(module);

Sentry.init({
  dsn: process.env.CLIENT_DSN,
  release: client,
  environment: 'clients',
  tracesSampleRate: 1,
  enableLogs: true,
  _experiments: { enableLogs: true },
  sendClientReports: true,
  beforeSend: (event) => (event.exception?.values?.[0]?.value === 'to be dropped' ? null : event),
});
Sentry.setTag('client', client);
Sentry.setUser({ id: `u-${client}`, email: `${client}@example.org` });

const sent = { client };

Sentry.startSession();
Sentry.addBreadcrumb({ message: `${client} crumb`, category: 'test' });
sent.error = Sentry.captureException(new TypeError(`${client} failed`));
Sentry.endSession();
sent.sessions = 1;

sent.message = Sentry.captureMessage(`${client} says hello`);
sent.chained = Sentry.captureException(new Error('outer', { cause: new Error('inner') }));
sent.attached = Sentry.captureException(new Error('with notes'), {
  attachments: [{ filename: 'notes.txt', data: `${client} notes`, contentType: 'text/plain' }],
});
sent.feedback = `${client} is slow`;
Sentry.captureFeedback({
  message: sent.feedback,
  name: 'Ada',
  email: 'ada@example.org',
  associatedEventId: sent.error,
});

Sentry.startSpan({ name: `${client} work`, op: 'task' }, (span) => {
  sent.trace = span.spanContext().traceId;
  Sentry.startSpan({ name: `${client} part`, op: 'part' }, () => undefined);
});
sent.log = `${client} logs`;
Sentry.logger.warn(sent.log, { shelf: 7 });
if (Sentry.metrics?.count !== undefined) {
  sent.metric = `${client}.orders`.replaceAll(/[^\w.]/g, '_');
  Sentry.metrics.count(sent.metric, 3);
}

const slug = client.replaceAll(/[^a-z0-9]/g, '-');
const schedule = { schedule: { type: 'crontab', value: '0 * * * *' } };
const checkInId = Sentry.captureCheckIn({ monitorSlug: `${slug}-by-hand`, status: 'in_progress' }, schedule);
Sentry.captureCheckIn({ monitorSlug: `${slug}-by-hand`, status: 'ok', checkInId, duration: 1.5 });
await Sentry.withMonitor(`${slug}-wrapped`, async () => undefined, schedule);
// As the library node-cron calls what it is given, without a timer.
const runs = [];
const cron = Sentry.cron.instrumentNodeCron({ schedule: (_pattern, job) => void runs.push(job()) });
cron.schedule('0 * * * *', () => undefined, { name: `${slug}-cron` });
await Promise.all(runs);
sent.monitors = ['by-hand', 'wrapped', 'cron'].map((name) => ({ slug: `${slug}-${name}`, statuses: ['ok'] }));

Sentry.captureException(new Error('to be dropped'));
sent.dropped = 1;
await Sentry.flush(5000);
await pause(100); // The report about what was dropped leaves after the flush.
await Sentry.close(5000);
process.stdout.write(JSON.stringify(sent));
