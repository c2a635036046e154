/** An event on its way into the file: all that can be worked out without the file is. */
import { type Description, describeAs } from './describe-event.ts';
import { eventTags, userKey } from './event-tags.ts';
import { formatMessage } from './format-message.ts';
import type { EventPayload } from './payload.ts';
import { settleStacks } from './settle-stacks.ts';

export interface Arrival {
  readonly id: string;
  readonly payload: Omit<EventPayload, 'exception' | 'threads' | 'stacktrace'>;
  /** The normalised event, its stacks included, as JSON. */
  readonly stored: string;
  readonly description: Description;
  /** Sorted by key. */
  readonly tags: ReadonlyMap<string, string>;
  readonly user: string | undefined;
  /** Of all exceptions of the chain, each once: a search finds any of them. */
  readonly errorTypes: ReadonlySet<string>;
  /** At least one; the first that is known decides about the issue. */
  readonly hashes: readonly string[];
  readonly at: number;
  readonly receivedAt: number;
  /** Bytes as they came. */
  readonly size: number;
}

/** `event` is scrubbed and symbolicated, and not normalised yet. */
interface Given extends Pick<Arrival, 'id' | 'at' | 'receivedAt' | 'size'> {
  readonly event: EventPayload;
}

export function describeArrival({ event, ...given }: Given): Arrival {
  const named = { ...event, event_id: given.id, logentry: formatMessage(event.logentry) };
  const { hashes, json, description: common } = settleStacks(named);
  const description = describeAs(common, event);
  const { exception, threads, stacktrace, ...payload } = named;
  const rest = JSON.stringify(payload);
  return {
    ...given,
    payload,
    stored: json === '' ? rest : `${rest.slice(0, -1)},${json}}`,
    hashes,
    description,
    tags: eventTags(event, description),
    user: userKey(event),
    errorTypes: new Set(
      [description.errorType, ...(exception ?? []).map(({ type }) => type)].filter((type) => type !== undefined),
    ),
  };
}
