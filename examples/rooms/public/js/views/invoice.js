/** One invoice, line by line. */
import { api } from '../api.js';
import { html, render } from '../html.js';
import { formatMonth } from '../lib/dates.js';
import { formatEuros } from '../lib/format.js';

export async function showInvoice(place, { number }) {
  const invoice = await api.invoice(number);
  render(
    place,
    html`<h1>Invoice for ${formatMonth(invoice.month)}</h1>
      <table aria-label="Lines">
        ${invoice.lines.map((line) => row(line.text, line.cents))}
        ${invoice.credit.cents > 0 ? row(`Credit: ${invoice.credit.reason}`, -invoice.credit.cents) : ''}
        ${row('Total', invoice.totalCents)}
      </table>`,
  );
}

function row(text, cents) {
  return html`<tr><th>${text}</th><td>${formatEuros(cents)}</td></tr>`;
}
