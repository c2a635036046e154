/** An event on its way into the file: all that can be worked out without the file is. */
import { type Description, describeEvent } from './describe-event.ts';
import { eventTags, userKey } from './event-tags.ts';
import type { EventPayload } from './payload.ts';

export interface Arrival {
  readonly id: string;
  readonly payload: EventPayload;
  readonly description: Description;
  /** Sorted by key. */
  readonly tags: ReadonlyMap<string, string>;
  readonly user: string | undefined;
  /** At least one; the first that is known decides about the issue. */
  readonly hashes: readonly string[];
  readonly at: number;
  readonly receivedAt: number;
  /** Bytes as they came. */
  readonly size: number;
}

type Given = Pick<Arrival, 'id' | 'payload' | 'hashes' | 'at' | 'receivedAt' | 'size'>;

export function describeArrival(given: Given): Arrival {
  const description = describeEvent(given.payload);
  return { ...given, description, tags: eventTags(given.payload, description), user: userKey(given.payload) };
}
