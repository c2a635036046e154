/** A member's bookings. */
import { minutesOf } from './clock.js';
import { Refusal } from './refusal.js';
import { findRoom } from './rooms.js';
import { TODAY } from './today.js';

/** Coming ones first to come, past ones last first. */
export function sortBookings(bookings) {
  const key = ({ date, from }) => `${date} ${from}`;
  const inOrder = bookings.toSorted((a, b) => key(a).localeCompare(key(b)));
  return {
    upcoming: inOrder.filter(({ date }) => date >= TODAY),
    past: inOrder.filter(({ date }) => date < TODAY).toReversed(),
  };
}

export function describeBooking(booking) {
  const room = findRoom(booking.roomId);
  return { ...booking, room: { id: room.id, name: room.name, floor: room.floor } };
}

export function addBooking(bookings, { roomId, date, from, to, guests, title }, totalCents) {
  const clash = bookings.some(
    (one) =>
      one.roomId === roomId &&
      one.date === date &&
      one.status !== 'cancelled' &&
      minutesOf(one.from) < minutesOf(to) &&
      minutesOf(from) < minutesOf(one.to),
  );
  if (clash) throw new Refusal(409, 'The room is taken at that time.');
  const id = Math.max(...bookings.map((one) => one.id)) + 1;
  const booking = { id, roomId, date, from, to, guests, title, totalCents, status: 'confirmed', createdOn: TODAY };
  bookings.push(booking);
  return booking;
}

export function findBooking(bookings, id) {
  const booking = bookings.find((one) => one.id === Number(id));
  if (booking === undefined) throw new Refusal(404, 'There is no such booking.');
  return booking;
}

export function cancelBooking(bookings, id) {
  const booking = findBooking(bookings, id);
  booking.status = 'cancelled';
  return booking;
}
