/** Tags that all events of an issue have in common: searches for several of them need no look at its events. */
import type { Arrival } from '../event/arrival.ts';
import { searchable } from './issue-tags.ts';

/** Of an issue's first event. */
export function firstCommonTags(arrival: Arrival): string {
  return JSON.stringify(Object.fromEntries(singles(arrival)));
}

/** What is left of an issue's common tags when an event joins it. */
export function commonTagsWith(before: string, arrival: Arrival): string {
  if (before === '{}') return before;
  const tags = singles(arrival);
  const common = Object.entries(JSON.parse(before));
  const left = common.filter(([key, value]) => tags.get(key) === value);
  return left.length === common.length ? before : JSON.stringify(Object.fromEntries(left));
}

/** Without users, who are many, and without keys that the event has several values for. */
function singles(arrival: Arrival): Map<string, string> {
  const tags = new Map<string, string>();
  const several = new Set<string>();
  for (const [key, value] of searchable(arrival)) {
    if (key === 'user') continue;
    if (tags.has(key)) several.add(key);
    tags.set(key, value);
  }
  for (const key of several) tags.delete(key);
  return tags;
}
