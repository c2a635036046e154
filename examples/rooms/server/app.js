/** The house's routes, its pages, and what becomes of an error. */
import { setupExpressErrorHandler } from '@sentry/node';
import express from 'express';
import { servePages } from './pages.js';
import { Refusal } from './refusal.js';
import { bookingRoutes } from './routes/bookings.js';
import { houseRoutes } from './routes/house.js';
import { invoiceRoutes } from './routes/invoices.js';
import { memberRoutes } from './routes/members.js';
import { roomRoutes } from './routes/rooms.js';
import { withSession } from './session.js';

export function createApp() {
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_request, response) => response.type('text').send('ok'));
  app.use('/api', express.json(), withSession);
  app.use('/api', roomRoutes(), bookingRoutes(), memberRoutes(), invoiceRoutes(), houseRoutes());
  app.use('/api', () => {
    throw new Refusal(404, 'There is no such address.');
  });
  servePages(app);

  setupExpressErrorHandler(app, { shouldHandleError: (error) => !(error instanceof Refusal) });
  app.use((error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error instanceof Refusal ? error.status : 500;
    response.status(status).json({ message: status < 500 ? error.message : 'Something went wrong in the house.' });
  });
  return app;
}
