/** The house: when it is open, and what is new. */
import { api } from '../api.js';
import { noticeList } from '../components/notice-list.js';
import { html, render } from '../html.js';
import { addDays, formatDay } from '../lib/dates.js';

export async function showHouse(place, { query }) {
  const { date, hours, notices } = await api.house(query.get('date'));
  const why = hours.reason === '' ? '' : ` (${hours.reason})`;
  render(
    place,
    html`<h1>The house</h1>
      <p role="status">${formatDay(date)}: open from ${hours.from} to ${hours.to}${why}</p>
      <p>
        <a href="/house?date=${addDays(date, -1)}">Day before</a>
        <a href="/house?date=${addDays(date, 1)}">Day after</a>
      </p>
      ${noticeList(notices)}`,
  );
}
