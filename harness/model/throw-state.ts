/** What the debugger saw when an error was thrown: the frames on the way, and the values that they held at that moment. */
import { z } from 'zod';

/** 1-based, in the script that ran. */
export const ScriptPlace = z.strictObject({ line: z.int().positive(), column: z.int().positive() });
export type ScriptPlace = z.infer<typeof ScriptPlace>;

/** Variables of one scope, by the names that they have in the script that ran. */
export const ThrowScope = z.strictObject({
  kind: z.enum(['local', 'block', 'catch', 'closure', 'module']),
  /** Where the scope begins and ends, for built scripts whose map tells the names that people gave. */
  from: ScriptPlace.optional(),
  to: ScriptPlace.optional(),
  /**
   * Bounded copies: JSON's own values as they are, `<undefined>`, `<function f>`, `<date …>` and the like for others,
   * `***` for secrets. Strangers' data.
   */
  variables: z.record(z.string(), z.unknown()),
});
export type ThrowScope = z.infer<typeof ThrowScope>;

export const ThrowFrame = z.strictObject({
  /** Address or path of the script. */
  script: z.string(),
  place: ScriptPlace,
  /** '' for anonymous ones. */
  function: z.string(),
  /** Innermost first. */
  scopes: z.array(ThrowScope),
  this: z.unknown(),
});
export type ThrowFrame = z.infer<typeof ThrowFrame>;

/** What an expression came to in the throwing frame, evaluated without side effects. */
export const Evaluation = z.strictObject({
  expression: z.string(),
  /**
   * `unknown` where the frame cannot tell: the expression would change something, names a variable that the frame did not
   * keep, does not parse, or takes too long.
   */
  outcome: z.enum(['value', 'throws', 'unknown']),
  /** The value in a few words, as `<undefined>`, `3`, `"text"`, `Object`; for the others the error's message. */
  told: z.string(),
});
export type Evaluation = z.infer<typeof Evaluation>;

export const ThrowState = z.strictObject({
  runtime: z.enum(['browser', 'server']),
  /** `TypeError`; '' for what is no error object. */
  errorType: z.string(),
  message: z.string(),
  /** False where somebody catches it: a framework, a boundary, or the app. */
  uncaught: z.boolean(),
  at: z.iso.datetime(),
  /** The request that the server was answering. */
  during: z.strictObject({ method: z.string(), path: z.string() }).optional(),
  /** Throwing frame first; frames of the runtime itself are left out. */
  frames: z.array(ThrowFrame),
  /** In the order in which they were asked for; absent where none was. */
  evaluated: z.array(Evaluation).optional(),
});
export type ThrowState = z.infer<typeof ThrowState>;

/** The same in the repository's own files and names. */
export const SeenFrame = z.strictObject({
  /** Relative to the app's root. */
  file: z.string(),
  ...ScriptPlace.shape,
  function: z.string().optional(),
  /** Variables by name, `this` among them; see ThrowScope. */
  values: z.record(z.string(), z.unknown()),
});
export type SeenFrame = z.infer<typeof SeenFrame>;

export const SeenThrow = z.strictObject({
  errorType: z.string(),
  message: z.string(),
  uncaught: z.boolean(),
  /** Throwing frame first. */
  frames: z.array(SeenFrame),
});
export type SeenThrow = z.infer<typeof SeenThrow>;
