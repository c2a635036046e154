/** Has an envelope's items stored: events through the inbox where there is one, all else in a transaction. */
import type { ServerParts } from '../server-parts.ts';
import type { ProjectRow } from '../storage/rows.ts';
import { type Accepted, type ReadyItem, storeItems } from './accept-items.ts';

export interface StoredEnvelope extends Omit<Accepted, 'events'> {
  readonly eventIds: readonly string[];
}

/** Resolves when what was accepted would survive the death of the process. */
export async function storeEnvelope(
  parts: ServerParts,
  project: ProjectRow,
  items: readonly ReadyItem[],
): Promise<StoredEnvelope> {
  const { inbox } = parts;
  const arrivals = inbox === undefined ? [] : items.flatMap(({ store: { arrival } }) => arrival ?? []);
  if (inbox === undefined || arrivals.length === 0) return storeNow(parts, project, items);
  const others = items.filter(({ store: { arrival } }) => arrival === undefined);
  const [rest] = await Promise.all([
    others.length === 0 ? NOTHING : storeNow(parts, project, others),
    inbox.add(project.id, arrivals),
  ]);
  return { ...rest, eventIds: arrivals.map(({ id }) => id), isLimited: false };
}

const NOTHING: StoredEnvelope = { eventIds: [], tooLarge: undefined, invalid: false, exhausted: [], isLimited: false };

async function storeNow(parts: ServerParts, project: ProjectRow, items: readonly ReadyItem[]): Promise<StoredEnvelope> {
  const { events, ...rest } = await parts.commits.add(() => storeItems(parts, project, items));
  for (const event of events) parts.announce(project, event);
  return { ...rest, eventIds: events.map(({ eventId }) => eventId) };
}
