/** Many checks of one commit as one word. */
import type { Checks } from '../../model/forge.ts';

/** Red where any is red; else pending where any is; `none` checks count for nothing. */
export function weighChecks(checks: readonly Checks[]): Checks {
  for (const one of ['red', 'pending', 'green'] as const) if (checks.includes(one)) return one;
  return 'none';
}

/** The host's word for a check's state as ours; words that nobody knows are held to be pending. */
export function checkOf(state: string | null, words: { readonly green: string[]; readonly red: string[] }): Checks {
  if (state === null) return 'pending';
  const word = state.toLowerCase();
  if (words.green.includes(word)) return 'green';
  return words.red.includes(word) ? 'red' : 'pending';
}
