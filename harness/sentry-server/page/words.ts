/** Times, numbers and cut texts as the page writes them. */
import { type Html, html } from '../../markup/html-tag.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `3 min ago`; a sender's clock may run ahead. */
export function ago(at: number, now: number): string {
  const passed = now - at;
  if (passed < -MINUTE) return 'in the future';
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
  if (passed < 2 * DAY) return `${Math.floor(passed / HOUR)} h ago`;
  return `${Math.floor(passed / DAY)} days ago`;
}

/** `2026-11-23 02:00:00 UTC`. */
export function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** How long ago, with the exact time for pointers and machines. */
export function agoTag(at: number, now: number): Html {
  return html`<time datetime="${new Date(at).toISOString()}" title="${instant(at)}">${ago(at, now)}</time>`;
}

/** The exact time and how long ago it was. */
export function instantTag(at: number, now: number): Html {
  return html`<time datetime="${new Date(at).toISOString()}">${instant(at)}</time> <span class="soft">(${ago(at, now)})</span>`;
}

const NUMBERS = new Intl.NumberFormat('en');

export function number(value: number): string {
  return NUMBERS.format(value);
}

/** `1 event`, `1,204 events`. */
export function counted(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** At most so many characters, never half a letter; says how many were left out. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = /[\ud800-\udbff]/.test(text[limit - 1] ?? '') ? limit - 1 : limit;
  return `${text.slice(0, end)}… (${number(text.length - end)} more characters)`;
}

/** A value of any shape as a person reads it. */
export function shown(value: unknown, limit: number): string {
  if (typeof value === 'string') return cut(value, limit);
  return cut(JSON.stringify(value, null, 1) ?? '', limit);
}
