/** Keeps the ledger small: what is old goes, and of the rest the newest so many. */
import { z } from 'zod';
import { NightsEntry } from './entries.ts';
import { parseEntry, toText } from './ledger.ts';

const DAY = 86_400_000;

/** Days after which an entry goes, and how many of a folder stay. A rejection is kept longest: it is a person's word. */
const BOUNDS: Readonly<Record<string, { days: number; most: number }>> = {
  scenarios: { days: 180, most: 5_000 },
  nights: { days: 180, most: 5_000 },
  issues: { days: 180, most: 2_000 },
  proposals: { days: 365, most: 2_000 },
  rejections: { days: 730, most: 2_000 },
};
const MOST_NIGHTS = 30;
const Dated = z.looseObject({ at: z.iso.datetime() });

/** Files that are not ours to know, such as the README, stay. */
export function pruneLedger(files: ReadonlyMap<string, string>, now: Date): Map<string, string> {
  const kept = new Map<string, string>();
  const dated = new Map<string, { path: string; text: string; at: number }[]>();
  for (const [path, text] of files) {
    const folder = path.split('/')[0] ?? '';
    const bounds = path.includes('/') ? BOUNDS[folder] : undefined;
    const trimmed = folder === 'nights' ? lastNights(text) : text;
    const at = timeOf(folder, trimmed);
    if (bounds === undefined || at === undefined) kept.set(path, text);
    else if (now.getTime() - at <= bounds.days * DAY)
      dated.set(folder, [...(dated.get(folder) ?? []), { path, text: trimmed, at }]);
  }
  for (const [folder, entries] of dated) {
    const newest = entries.sort((a, b) => b.at - a.at || (a.path < b.path ? -1 : 1));
    for (const { path, text } of newest.slice(0, BOUNDS[folder]?.most)) kept.set(path, text);
  }
  return new Map([...kept].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function lastNights(text: string): string {
  const entry = parseEntry(NightsEntry, text);
  if (entry === undefined || entry.nights.length <= MOST_NIGHTS) return text;
  return toText({ ...entry, nights: entry.nights.slice(-MOST_NIGHTS) });
}

/** Undefined where it does not parse: a newer version may have written it. */
function timeOf(folder: string, text: string): number | undefined {
  const at = folder === 'nights' ? parseEntry(NightsEntry, text)?.nights.at(-1)?.at : parseEntry(Dated, text)?.at;
  return at === undefined ? undefined : Date.parse(at);
}
