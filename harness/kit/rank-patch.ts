/**
 * One score per candidate: how often people mend this class of error in this way, times what speaks for it here.
 *
 * The weights are fitted by scripts/fit-ranking.ts and lie in ranking.json, with their source: a weight for each fixer, for
 * each fixer at each class of error, for the place, and for the numbers of the evidence.
 */
import type { Evidence } from '../model/patch.ts';
import ranking from './ranking.json' with { type: 'json' };

const WEIGHTS: ReadonlyMap<string, number> = new Map(Object.entries(ranking.weights));
/** Confidence and suspicion are chances: never quite 0 or 1. */
const NEAR = 0.02;

/** What a score adds up, by name; names with a colon are there or not, all others are numbers. */
export function termsOf(fixer: string, evidence: Evidence): Map<string, number> {
  const { error, confidence, suspect, place, size, sites } = evidence;
  return new Map([
    ['confidence', logit(confidence)],
    ['suspect', Math.log(Math.max(NEAR, suspect))],
    ['size', Math.log(1 + size / 20)],
    ['sites', Math.log(Math.max(1, sites))],
    [`place:${place}`, 1],
    [`fixer:${fixer}`, 1],
    [`fixer:${fixer}:${error}`, 1],
  ]);
}

function logit(chance: number): number {
  const inner = Math.min(1 - NEAR, Math.max(NEAR, chance));
  return Math.log(inner / (1 - inner));
}

/** 0 to 1, higher is tried earlier. */
export function rankPatch(fixer: string, evidence: Evidence): number {
  let score = 0;
  for (const [name, value] of termsOf(fixer, evidence)) score += value * (WEIGHTS.get(name) ?? 0);
  return 1 / (1 + Math.exp(-score / 2));
}
