/** The member's own bookings. */
import { api } from '../api.js';
import { html, render } from '../html.js';
import { formatDay } from '../lib/dates.js';
import { download } from '../lib/download.js';
import { formatEuros } from '../lib/format.js';

export async function showBookings(place) {
  const { upcoming, past } = await api.bookings();
  render(
    place,
    html`<h1>My bookings</h1>
      <h2>To come</h2>
      <ul aria-label="To come">${upcoming.map((booking) => bookingItem(booking, true))}</ul>
      <h2>Past</h2>
      <ul aria-label="Past">${past.map((booking) => bookingItem(booking, false))}</ul>
      <p role="status"></p>`,
  );
  for (const button of place.querySelectorAll('[data-cancel]')) {
    button.addEventListener('click', async () => {
      await api.cancel(button.dataset.cancel);
      await showBookings(place);
    });
  }
  for (const button of place.querySelectorAll('[data-calendar]')) {
    button.addEventListener('click', () => saveCalendarFile(button.dataset.calendar, place));
  }
}

function bookingItem(booking, isUpcoming) {
  const isCancelled = booking.status === 'cancelled';
  return html`<li>
    <b>${booking.title}</b>, ${booking.room.name}, ${formatDay(booking.date)} ${booking.from}–${booking.to},
    ${isCancelled ? 'cancelled' : formatEuros(booking.totalCents)}
    ${isUpcoming && !isCancelled ? html`<button data-cancel="${booking.id}">Cancel ${booking.title}</button>` : ''}
    <button data-calendar="${booking.id}">Calendar file of ${booking.title}</button>
  </li>`;
}

async function saveCalendarFile(id, place) {
  const file = await api.calendarFile(id);
  download(file.name, file.text);
  place.querySelector('[role=status]').textContent = `Saved ${file.name}, ${file.text.length} characters.`;
}
