/** An event on its way into the file: all that can be worked out without the file is. */
import { type Description, describeAs } from './describe-event.ts';
import { eventTags, textOf, userKey } from './event-tags.ts';
import { formatMessage } from './format-message.ts';
import type { EventPayload } from './payload.ts';
import { settleStacks } from './settle-stacks.ts';

/** Nothing but data that JSON can hold: an event waits in the inbox in that form. */
export interface Arrival {
  readonly id: string;
  /** The words of the event that are looked for by name. */
  readonly words: Words;
  /** The normalised event, its stacks included, as JSON; bytes are the same text in UTF-8. */
  readonly stored: string | Uint8Array;
  readonly description: Description;
  /** Sorted by key. */
  readonly tags: readonly (readonly [string, string])[];
  readonly user?: string | undefined;
  /** Of all exceptions of the chain, each once: a search finds any of them. */
  readonly errorTypes: readonly string[];
  /** At least one; the first that is known decides about the issue. */
  readonly hashes: readonly string[];
  readonly at: number;
  readonly receivedAt: number;
  /** Bytes as they came. */
  readonly size: number;
}

interface Words extends Pick<EventPayload, 'platform' | 'logger' | 'environment' | 'release' | 'dist' | 'transaction'> {
  readonly url: string | undefined;
  /** Hex digits. */
  readonly trace: string | undefined;
}

/** `event` is scrubbed and symbolicated, and not normalised yet. */
interface Given extends Pick<Arrival, 'id' | 'at' | 'receivedAt' | 'size'> {
  readonly event: EventPayload;
}

/** What `settleStacks` has made JSON of. */
const NO_STACKS = { exception: undefined, threads: undefined, stacktrace: undefined };

export function describeArrival({ event, ...given }: Given): Arrival {
  const logentry = formatMessage(event.logentry);
  const {
    hashes,
    json,
    description: common,
  } = settleStacks(logentry === event.logentry ? event : { ...event, logentry });
  const description = describeAs(common, event);
  const { exception } = event;
  const rest = JSON.stringify({ ...event, event_id: given.id, logentry, ...NO_STACKS });
  return {
    ...given,
    words: wordsOf(event),
    stored: json === '' ? rest : `${rest.slice(0, -1)},${json}}`,
    hashes,
    description,
    tags: [...eventTags(event, description)],
    user: userKey(event),
    errorTypes: [
      ...new Set(
        [description.errorType, ...(exception ?? []).map(({ type }) => type)].filter((type) => type !== undefined),
      ),
    ],
  };
}

function wordsOf({
  platform,
  logger,
  environment,
  release,
  dist,
  transaction,
  request,
  contexts,
}: EventPayload): Words {
  const trace = textOf(contexts?.trace, 'trace_id')?.replaceAll('-', '').toLowerCase();
  return { platform, logger, environment, release, dist, transaction, url: request?.url, trace };
}
