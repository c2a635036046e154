/** What a booking costs, line by line. */
import { html } from '../html.js';
import { formatEuros, formatHours } from '../lib/format.js';

export function priceSummary(quote) {
  return html`<table aria-label="Price">
    <tr><th>${formatHours(quote.hours)}</th><td>${formatEuros(quote.roomCents)}</td></tr>
    ${quote.lines.map((line) => html`<tr><th>${line.name}</th><td>${formatEuros(line.cents)}</td></tr>`)}
    <tr><th>Total</th><td>${formatEuros(quote.totalCents)}</td></tr>
  </table>`;
}
