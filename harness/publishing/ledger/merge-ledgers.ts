/** Unites two ledgers that were written at once, file by file, in either order to the same result. */
import { z } from 'zod';
import { NightsEntry } from './entries.ts';
import { parseEntry, toText } from './ledger.ts';

const Dated = z.looseObject({ at: z.iso.datetime() });

/**
 * A file that only one has is kept. Of two: nights are united, of all else that carries a time the newer one stands, and
 * what parses stands before what does not. Rejections are a file each, so that both are kept.
 */
export function mergeLedgers(
  ours: ReadonlyMap<string, string>,
  theirs: ReadonlyMap<string, string>,
): Map<string, string> {
  const files = new Map(ours);
  for (const [path, text] of theirs) {
    const own = files.get(path);
    files.set(path, own === undefined || own === text ? text : choose(path, own, text));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function choose(path: string, ours: string, theirs: string): string {
  if (path.startsWith('nights/')) {
    const [one, other] = [parseEntry(NightsEntry, ours), parseEntry(NightsEntry, theirs)];
    if (one !== undefined && other !== undefined) return toText(uniteNights(one, other));
  }
  const [own, other] = [timeOf(ours), timeOf(theirs)];
  if (own !== other) return own > other ? ours : theirs;
  // At the same instant any order will do, as long as every machine takes the same.
  return ours > theirs ? ours : theirs;
}

/** Each night once, oldest first. */
export function uniteNights(one: NightsEntry, other: NightsEntry): NightsEntry {
  const nights = new Map<string, NightsEntry['nights'][number]>();
  for (const night of [...one.nights, ...other.nights]) {
    const known = nights.get(night.run);
    if (known === undefined || JSON.stringify(known) < JSON.stringify(night)) nights.set(night.run, night);
  }
  const sorted = [...nights.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.run < b.run ? -1 : 1));
  return { scenario: one.scenario, nights: sorted };
}

function timeOf(text: string): number {
  const entry = parseEntry(Dated, text);
  return entry === undefined ? Number.NEGATIVE_INFINITY : Date.parse(entry.at);
}
