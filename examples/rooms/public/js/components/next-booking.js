/** The booking that comes next, above the list of rooms. */
import { html } from '../html.js';
import { daysBetween } from '../lib/dates.js';
import { plural } from '../lib/format.js';

export function nextBooking(upcoming, today) {
  const next = upcoming.find((booking) => booking.status !== 'cancelled');
  if (next === undefined) return html`<p>You have nothing booked.</p>`;
  const days = daysBetween(today, next.date);
  const when = days === 0 ? 'today' : `in ${plural(days, 'day')}`;
  return html`<p>Next: <a href="/bookings">${next.title}</a>, ${next.room.name}, ${when} at ${next.from}</p>`;
}
