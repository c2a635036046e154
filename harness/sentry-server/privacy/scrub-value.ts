/** Walks a value that came as JSON and filters it in place: by its fields' names, and by the shapes of secrets in its texts. */
import { isRecord } from '../../model/is-record.ts';
import type { Place, Remark } from './remarks.ts';
import { FILTERED, type Rule, type TextScrubber } from './scrub-text.ts';
import type { NameVerdict } from './sensitive-names.ts';

export interface Rules {
  readonly text: TextScrubber;
  readonly judgeName: (name: string) => NameVerdict;
}

/** One pass over one event or item; `remarks` grow while it goes on. */
export interface Pass {
  readonly rules: Rules;
  readonly remarks: Remark[];
}

/** What stands in place of the value: itself where nothing, or something inside it, was filtered. */
export function scrubValue(pass: Pass, value: unknown, place: Place): unknown {
  if (typeof value === 'string') return scrubField(pass, value, place);
  if (typeof value === 'number') return scrubNumber(pass, value, place);
  if (Array.isArray(value)) scrubList(pass, value, place);
  else if (isRecord(value)) scrubRecord(pass, value, place);
  return value;
}

/** Pairs of a name and a value inside a list are the list's way to be an object. */
export function scrubList(pass: Pass, list: unknown[], place: Place): void {
  for (let index = 0; index < list.length; index += 1) {
    const before = list[index];
    const inner: Place = { outer: place, key: index };
    if (isPair(before)) {
      before[1] = scrubNamed(pass, before[0], before[1], { outer: inner, key: 1 });
      continue;
    }
    const after = scrubValue(pass, before, inner);
    if (after !== before) list[index] = after;
  }
}

function isPair(value: unknown): value is [string, unknown] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';
}

export function scrubRecord(pass: Pass, record: Record<string, unknown>, place: Place | undefined): void {
  for (const name of Object.keys(record)) {
    const before = record[name];
    const after = scrubNamed(pass, name, before, { outer: place, key: name });
    if (after === undefined) delete record[name];
    else if (after !== before) record[name] = after;
  }
}

/**
 * A value with the name of its field. Objects are never filtered whole: their fields are looked at, and all of a jar of
 * cookies are secrets. Yes and no are none. Undefined where the value must go.
 */
export function scrubNamed(pass: Pass, name: string, value: unknown, place: Place): unknown {
  const verdict = pass.rules.judgeName(name);
  if (verdict === 'safe') return value;
  if (verdict === 'secret' && isRecord(value) && /^cookies?$/i.test(name)) return filterEach(pass, value, place);
  if (verdict === 'plain' || !isFilterable(name, value)) return scrubValue(pass, value, place);
  if (verdict === 'secret') return filterWhole(pass, '@password:filter', value, place);
  pass.remarks.push({ place, rules: ['@ip:remove'], length: lengthOf(value), kind: 'removed' });
  return undefined;
}

function filterEach(pass: Pass, jar: Record<string, unknown>, place: Place): unknown {
  for (const name of Object.keys(jar))
    jar[name] = filterWhole(pass, '@password:filter', jar[name], { outer: place, key: name });
  return jar;
}

export function filterWhole(pass: Pass, rule: Rule, value: unknown, place: Place): unknown {
  if (value === FILTERED || value === '') return value;
  pass.remarks.push({ place, rules: [rule], length: lengthOf(value), kind: 'whole' });
  return FILTERED;
}

export function scrubField(pass: Pass, text: string, place: Place): string {
  return noted(pass, text, place, pass.rules.text.field(text));
}

export function scrubMessage(pass: Pass, text: string, place: Place): string {
  return noted(pass, text, place, pass.rules.text.message(text));
}

function noted(pass: Pass, before: string, place: Place, after: { text: string; rules: readonly Rule[] }): string {
  if (after.rules.length === 0) return before;
  const kind = after.text === FILTERED ? 'whole' : 'part';
  pass.remarks.push({ place, rules: after.rules, length: before.length, kind });
  return after.text;
}

/** A card's number may come without quotes. */
function scrubNumber(pass: Pass, value: number, place: Place): number | string {
  if (value < 1e12 || !Number.isInteger(value)) return value;
  const { rules } = pass.rules.text.message(String(value));
  if (rules.length === 0) return value;
  pass.remarks.push({ place, rules, length: undefined, kind: 'whole' });
  return FILTERED;
}

/** Of `input_tokens: 512` only the name is suspicious. */
function isFilterable(name: string, value: unknown): boolean {
  if (typeof value === 'number') return !/tokens?(?:\.\w+)?$/i.test(name);
  return typeof value === 'string' || Array.isArray(value);
}

function lengthOf(value: unknown): number | undefined {
  return typeof value === 'string' ? value.length : undefined;
}
