/** One score per candidate: how often people mend this class of error in this way, times what speaks for it here. */
import type { Evidence } from '../model/patch.ts';

/**
 * Shares of the fixes that people made after a Sentry report, by class of error and template (312 uncaught errors of
 * public repositories, read one by one): null dereferences 64 optional chains, 32 guards, 28 early returns, 26
 * defaults, 11 filters, 9 names; "not a function" 17 coercions, 8 guards, 4 names, 2 imports, 2 defaults; "not
 * iterable" 4 defaults, 2 coercions, 2 guards; names that do not exist 2 of 5 renamed. Reverts and lost `this` are
 * judged by what the fixer itself sees, so their prior only keeps them comparable.
 */
const PRIORS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'nullish-read': {
    'optional-chain': 0.64,
    'sibling-sites': 0.62,
    'default-value': 0.5,
    guard: 0.52,
    'early-return': 0.5,
    'filter-null': 0.6,
    'wrong-name': 0.45,
    'missing-await': 0.7,
    'bind-this': 0.9,
    'revert-hunk': 0.6,
  },
  'not-a-function': {
    'type-coercion': 0.65,
    guard: 0.4,
    'wrong-name': 0.6,
    'missing-import': 0.5,
    'default-value': 0.4,
    'missing-await': 0.7,
    'revert-hunk': 0.6,
  },
  'not-iterable': {
    'default-value': 0.65,
    'type-coercion': 0.55,
    'wrong-name': 0.55,
    'missing-await': 0.7,
    'revert-hunk': 0.6,
  },
  'destructured-nothing': { 'default-value': 0.65, 'revert-hunk': 0.6 },
  'not-defined': { 'missing-import': 0.85, 'wrong-name': 0.8, 'revert-hunk': 0.6 },
};
const OTHER = 0.5;

/** From this confidence on, what a fixer saw in this very code outweighs what is common. */
const SURE = 0.7;

/** 0 to 1. Small edits come before large ones of the same worth. */
export function rankPatch(fixer: string, { error, confidence, suspect, size }: Evidence): number {
  const common = PRIORS[error]?.[fixer] ?? OTHER;
  const prior = common + (1 - common) * Math.max(0, (confidence - SURE) / (1 - SURE));
  const brevity = 1 / (1 + size / 2_000);
  return Math.min(1, prior ** 0.5 * (0.3 + 0.7 * suspect) * (0.2 + 0.8 * confidence) * brevity);
}
