/** A case: one reproduced issue with what the base showed of it, against which its patches are judged. */
import { z } from 'zod';
import { Issue } from './issue.ts';
import { ScenarioRef } from './scenario.ts';
import { SeenThrow } from './throw-state.ts';
import { Tally } from './verdict.ts';
import { Contrast } from './witness.ts';

export const Case = z.strictObject({
  issue: Issue,
  /** Red scenarios of the issue that are repeated to confirm a patch: the first few, by id. */
  scenarios: z.array(ScenarioRef),
  /** Its other red scenarios, which must turn green as well. */
  further: z.array(ScenarioRef),
  /** How they came out on the base, first run included. */
  base: z.array(Tally),
  /** What the debugger saw where its error was thrown; empty where it could not look. */
  throws: z.array(SeenThrow),
  /** How its red runs differ from good ones; asked where the debugger saw no throw. */
  contrast: Contrast.optional(),
});
export type Case = z.infer<typeof Case>;

/** What tells an error from others: Sentry's hashes, and its title with what varies between runs taken out. */
export const ErrorSignature = z.strictObject({ hashes: z.array(z.string()), title: z.string() });
export type ErrorSignature = z.infer<typeof ErrorSignature>;

export const ControlRuntime = z.enum(['browser', 'server']);
export type ControlRuntime = z.infer<typeof ControlRuntime>;

/** What the base showed besides its red scenarios. */
export const BaseSignals = z.strictObject({
  /** Runtimes from which a control event arrived; of the others none is asked. */
  controls: z.array(ControlRuntime),
  /** Every issue that the base raised by itself. */
  issues: z.array(ErrorSignature),
});
export type BaseSignals = z.infer<typeof BaseSignals>;
