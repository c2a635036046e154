/** A room's day, slot by slot. */
import { html } from '../html.js';
import { formatDay } from '../lib/dates.js';
import { plural } from '../lib/format.js';

export function dayCalendar(day) {
  const free = day.slots.filter((slot) => slot.isFree);
  return html`<h2>${formatDay(day.date)}</h2>
    <p role="status">${plural(free.length, 'free hour')}</p>
    <ol aria-label="Hours">
      ${day.slots.map((slot) => slotRow(slot))}
    </ol>`;
}

function slotRow(slot) {
  return html`<li class="${slot.isFree ? 'free' : 'taken'}">${slot.from}–${slot.to} ${slot.label}</li>`;
}
