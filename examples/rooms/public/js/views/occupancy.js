/** Which room is free right now, floor by floor. */
import { api } from '../api.js';
import { html, render } from '../html.js';

/** Until the page knows the clock of the house. */
const USUAL = '10:30';

export async function showOccupancy(place, { query }) {
  const time = query.get('at') ?? USUAL;
  const { floors } = await api.occupancy(time);
  render(
    place,
    html`<h1>Right now, at ${time}</h1>
      ${floors.map(({ floor, rooms }) => floorList(floor, rooms))}`,
  );
}

function floorList(floor, rooms) {
  return html`<h2>Floor ${floor}</h2>
    <ul aria-label="Floor ${floor}">
      ${rooms.map((room) => html`<li>${room.name}: ${room.until === null ? 'free' : `taken until ${room.until}`}</li>`)}
    </ul>`;
}
