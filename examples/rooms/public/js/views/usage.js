/** How much of the day each room is in use. */
import { api } from '../api.js';
import { html, render } from '../html.js';
import { formatHours, formatShare } from '../lib/format.js';

export async function showUsage(place) {
  const rows = await api.usage();
  render(
    place,
    html`<h1>In use today</h1>
      <table aria-label="In use">
        ${rows.map((row) => usageRow(row))}
      </table>`,
  );
}

function usageRow({ room, hours, share, bar }) {
  return html`<tr><th>${room}</th><td>${formatHours(hours)}</td><td>${formatShare(share)}</td><td>${bar}</td></tr>`;
}
