/** Times of a day, written `09:30`. */

/** Minutes since midnight. */
export function minutesOf(time) {
  const [hours, minutes] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

export function timeOf(minutes) {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Hours between two times of one day. */
export function hoursBetween(from, to) {
  return (minutesOf(to) - minutesOf(from)) / 60;
}
