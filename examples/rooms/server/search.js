/** One search over rooms, members and notices. */
import { listMembers } from './members.js';
import { noticesOn } from './notices.js';
import { allRooms } from './rooms.js';
import { TODAY } from './today.js';

export function search(text) {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const rooms = allRooms()
    .filter((room) => `${room.name} ${room.description.toLowerCase()}`.toLowerCase().includes(wanted))
    .map((room) => ({ kind: 'room', title: room.name, path: `/rooms/${room.id}` }));
  const members = listMembers(text).map(({ id, name }) => ({ kind: 'member', title: name, path: `/members/${id}` }));
  const notices = noticesOn(TODAY)
    .filter((notice) => notice.title.toLowerCase().includes(wanted))
    .map((notice) => ({ kind: 'notice', title: notice.title, path: '/house' }));
  return [...rooms, ...members, ...notices];
}
