/** What a parcel's events say to the customer. */
import type { Parcel } from '../../shared/types.ts';
import { formatDate } from './format.ts';

/** `Picked up, 20 Oct 2026`; undefined while the carrier has not seen the parcel. */
export function latestNews(parcel: Parcel): string | undefined {
  const { events } = parcel;
  if (events.length === 0) return undefined;
  const latest = events[events.length - 1];
  return `${latest.text}, ${formatDate(latest.at)}`;
}
