/** A verdict: what the ladder came to say of one patch, with the runs that show it. */
import { z } from 'zod';
import { ScenarioRun } from './scenario.ts';

/** The rung at which a patch fell, or the last one it passed. */
export const Rung = z.enum(['static', 'build', 'screen', 'confirm', 'oracle', 'regress']);
export type Rung = z.infer<typeof Rung>;

/** How often a scenario was green in how many runs. */
export const Tally = z.strictObject({
  scenario: z.string(),
  green: z.int().nonnegative(),
  runs: z.int().nonnegative(),
});
export type Tally = z.infer<typeof Tally>;

const shared = {
  /** Patch id. */
  patch: z.string(),
  issue: z.string(),
  rung: Rung,
  /** One sentence: what was seen. */
  why: z.string(),
  seconds: z.number().nonnegative(),
  /** The red scenarios on the base and with the patch. */
  base: z.array(Tally),
  patched: z.array(Tally),
};

export const Verdict = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('confirmed'),
    ...shared,
    /** `strong` when undoing the patched value turns the scenario red again; `weak` when that was not shown. */
    strength: z.enum(['strong', 'weak']),
    /** Probability of this difference between base and patch by chance (Fisher's exact test, one-sided). */
    pValue: z.number().min(0).max(1),
    /** Runtimes whose control event arrived with the patch applied. */
    controls: z.array(z.enum(['browser', 'server'])),
    /** Short ids of other issues whose red scenarios were green as well: one cause behind several. */
    alsoCures: z.array(z.string()),
    /** How much the page looked like that of the last green run, 0 to 1; absent when nobody knows. */
    likeness: z.number().min(0).max(1).optional(),
    /** One of its green runs with the patch, without throws and witness; absent in the records of older versions. */
    greenRun: ScenarioRun.optional(),
    /** Other scenarios that stayed as they were. */
    others: z.int().nonnegative(),
    /** Commands of `checks` and how they ended. */
    checks: z.array(
      z.strictObject({ command: z.string(), base: z.enum(['green', 'red']), patched: z.enum(['green', 'red']) }),
    ),
  }),
  z.strictObject({ kind: z.literal('unconfirmed'), ...shared }),
  z.strictObject({ kind: z.literal('hides-error'), ...shared, rule: z.string() }),
  z.strictObject({
    kind: z.literal('regressed'),
    ...shared,
    reason: z.enum(['raised-new-issue', 'broke-other-scenario', 'broke-check']),
  }),
  z.strictObject({ kind: z.literal('flaky'), ...shared }),
  z.strictObject({ kind: z.literal('errored'), ...shared }),
]);
export type Verdict = z.infer<typeof Verdict>;
