/**
 * What an event's stacks and message come to: frames in Sentry's form, the hashes that group it, and its description. All of
 * that costs most of the way in, and most events of a stream say the same again: what came of their words is kept.
 */
import { hash } from 'node:crypto';
import { BoundedCache } from '../bounded-cache.ts';
import { tagOf } from '../grouping/fingerprint-variables.ts';
import { groupingHashes } from '../grouping/group-event.ts';
import { type Description, describeEvent } from './describe-event.ts';
import { normaliseEvent } from './normalise-event.ts';
import type { EventPayload } from './payload.ts';

export interface SettledStacks {
  readonly hashes: readonly string[];
  /** Of an event without transaction and level. */
  readonly description: Description;
  /** The members of the event that hold its stacks, as JSON between commas; empty where it has none. */
  readonly json: string;
}

/** Enough for some thousand usual stacks. */
const REMEMBERED_CHARS = 24 * 1024 * 1024;

/** For what is kept besides the texts. */
const ENTRY_CHARS = 1000;

export function stackMemory(chars = REMEMBERED_CHARS): BoundedCache<SettledStacks> {
  return new BoundedCache(chars);
}

/** What comes of an event's words depends on nothing else, so that all servers of a process share it. */
const memory = stackMemory();

/** The event's message must have been formatted. */
export function settleStacks(event: EventPayload, known = memory): SettledStacks {
  // A fingerprint may name any field of the event.
  if (event.checksum !== undefined || (event.fingerprint ?? []).length > 0) return settle(event);
  const words = wordsOf(event);
  // The words themselves would take as much memory again as what came of them.
  const digest = hash('sha256', JSON.stringify(words), 'base64');
  const found = known.get(digest);
  if (found !== undefined) return found;
  const settled = settle(words);
  known.set(digest, settled, digest.length + settled.json.length + ENTRY_CHARS);
  return settled;
}

/** All that decides; what is no part of it cannot be part of the result. */
function wordsOf(event: EventPayload): EventPayload {
  const { platform, exception, threads, stacktrace, logentry, template, csp, sdk } = event;
  const transaction = tagOf('transaction', event);
  return {
    platform,
    exception,
    threads,
    stacktrace,
    logentry: logentry && { message: logentry.message, formatted: logentry.formatted },
    template,
    csp,
    sdk: sdk && { version: sdk.version },
    tags: transaction === undefined ? undefined : [['transaction', transaction]],
  };
}

function settle(event: EventPayload): SettledStacks {
  const normal = normaliseEvent(event);
  const { exception, threads, stacktrace } = normal;
  return {
    hashes: groupingHashes(normal),
    description: describeEvent({ ...normal, transaction: undefined, level: undefined }),
    json: JSON.stringify({ exception, threads, stacktrace }).slice(1, -1),
  };
}
