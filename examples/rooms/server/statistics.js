/** How much of the house is in use. */
import { hoursBetween } from './clock.js';
import { hoursOn } from './opening-hours.js';
import { allRooms } from './rooms.js';

const BAR = 20;

/** Each room's share of the day's hours, drawn as a bar of up to twenty signs, the busiest room first. */
export function usageOf(date, bookings) {
  const { from, to } = hoursOn(date);
  const open = hoursBetween(from, to);
  const rows = allRooms().map((room) => {
    const own = bookings.filter((one) => one.roomId === room.id && one.date === date && one.status !== 'cancelled');
    const hours = own.reduce((sum, one) => sum + hoursBetween(one.from, one.to), 0);
    const share = open === 0 ? 0 : hours / open;
    return { room: room.name, hours, share, bar: '#'.repeat(Math.round(share * BAR)) };
  });
  return rows.toSorted((a, b) => b.hours - a.hours || a.room.localeCompare(b.room));
}

/** Floor by floor: which room is free at that time, and until when it is not. */
export function occupancyAt(date, time, bookings) {
  const floors = new Map();
  for (const room of allRooms()) {
    const now = bookings.find(
      (one) =>
        one.roomId === room.id && one.date === date && one.from <= time && time < one.to && one.status !== 'cancelled',
    );
    const rooms = floors.get(room.floor) ?? [];
    rooms.push({ name: room.name, until: now?.to ?? null });
    floors.set(room.floor, rooms);
  }
  return [...floors].toSorted(([a], [b]) => a - b).map(([floor, rooms]) => ({ floor, rooms }));
}
