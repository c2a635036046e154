/** What a booking costs. */
import { hoursBetween } from './clock.js';
import { readSeed } from './seed.js';

const ADD_ONS = readSeed('add-ons.json');
const HALF_DAY_HOURS = 4;
const HALF_DAY_SHARE = 0.9;

export function allAddOns() {
  return ADD_ONS;
}

/** In cents; from half a day on, the room is a tenth cheaper. */
export function quoteOf(room, { from, to, guests }, addOns) {
  const hours = hoursBetween(from, to);
  const full = hours * room.hourlyCents;
  const roomCents = Math.round(hours >= HALF_DAY_HOURS ? full * HALF_DAY_SHARE : full);
  const lines = addOns.map((id) => lineOf(id, guests));
  const addOnCents = lines.reduce((sum, line) => sum + line.cents, 0);
  return { hours, roomCents, lines, totalCents: roomCents + addOnCents };
}

function lineOf(id, guests) {
  const { name, cents, perGuest } = ADD_ONS.find((one) => one.id === id);
  return { name, cents: perGuest ? cents * guests : cents };
}
