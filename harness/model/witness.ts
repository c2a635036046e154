/** What a watched run of a scenario ran of the app and was answered by its server: what a comparison with a good run needs. */
import { z } from 'zod';

/** The functions of one script that were called. */
export const CoveredScript = z.strictObject({
  /** Address or path of the script. */
  script: z.string(),
  /** Where they begin: characters from the start of the script, ascending. */
  functions: z.array(z.int().nonnegative()),
});
export type CoveredScript = z.infer<typeof CoveredScript>;

/** The form of a JSON answer of the app's own server; never its data. */
export const AnswerShape = z.strictObject({
  method: z.string(),
  /** Without the query. */
  path: z.string(),
  /** By the way to a value, `$.items[].author`, what is there: `string`, `null`, `object`, several joined by `|`. */
  types: z.record(z.string(), z.string()),
});
export type AnswerShape = z.infer<typeof AnswerShape>;

export const Witness = z.strictObject({ covered: z.array(CoveredScript), answers: z.array(AnswerShape) });
export type Witness = z.infer<typeof Witness>;

/** A function of the repository. */
export const CalledFunction = z.strictObject({
  /** Relative to the app's root. */
  file: z.string(),
  /** 1-based line on which it begins. */
  line: z.int().positive(),
  function: z.string().optional(),
});
export type CalledFunction = z.infer<typeof CalledFunction>;

/** How the red runs of an issue differ from good ones. */
export const Contrast = z.strictObject({
  /** The same scenarios at the commit where they were last green, or green scenarios of tonight that are most like them. */
  against: z.enum(['last-green', 'neighbours']),
  redRuns: z.int().nonnegative(),
  greenRuns: z.int().nonnegative(),
  /** Every function that a red run called, most suspicious first. */
  functions: z.array(
    z.strictObject({
      ...CalledFunction.shape,
      /** Runs that called it. */
      red: z.int().nonnegative(),
      green: z.int().nonnegative(),
      /** Ochiai's coefficient, 0 to 1: `red / √(redRuns · (red + green))`. Abreu, Zoeteweij, van Gemund, PRDC 2006. */
      suspicion: z.number().min(0).max(1),
    }),
  ),
  /** Where a good run was answered something of another type. */
  answers: z.array(
    z.strictObject({
      method: z.string(),
      path: z.string(),
      at: z.string(),
      red: z.string(),
      green: z.string(),
    }),
  ),
});
export type Contrast = z.infer<typeof Contrast>;
