/** The shop's routes, its session cookie, and what becomes of an error. */
import { captureException } from '@sentry/node';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { type CarrierClient, CarrierError } from './carrier.ts';
import type { LeadTimes } from './lead-times.ts';
import { servePages } from './pages.ts';
import { accountRoutes } from './routes/account.ts';
import { cartRoutes } from './routes/cart.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { orderRoutes } from './routes/orders.ts';
import { type ShopEnv, withSession } from './sessions.ts';

export interface Services {
  carrier: CarrierClient;
  leadTimes: LeadTimes;
}

export function createApp(services: Services): Hono<ShopEnv> {
  const app = new Hono<ShopEnv>();
  app.get('/healthz', (c) => c.text('ok'));
  app.use('*', withSession);
  app.route('/api', catalogueRoutes());
  app.route('/api', cartRoutes());
  app.route('/api', orderRoutes(services));
  app.route('/api', accountRoutes());
  app.all('/api/*', (c) => c.json({ message: 'There is no such address.' }, 404));
  servePages(app);

  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ message: error.message }, error.status);
    captureException(error);
    const isCarrier = error instanceof CarrierError;
    const message = isCarrier ? 'Our parcel carrier does not answer.' : 'Something went wrong on our side.';
    return c.json({ message }, isCarrier ? 502 : 500);
  });
  return app;
}
