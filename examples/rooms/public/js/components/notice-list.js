/** What the house tells its members. */
import { html } from '../html.js';
import { formatDay } from '../lib/dates.js';

export function noticeList(notices) {
  if (notices.length === 0) return html`<p>No news today.</p>`;
  return html`<ul aria-label="Notices">
    ${notices.map((notice) => html`<li><b>${notice.title}</b> (${periodOf(notice)}): ${notice.body}</li>`)}
  </ul>`;
}

function periodOf({ from, until }) {
  return `${formatDay(from)} to ${formatDay(until)}`;
}
