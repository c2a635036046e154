/** Starts the shop's server. */
import './instrument.ts';
import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { CarrierClient } from './carrier.ts';
import { LeadTimes } from './lead-times.ts';
import { settings } from './settings.ts';

const carrier = new CarrierClient(process.env.CARRIER_URL ?? 'http://127.0.0.1:4311');
const leadTimes = new LeadTimes(carrier);
leadTimes.start();

const app = createApp({ carrier, leadTimes });
serve({ fetch: app.fetch, port: settings.port, hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`Holm Kitchenware is open at http://127.0.0.1:${port}`);
});
