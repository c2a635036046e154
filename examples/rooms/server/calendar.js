/** A room's day, hour by hour. */
import { minutesOf, timeOf } from './clock.js';
import { hoursOn } from './opening-hours.js';

const HOUR = 60;

/** One slot for each hour that the house is open; `label` names who has it. */
export function slotsOf(room, date, bookings) {
  const { from, to } = hoursOn(date);
  const taken = bookings.filter((one) => one.roomId === room.id && one.date === date && one.status !== 'cancelled');
  const slots = [];
  for (let start = minutesOf(from); start < minutesOf(to); start += HOUR) {
    const booking = taken.find((one) => minutesOf(one.from) <= start && start < minutesOf(one.to));
    slots.push({
      from: timeOf(start),
      to: timeOf(start + HOUR),
      isFree: booking === undefined,
      label: labelOf(booking),
    });
  }
  return slots;
}

function labelOf(booking) {
  return booking === undefined ? 'free' : booking.title;
}
