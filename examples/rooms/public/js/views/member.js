/** One member, and how to reach them. */
import { api } from '../api.js';
import { html, render } from '../html.js';
import { formatDay } from '../lib/dates.js';
import { dialled } from '../lib/format.js';

export async function showMember(place, { id }) {
  const member = await api.member(id);
  render(
    place,
    html`<h1>${member.name}</h1>
      <p>${member.company}</p>
      <p>Here since ${formatDay(member.since)} ${member.since.slice(0, 4)}</p>
      <ul aria-label="Contact">
        <li><a href="mailto:${member.contact.email}">${member.contact.email}</a></li>
        <li><a href="tel:${dialled(member.contact.phone)}">${member.contact.phone}</a></li>
      </ul>`,
  );
}
