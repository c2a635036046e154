/** Days, written `2026-05-12`, as members read them. */
const DAY_MS = 24 * 60 * 60 * 1000;
const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});
const monthFormat = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

function dateOf(day) {
  return new Date(`${day}T00:00:00Z`);
}

/** `Tue 12 May` */
export function formatDay(day) {
  return dayFormat.format(dateOf(day));
}

/** `May 2026`, of a month written `2026-05` */
export function formatMonth(month) {
  return monthFormat.format(dateOf(`${month}-01`));
}

export function addDays(day, days) {
  return new Date(dateOf(day).getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetween(from, to) {
  return Math.round((dateOf(to) - dateOf(from)) / DAY_MS);
}
