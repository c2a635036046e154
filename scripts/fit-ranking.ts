/**
 * Fits the weights by which patches are ranked: `node scripts/fit-ranking.ts LABELS.jsonl… [--write] [--folds 5]`.
 *
 * Each line of a file is one error whose candidates somebody judged: `{ "id", "candidates": [{ "fixer", "evidence", "right" }] }`,
 * with `evidence` as `propose --json` prints it and `right` from 0 (another change) to 1 (what a person did, or what passes the
 * hidden assertions); what is like the right one, but not the same, counts 0.4, and 0.1 where the right one is there as well.
 * `npm run bench -- fixes` and `npm run faults:all` write such files for the seeded faults.
 *
 * The model is a conditional logit: the chance of a candidate among those of its error is proportional to e^score, and the weights
 * make the chance of the right ones as large as they can, less a penalty for each weight (ridge), so that what few errors tell
 * stays small. Without `--write` it prints how well weights do on errors that they were not fitted on.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { termsOf } from '../harness/kit/rank-patch.ts';
import { Evidence } from '../harness/model/patch.ts';

const WEIGHTS = join(import.meta.dirname, '..', 'harness', 'kit', 'ranking.json');
const Case = z.object({
  id: z.string(),
  candidates: z.array(z.object({ fixer: z.string(), evidence: Evidence, right: z.number().min(0).max(1) })),
});
type Case = z.infer<typeof Case>;
type Weights = Map<string, number>;

const ROUNDS = 600;
const STEP = 0.08;
/** Numbers are told by every error, names by few. */
const RIDGE = { number: 0.02, name: 0.5 };

/** Of two edits of the same worth the smaller comes first, whatever a few errors say: reverts are larger than all of these. */
const AGAINST = new Set(['size', 'place:other-file']);

function scoreOf(terms: ReadonlyMap<string, number>, weights: Weights): number {
  let score = 0;
  for (const [name, value] of terms) score += value * (weights.get(name) ?? 0);
  return score;
}

function ridgeOf(name: string): number {
  return name.includes(':') ? RIDGE.name : RIDGE.number;
}

/** Adam, from nothing. */
function fitWeights(cases: readonly Case[]): Weights {
  const weights: Weights = new Map();
  const first: Weights = new Map();
  const second: Weights = new Map();
  const known = cases.map(({ candidates }) =>
    candidates.map(({ fixer, evidence, right }) => ({ terms: termsOf(fixer, evidence), right })),
  );
  const told = known.filter((candidates) => candidates.some(({ right }) => right > 0) && candidates.length > 1);
  for (let round = 1; round <= ROUNDS; round++) {
    const gradient: Weights = new Map();
    for (const candidates of told) addGradient(gradient, candidates, weights);
    for (const name of new Set([...gradient.keys(), ...weights.keys()])) {
      const slope = (gradient.get(name) ?? 0) - 2 * ridgeOf(name) * (weights.get(name) ?? 0);
      const m = 0.9 * (first.get(name) ?? 0) + 0.1 * slope;
      const v = 0.999 * (second.get(name) ?? 0) + 0.001 * slope * slope;
      first.set(name, m);
      second.set(name, v);
      const change = (STEP * (m / (1 - 0.9 ** round))) / (Math.sqrt(v / (1 - 0.999 ** round)) + 1e-8);
      const next = (weights.get(name) ?? 0) + change;
      weights.set(name, AGAINST.has(name) ? Math.min(0, next) : next);
    }
  }
  return weights;
}

interface Known {
  readonly terms: ReadonlyMap<string, number>;
  readonly right: number;
}

/** Of the logarithm of the right ones' chance. */
function addGradient(gradient: Weights, candidates: readonly Known[], weights: Weights): void {
  const scores = candidates.map(({ terms }) => scoreOf(terms, weights));
  const most = Math.max(...scores);
  const chances = scores.map((score) => Math.exp(score - most));
  const all = chances.reduce((sum, one) => sum + one, 0);
  const right = chances.reduce((sum, one, index) => sum + one * (candidates[index]?.right ?? 0), 0);
  for (const [index, { terms, right: share }] of candidates.entries()) {
    const chance = chances[index] ?? 0;
    const pull = (chance * share) / right - chance / all;
    for (const [name, value] of terms) gradient.set(name, (gradient.get(name) ?? 0) + pull * value);
  }
}

/** Shares of all cases whose first right candidate is within the first one and the first five. */
function judge(cases: readonly Case[], score: (candidate: Case['candidates'][number]) => number) {
  const ranks = cases.map(({ candidates }) => {
    const sorted = [...candidates].sort((a, b) => score(b) - score(a));
    const rank = (least: number): number => {
      const index = sorted.findIndex(({ right }) => right >= least);
      return index === -1 ? Number.POSITIVE_INFINITY : index + 1;
    };
    return { any: rank(0.1), whole: rank(1) };
  });
  const share = (isIn: (rank: (typeof ranks)[number]) => boolean): string =>
    (ranks.filter(isIn).length / ranks.length).toFixed(3);
  return {
    'right top 1': share(({ any }) => any <= 1),
    'right top 5': share(({ any }) => any <= 5),
    'wholly right top 1': share(({ whole }) => whole <= 1),
    'wholly right top 5': share(({ whole }) => whole <= 5),
    'wholly right at all': share(({ whole }) => whole < Number.POSITIVE_INFINITY),
  };
}

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false }, folds: { type: 'string', default: '5' } },
});
if (positionals.length === 0) throw new Error('Usage: node scripts/fit-ranking.ts LABELS.jsonl… [--write] [--folds 5]');
const cases = positionals.flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => Case.parse(JSON.parse(line))),
);
const folds = Number(flags.folds);
const held = new Map<Case, Weights>();
for (let fold = 0; fold < folds; fold++) {
  const weights = fitWeights(cases.filter((_, index) => index % folds !== fold));
  for (const [index, one] of cases.entries()) if (index % folds === fold) held.set(one, weights);
}
const all = fitWeights(cases);
const current: Weights = new Map(Object.entries(JSON.parse(readFileSync(WEIGHTS, 'utf8')).weights));
const ownOf = new Map(cases.flatMap((one) => one.candidates.map((candidate) => [candidate, held.get(one)] as const)));
const by = (weights: Weights | undefined) => (candidate: Case['candidates'][number]) =>
  scoreOf(termsOf(candidate.fixer, candidate.evidence), weights ?? new Map());
process.stdout.write(
  `${cases.length} errors, ${cases.filter(({ candidates }) => candidates.some(({ right }) => right > 0)).length} with a right candidate\n`,
);
console.table({
  'weights in use': judge(cases, by(current)),
  'fitted, on errors that were left out': judge(cases, (candidate) => by(ownOf.get(candidate))(candidate)),
  'fitted, on the same errors': judge(cases, by(all)),
});
if (flags.write) {
  const rounded = Object.fromEntries(
    [...all]
      .filter(([, weight]) => Math.abs(weight) >= 0.01)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, weight]) => [name, Number(weight.toFixed(2))]),
  );
  const source = `${cases.length} errors: real fixes of public repositories, and the examples' seeded faults; scripts/fit-ranking.ts`;
  writeFileSync(WEIGHTS, `${JSON.stringify({ source, weights: rounded }, null, 2)}\n`);
}
