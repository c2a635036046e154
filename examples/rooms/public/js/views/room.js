/** One room: what it is, what members say, and its calendar. */
import { api } from '../api.js';
import { dayCalendar } from '../components/day-calendar.js';
import { FavouriteButton } from '../components/favourite-button.js';
import { reviewList } from '../components/review-list.js';
import { html, render } from '../html.js';
import { addDays } from '../lib/dates.js';
import { formatEuros, plural } from '../lib/format.js';

export async function showRoom(place, { id }) {
  const [room, { today }] = await Promise.all([api.room(id), api.house(null)]);
  render(
    place,
    html`<h1>${room.name}</h1>
      <p>${room.description}</p>
      <p>Floor ${room.floor}, ${plural(room.seats, 'seat')}, ${formatEuros(room.hourlyCents)} an hour</p>
      <ul aria-label="Equipment">${room.equipment.map((name) => html`<li>${name}</li>`)}</ul>
      <p><a href="/rooms/${room.id}/book">Book this room</a> <button id="favourite"></button></p>
      <section aria-label="Calendar"></section>
      <button id="next-day">Next day</button>
      <section aria-label="What members say">${reviewList(room.reviews)}</section>`,
  );
  new FavouriteButton(place.querySelector('#favourite'), room.id);
  let date = today;
  const showDay = async () =>
    render(place.querySelector('[aria-label=Calendar]'), dayCalendar(await api.day(id, date)));
  place.querySelector('#next-day').addEventListener('click', () => {
    date = addDays(date, 1);
    return showDay();
  });
  await showDay();
}
