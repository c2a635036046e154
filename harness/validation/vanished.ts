/** What a scenario did or showed before and no longer does with a patch: an error can be silenced by leaving out what raised it. */
import { READING_METHODS } from '../model/reading-methods.ts';
import type { ScenarioRun } from '../model/scenario.ts';
import { withoutVariables } from '../model/without-variables.ts';
import { pageWords, wordsBeyond } from './page-words.ts';

/** Guard rules by behaviour. */
export type Vanished = 'request-gone' | 'page-gone';

/** A page that loses more of its words than this, and shows next to nothing new, lost a part of itself. */
const LOST_SHARE = 0.1;
const LOST_WORDS = 3;

/** What a run sent that may have changed something: `METHOD path`, ids and numbers taken out, each once. */
export function writesOf({ requests }: Pick<ScenarioRun, 'requests'>): Set<string> {
  return new Set(requests.flatMap(({ method, url }) => write(method, URL.parse(url)?.pathname ?? url)));
}

/** The same of the ledger's `METHOD path status`; of what was answered with an error nothing is asked. */
export function writesIn(requests: readonly string[]): Set<string> {
  return new Set(
    requests.flatMap((line) => {
      const [method = '', path = '', status = ''] = line.split(' ');
      return /^[23]/.test(status) ? write(method, path) : [];
    }),
  );
}

/** What a green scenario did on the base and not with a patch; undefined where it does the same. */
export function vanished(base: ScenarioRun, patched: ScenarioRun): { rule: Vanished; what: string } | undefined {
  const own = writesOf(patched);
  const gone = [...writesOf(base)].find((one) => !own.has(one));
  if (gone !== undefined) return { rule: 'request-gone', what: `${gone} is no longer sent` };
  if (base.pageText === undefined || patched.pageText === undefined) return undefined;
  const before = pageWords(base.pageText);
  const after = pageWords(patched.pageText);
  const lost = wordsBeyond(before, after);
  const fresh = wordsBeyond(after, before);
  const isLess =
    lost.length >= LOST_WORDS && lost.length > LOST_SHARE * before.length && fresh.length * 3 <= lost.length;
  return isLess ? { rule: 'page-gone', what: `“${lost.slice(0, 6).join(' ')}” is no longer on its page` } : undefined;
}

/**
 * What an own scenario of a case sent on the base, although it was red, and at its last green run, and not with a patch: leaving
 * out the deed is no cure.
 */
export function vanishedDeed(
  green: { readonly writes: ReadonlySet<string>; readonly isComparable: boolean } | undefined,
  base: ScenarioRun | undefined,
  patched: ScenarioRun,
): string | undefined {
  if (green === undefined || base === undefined || !green.isComparable) return undefined;
  const before = writesOf(base);
  const own = writesOf(patched);
  return [...green.writes].find((one) => before.has(one) && !own.has(one));
}

function write(method: string, path: string): string[] {
  return READING_METHODS.has(method) ? [] : [`${method} ${withoutVariables(path)}`];
}
