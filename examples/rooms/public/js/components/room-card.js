/** A room in the list. */
import { html } from '../html.js';
import { formatEuros, plural } from '../lib/format.js';

export function roomCard(room, isFavourite) {
  return html`<li>
    <h2><a href="/rooms/${room.id}">${room.name}</a>${isFavourite ? ' ★' : ''}</h2>
    <p>${plural(room.seats, 'seat')}, ${formatEuros(room.hourlyCents)} an hour</p>
    <p>${room.equipment.join(', ')}</p>
  </li>`;
}
