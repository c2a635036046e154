// Captures what real SDKs send for real throws, as inputs of test/grouping: `node scripts/capture-grouping-inputs.mjs`.
// Whoever runs it again looks at the differences and works the expected leaves out anew; the test never does.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as Node from '@sentry/node';
import { Hono } from 'hono';
import { quoteOf } from '../examples/rooms/server/prices.js';
import { listOrders } from '../examples/shop/server/orders.ts';
import { readAddress } from '../examples/shop/server/read-address.ts';

/** The SDK of the example's pages. */
const Browser = createRequire(new URL('../examples/rooms/package.json', import.meta.url))('@sentry/browser');

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const INPUTS = join(ROOT, 'test', 'grouping', 'inputs');
const SELF = 'capture-grouping-inputs';
const KEPT = [
  'platform',
  'level',
  'logger',
  'transaction',
  'message',
  'logentry',
  'exception',
  'threads',
  'stacktrace',
];
const KEPT_OF_FRAME = ['filename', 'abs_path', 'module', 'function', 'lineno', 'colno', 'in_app', 'context_line'];
const DSN = 'https://public@sentry.invalid/1';

/** Only what grouping may read, without this script's own frames, and the app at /srv/app wherever this machine has it. */
function write(name, event) {
  const kept = Object.fromEntries(KEPT.filter((key) => event[key] !== undefined).map((key) => [key, event[key]]));
  const sdk = event.sdk?.name === undefined ? undefined : { name: event.sdk.name, version: event.sdk.version };
  const text = JSON.stringify({ ...kept, sdk }, (key, value) => (key === 'frames' ? framesOf(value) : value), 2);
  const moved = text.replaceAll(/(?:file:\/\/)?(?:\/[\w.-]+)+\/node_modules\//g, '/srv/app/node_modules/');
  writeFileSync(join(INPUTS, `captured-${name}.json`), `${moved.replaceAll(ROOT, '/srv/app/')}\n`);
}

/** Where the script is all there is, its innermost frames stand for an app's. */
function framesOf(frames) {
  const others = frames.filter(({ filename }) => !filename.includes(SELF));
  return (others.some((frame) => frame.in_app) ? others : frames.slice(-2)).map(frameOf);
}

function frameOf(frame) {
  return Object.fromEntries(KEPT_OF_FRAME.filter((key) => frame[key] != null).map((key) => [key, frame[key]]));
}

let name = '';
const beforeSend = (event) => {
  write(name, event);
  return null;
};

Node.init({ dsn: DSN, beforeSend, tracesSampleRate: 0, attachStacktrace: false });

async function capture(as, run) {
  name = as;
  await run();
  await Node.flush();
}

async function thrown(as, run) {
  await capture(as, async () => {
    try {
      await run();
    } catch (error) {
      Node.captureException(error);
    }
  });
}

const room = { hourlyCents: 2000 };
await thrown('node-unknown-add-on', () => quoteOf(room, { from: '09:00', to: '10:00', guests: 2 }, ['sauna']));
await thrown('node-missing-time', () => quoteOf(room, { from: '09:00', guests: 2 }, []));
await thrown('node-missing-street', () => readAddress({}));
await thrown('node-order-without-lines', () => listOrders({ orders: [{ shipping: { cents: 0 } }] }));
await thrown('node-cause', () => {
  try {
    readAddress({});
  } catch (cause) {
    throw new Error('Order 4711 could not be placed', { cause });
  }
});
await thrown('node-aggregate', () =>
  Promise.any([
    Promise.reject(new TypeError('carrier 1 refused')),
    Promise.reject(new RangeError('carrier 2 is late')),
  ]),
);
await thrown('node-aggregate-of-one', () => {
  const refused = () => new TypeError('the carrier refused');
  throw new AggregateError([refused(), refused()], 'no carrier took the parcel');
});
await thrown('node-library', async () => {
  const app = new Hono();
  app.get('/quote', (c) => c.json(quoteOf(room, { from: '09:00', to: '10:00', guests: 2 }, ['sauna'])));
  app.onError((error) => {
    throw error;
  });
  await app.request('/quote');
});
await capture('node-message', () => Node.captureMessage('Stock of 17 products is low'));
await capture('node-string', () => Node.captureException('the printer is on fire'));

/** What the browser SDK makes of a stack as that browser writes it. */
function parsed(as, type, message, stack) {
  name = as;
  const client = new Browser.BrowserClient({
    dsn: DSN,
    transport: () => ({ send: async () => ({}), flush: async () => true }),
    stackParser: Browser.defaultStackParser,
    integrations: [],
    beforeSend,
  });
  const error = Object.assign(new Error(message), { stack });
  Object.defineProperty(error, 'name', { value: type });
  client.captureException(error);
  return client.flush(1000);
}

const PAGE = 'https://rooms.example/js';
const TYPE_ERROR = "Cannot read properties of undefined (reading 'name')";
await parsed(
  'chrome',
  'TypeError',
  TYPE_ERROR,
  `TypeError: ${TYPE_ERROR}
    at companyOf (${PAGE}/views/members.js:14:27)
    at Array.map (<anonymous>)
    at MembersView.render (${PAGE}/views/members.js:31:18)
    at async Router.open (${PAGE}/router.js:22:5)`,
);
await parsed(
  'firefox',
  'TypeError',
  'member.company is undefined',
  `companyOf@${PAGE}/views/members.js:14:19
render@${PAGE}/views/members.js:31:18
async*open@${PAGE}/router.js:22:11
@${PAGE}/main.js:9:1`,
);
await parsed(
  'safari',
  'TypeError',
  "undefined is not an object (evaluating 'member.company.name')",
  `companyOf@${PAGE}/views/members.js:14:33
map@[native code]
render@${PAGE}/views/members.js:31:21
@${PAGE}/router.js:22:15`,
);
await parsed(
  'browser-inline-script',
  'Error',
  'boot of page 7 failed',
  `Error: boot of page 7 failed\n    at https://rooms.example/:12:9`,
);

const python = execFileSync('/usr/bin/python3', [join(ROOT, 'scripts', 'capture-grouping-inputs.py')], {
  encoding: 'utf8',
});
for (const line of python.trim().split('\n')) {
  const { as, event } = JSON.parse(line);
  write(as, event);
}
