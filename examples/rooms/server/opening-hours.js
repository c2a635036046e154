/** When the house is open. */
import { readSeed } from './seed.js';

const { week, exceptions } = readSeed('opening-hours.json');

/** `from` and `to` of a day, and why where it is not an ordinary one. */
export function hoursOn(date) {
  const ordinary = week[new Date(`${date}T00:00:00Z`).getUTCDay()];
  const exception = exceptions.find((one) => one.date === date);
  return { from: exception?.from ?? ordinary.from, to: exception?.to ?? ordinary.to, reason: exception?.reason ?? '' };
}
