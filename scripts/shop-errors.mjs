// Provokes errors in the example shop's own code and sends them with the real SDK: the events of scripts/sentry-pictures.ts.
import { createServer } from 'node:http';
import { join } from 'node:path';
import * as Sentry from '@sentry/node';
import { CarrierClient } from '../examples/shop/server/carrier.ts';
import { describeOrder } from '../examples/shop/server/orders.ts';
import { readAddress } from '../examples/shop/server/read-address.ts';

const SHOP = join(import.meta.dirname, '..', 'examples', 'shop/');
const HOUR = 3600;
const RELEASES = ['shop@1.3.2', 'shop@1.4.0'];
let at = 0;

Sentry.init({
  environment: 'production',
  tracesSampleRate: 0,
  includeLocalVariables: true,
  // The same fault again and again is what fills a list.
  integrations: (all) => [
    ...all.filter(({ name }) => name !== 'Dedupe'),
    Sentry.rewriteFramesIntegration({ root: SHOP }),
  ],
  beforeSend: (event) => ({ ...event, timestamp: at }),
});

const carrierService = createServer((request, response) => {
  const isKnown = request.url?.startsWith('/rates') ?? false;
  response.writeHead(isKnown ? 200 : 503, { 'content-type': 'application/json' }).end('{"rates":null}');
});
await new Promise((resolve) => carrierService.listen(0, '127.0.0.1', resolve));
const address = carrierService.address();
const carrier = new CarrierClient(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);

const every = (count, hour) => Array.from({ length: count }, (_, index) => hour(index));
const order = JSON.parse('{"number":"1042","lines":[],"shipping":{"cents":490},"parcels":[{"number":"HK1042"}]}');

// `hours` ago, one for each event.
const deeds = [
  {
    path: '/api/account/address',
    act: () => readAddress({ street: 'Kupferweg 4', postcode: '20095', country: 'DE' }),
    hours: every(64, (index) => 23 * (1 - Math.sqrt(index / 64))),
  },
  {
    path: '/api/shipping',
    act: () => carrier.quote('DE', '20095', 1.2),
    hours: every(23, (index) => 2 + (index % 5) * 4.4),
  },
  {
    path: '/api/orders/1042',
    act: async () => {
      try {
        return await describeOrder(order, carrier);
      } catch (cause) {
        throw new Error('Order 1042 cannot be shown', { cause });
      }
    },
    hours: every(31, (index) => 0.4 + (index % 7) * 0.15),
  },
  {
    path: '/api/products/stoneware-bowl/reviews',
    act: () => JSON.parse('{"count":3,"average":4.5,"reviews":[{"stars":'),
    hours: [19.5, 18, 11.2, 6.1, 5.9],
  },
  {
    path: '/api/lead-times',
    act: () => Sentry.captureMessage('Lead times are more than a day old', 'warning'),
    hours: [3],
  },
];

for (const { path, act, hours } of deeds) {
  for (const [index, ago] of hours.entries()) {
    at = Date.now() / 1000 - ago * HOUR;
    await Sentry.withIsolationScope(async (scope) => {
      scope.setUser({ id: `${100 + (index % 17)}`, email: `customer-${100 + (index % 17)}@example.org` });
      scope.setTag('country', ['DE', 'DK', 'FR'][index % 3]);
      scope.addBreadcrumb({ category: 'navigation', message: '/cart → /checkout', timestamp: at - 42 });
      scope.addBreadcrumb({
        category: 'http',
        type: 'http',
        data: { url: path, method: 'POST', status_code: 500 },
        timestamp: at - 1,
      });
      scope.addEventProcessor((event) => ({
        ...event,
        release: RELEASES[ago > 12 ? 0 : 1],
        transaction: `POST ${path}`,
        request: { url: `https://shop.example.org${path}`, method: 'POST', headers: { accept: 'application/json' } },
      }));
      try {
        await act();
      } catch (error) {
        Sentry.captureException(error, { mechanism: { type: 'generic', handled: false } });
      }
    });
    await Sentry.flush();
  }
}
await Sentry.close();
carrierService.close();
