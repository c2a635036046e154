/** The server's scrubber: Sentry's default rules with the settings' own fields, compiled once. */
import type { EventPayload } from '../event/payload.ts';
import { scrubEvent } from './scrub-event.ts';
import { scrubItem } from './scrub-item.ts';
import { type TextScrubber, textScrubber } from './scrub-text.ts';
import { nameJudge } from './sensitive-names.ts';

export interface ScrubSettings {
  /** Names (or parts of names) whose values are secrets as well; a text that contains one is filtered whole. */
  readonly sensitiveFields?: readonly string[];
  /** Names whose values are never filtered. */
  readonly safeFields?: readonly string[];
  /** Whether addresses of users are taken out as well. */
  readonly scrubIpAddresses?: boolean;
}

export interface Scrubber {
  /** The event without its secrets; it may be changed. */
  event(payload: EventPayload): EventPayload;
  /** Changes the parsed JSON of an item that is no error event; returns whether anything was filtered. */
  item(type: string, value: unknown): boolean;
  /** Text that is no JSON, such as statsd lines. */
  readonly text: TextScrubber;
}

/** Undefined settings are Sentry's defaults. */
export function compileScrubber(settings: ScrubSettings = {}): Scrubber {
  const sensitiveFields = (settings.sensitiveFields ?? []).filter((name) => name.trim() !== '');
  const judgeName = nameJudge({
    sensitiveFields,
    safeFields: settings.safeFields ?? [],
    scrubIpAddresses: settings.scrubIpAddresses ?? false,
  });
  const text = textScrubber(sensitiveFields, judgeName);
  const rules = { text, judgeName };
  return {
    event: (payload) => scrubEvent(rules, payload),
    item: (type, value) => scrubItem(rules, type, value),
    text,
  };
}
