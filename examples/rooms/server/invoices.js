/** What a member was charged, month by month. */

import { Refusal } from './refusal.js';
import { readSeed } from './seed.js';

const INVOICES = readSeed('invoices.json');

export function listInvoices() {
  return INVOICES.map((invoice) => ({
    number: invoice.number,
    month: invoice.month,
    paidOn: invoice.paidOn,
    totalCents: totalOf(invoice),
  }));
}

export function findInvoice(number) {
  const invoice = INVOICES.find((one) => one.number === number);
  if (invoice === undefined) throw new Refusal(404, 'There is no such invoice.');
  return { ...invoice, totalCents: totalOf(invoice) };
}

/** In cents, less what was credited. */
function totalOf(invoice) {
  const lines = invoice.lines.reduce((sum, line) => sum + line.cents, 0);
  return lines - invoice.credit.cents;
}
