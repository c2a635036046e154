/** The members' directory. */
import { api } from '../api.js';
import { html, render } from '../html.js';
import { plural } from '../lib/format.js';

export async function showMembers(place, { query }) {
  const text = query.get('q') ?? '';
  const members = await api.members(text);
  render(
    place,
    html`<h1>Members</h1>
      <p role="status">${plural(members.length, 'member')}</p>
      <ul aria-label="Members">${members.map((member) => memberItem(member))}</ul>`,
  );
}

function memberItem(member) {
  return html`<li>
    <a href="/members/${member.id}">${member.name}</a>, ${member.company}: ${member.skills.join(', ')}
  </li>`;
}
