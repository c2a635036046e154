/** What was found in all of the house. */
import { api } from '../api.js';
import { html, render } from '../html.js';
import { plural } from '../lib/format.js';

const KINDS = {
  room: { label: 'Room', icon: '⌂' },
  member: { label: 'Member', icon: '☺' },
  notice: { label: 'Notice', icon: '✎' },
};

export async function showSearch(place, { query }) {
  const text = query.get('q') ?? '';
  const results = await api.search(text);
  render(
    place,
    html`<h1>Found for “${text}”</h1>
      <p role="status">${plural(results.length, 'result')}</p>
      <ul aria-label="Results">${results.map((result) => resultItem(result))}</ul>`,
  );
}

function resultItem(result) {
  const { label, icon } = KINDS[result.kind];
  return html`<li>${icon} ${label}: <a href="${result.path}">${result.title}</a></li>`;
}
