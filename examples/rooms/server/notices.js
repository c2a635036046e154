/** What the house tells its members. */
import { readSeed } from './seed.js';

const NOTICES = readSeed('notices.json');

/** Those that hold on the day, the newest first. */
export function noticesOn(date) {
  const current = NOTICES.filter((notice) => notice.from <= date && (notice.until === null || date <= notice.until));
  return current.toSorted((a, b) => b.from.localeCompare(a.from));
}
