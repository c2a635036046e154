/** The member's invoices. */
import { api } from '../api.js';
import { html, render } from '../html.js';
import { formatDay, formatMonth } from '../lib/dates.js';
import { formatEuros } from '../lib/format.js';

export async function showInvoices(place) {
  const invoices = await api.invoices();
  const open = invoices.filter((invoice) => invoice.paidOn === null);
  const due = open.reduce((sum, invoice) => sum + invoice.totalCents, 0);
  render(
    place,
    html`<h1>Invoices</h1>
      <p role="status">${formatEuros(due)} to pay</p>
      <ul aria-label="Invoices">${invoices.map((invoice) => invoiceItem(invoice))}</ul>`,
  );
}

function invoiceItem(invoice) {
  const state = invoice.paidOn === null ? 'open' : `paid ${formatDay(invoice.paidOn)}`;
  return html`<li>
    <a href="/invoices/${invoice.number}">${formatMonth(invoice.month)}</a>: ${formatEuros(invoice.totalCents)}, ${state}
  </li>`;
}
