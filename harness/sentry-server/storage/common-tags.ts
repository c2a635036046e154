/** Tags that all events of an issue have in common: searches for several of them need no look at its events. */
import type { Arrival } from '../event/arrival.ts';
import { searchable } from './issue-tags.ts';

type Tag = readonly [key: string, value: string];

export interface ComparedTags {
  /** The object of what is left in common, as JSON. */
  readonly common: string;
  /** The event's tags that are not in common, users left out. */
  readonly others: readonly Tag[];
}

/** The error's value is no tag, but often common; null where the events have none. */
export const ERROR_VALUE = ' error.value';
/** Longer values are not kept in common. */
const LONGEST = 200;

/** Of an issue's first event; users are many, and no part of it. */
export function firstCommonTags(arrival: Arrival): string {
  return JSON.stringify(Object.fromEntries([...tagsOf(arrival), ...errorValueOf(arrival)]));
}

/** What an issue's events have in common when one more joins them. */
export function compareTags(before: string, arrival: Arrival): ComparedTags {
  const tags = tagsOf(arrival);
  if (before === '{}') return { common: before, others: tags };
  const known = new Map<string, unknown>(Object.entries(JSON.parse(before)));
  const isCommon = ([key, value]: readonly [string, unknown]): boolean => known.get(key) === value;
  const others = tags.filter((tag) => !isCommon(tag));
  const values = errorValueOf(arrival).filter(isCommon);
  if (tags.length - others.length + values.length === known.size) return { common: before, others };
  return { common: JSON.stringify(Object.fromEntries([...tags.filter(isCommon), ...values])), others };
}

function tagsOf(arrival: Arrival): Tag[] {
  return searchable(arrival).filter(([key]) => key !== 'user');
}

function errorValueOf({ description }: Arrival): (readonly [string, string | null])[] {
  const value = description.errorValue ?? null;
  return value !== null && value.length > LONGEST ? [] : [[ERROR_VALUE, value]];
}
