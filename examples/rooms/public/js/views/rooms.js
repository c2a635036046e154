/** The list of rooms, to be narrowed and sorted. */
import { api } from '../api.js';
import { nextBooking } from '../components/next-booking.js';
import { roomCard } from '../components/room-card.js';
import { html, render } from '../html.js';
import { readFavourites } from '../lib/favourites.js';
import { changeFilters, clearFilters, readFilters } from '../lib/filters.js';
import { plural } from '../lib/format.js';

const SORTS = { name: 'Name', price: 'Price', seats: 'Seats' };

export async function showRooms(place) {
  const filters = readFilters();
  const [found, { upcoming }, { today }] = await Promise.all([api.rooms(filters), api.bookings(), api.house(null)]);
  render(
    place,
    html`<h1>Rooms</h1>
      ${nextBooking(upcoming, today)}
      <p><a href="/occupancy">Who is where right now</a></p>
      <form aria-label="Filter">
        <label>Seats <input name="seats" type="number" min="0" value="${filters.seats}" /></label>
        ${found.equipment.map((thing) => equipmentBox(thing, filters))}
        <label>Sort by <select name="sort">${Object.keys(SORTS).map((sort) => sortOption(sort, filters))}</select></label>
        <button type="button" id="clear">Clear</button>
      </form>
      <section aria-label="Found">${roomList(found.rooms)}</section>`,
  );
  const form = place.querySelector('form');
  form.addEventListener('change', async () => {
    const data = new FormData(form);
    changeFilters({ seats: Number(data.get('seats')), equipment: data.getAll('equipment'), sort: data.get('sort') });
    const asked = readFilters();
    const { rooms } = await api.rooms(asked);
    // An answer that was overtaken by the next wish is of no use any more.
    if (asked === readFilters()) render(place.querySelector('[aria-label=Found]'), roomList(rooms));
  });
  place.querySelector('#clear').addEventListener('click', () => {
    clearFilters();
    return showRooms(place);
  });
}

function roomList(rooms) {
  const favourites = readFavourites();
  return html`<p role="status">${plural(rooms.length, 'room')}</p>
    <ul aria-label="Rooms">${rooms.map((room) => roomCard(room, favourites.has(room.id)))}</ul>`;
}

function equipmentBox(thing, filters) {
  const checked = filters.equipment.includes(thing.id) ? 'checked' : '';
  return html`<label><input type="checkbox" name="equipment" value="${thing.id}" ${checked} /> ${thing.name}</label>`;
}

function sortOption(sort, filters) {
  return html`<option value="${sort}" ${sort === filters.sort ? 'selected' : ''}>${SORTS[sort]}</option>`;
}
