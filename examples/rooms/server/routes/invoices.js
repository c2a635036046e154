/** A member's invoices. */
import { Router } from 'express';
import { findInvoice, listInvoices } from '../invoices.js';

export function invoiceRoutes() {
  const routes = Router();
  routes.get('/invoices', (_request, response) => response.json(listInvoices()));
  routes.get('/invoices/:number', (request, response) => response.json(findInvoice(request.params.number)));
  return routes;
}
