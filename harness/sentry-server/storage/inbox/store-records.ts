/** Stores events of the inbox, together with how far it is stored: none is stored twice, whoever is killed when. */
import type { Database } from '../database.ts';
import type { SeenTags } from '../issue-tags.ts';
import type { ItemCount, ItemCounts } from '../item-counts.ts';
import { type StoredEvent, storeEvent } from '../store-event.ts';
import type { InboxRecord } from './inbox-records.ts';

export interface InboxStore {
  readonly db: Database;
  readonly seenTags: SeenTags;
  readonly itemCounts: ItemCounts;
}

/** An event that was just stored. */
export interface InboxNotice extends StoredEvent {
  readonly projectId: number;
  readonly eventId: string;
  readonly title: string;
}

export interface StoredRecords {
  readonly notices: readonly InboxNotice[];
  /** Where the last of those that are done with ends in the inbox. */
  readonly to: number;
  /** What kept single events from being stored: bugs of ours. */
  readonly failures: readonly unknown[];
}

type Transact = <T>(work: () => T) => T | undefined;

/** Undefined where `transact` could not begin. Throws what the disk has to say. `records` are one at least. */
export function storeRecords(
  store: InboxStore,
  records: readonly InboxRecord[],
  transact: Transact,
): StoredRecords | undefined {
  const to = records.at(-1)?.end ?? 0;
  try {
    const notices = transact(() => storeAll(store, records, to));
    return notices && { notices, to, failures: [] };
  } catch (error) {
    store.seenTags.clear();
    store.itemCounts.clear();
    if (isDiskTrouble(error)) throw error;
    if (records.length > 1) return storeSingly(store, records, transact);
    // An event that cannot be stored must not keep all that follow from it.
    const isMarked = transact(() => markStored(store.db, to));
    return isMarked === undefined ? undefined : { notices: [], to, failures: [error] };
  }
}

function storeSingly(
  store: InboxStore,
  records: readonly InboxRecord[],
  transact: Transact,
): StoredRecords | undefined {
  let all: StoredRecords | undefined;
  for (const record of records) {
    const one = storeRecords(store, [record], transact);
    if (one === undefined) break;
    all = {
      notices: [...(all?.notices ?? []), ...one.notices],
      to: one.to,
      failures: [...(all?.failures ?? []), ...one.failures],
    };
  }
  return all;
}

function storeAll(store: InboxStore, records: readonly InboxRecord[], to: number): InboxNotice[] {
  const notices: InboxNotice[] = [];
  for (const { projectId, arrival } of records) {
    const { id, description, size: bytes, receivedAt } = arrival;
    const stored = storeEvent(store.db, projectId, arrival, store.seenTags);
    const count = { type: 'event', category: 'error', ...outcomeOf(stored), quantity: 1, bytes } as const;
    store.itemCounts.add(projectId, count, receivedAt);
    if (typeof stored !== 'string') notices.push({ ...stored, projectId, eventId: id, title: description.title });
  }
  store.itemCounts.write();
  markStored(store.db, to);
  return notices;
}

function outcomeOf(stored: StoredEvent | 'duplicate' | 'discarded'): Pick<ItemCount, 'outcome' | 'reason'> {
  if (stored === 'duplicate') return { outcome: 'duplicate', reason: 'duplicate' };
  if (stored === 'discarded') return { outcome: 'filtered', reason: 'discarded-hash' };
  return { outcome: 'accepted', reason: '' };
}

export function markStored(db: Database, to: number): boolean {
  return db.run('UPDATE inbox SET stored_to = ?', to).changes > 0;
}

const SQLITE = { busy: 5, io: 10, full: 13 };

/** The file is locked, or the disk full or broken. */
export function isDiskTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && (error.code === 'ENOSPC' || error.code === 'EIO')) return true;
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
  return code === SQLITE.busy || code === SQLITE.io || code === SQLITE.full;
}
