/** A seeded fault: the innocent commit that brings it, and what must come of it. */
import { z } from 'zod';

/** Replaces text that stands exactly once in the file, unless `all`; an empty `find` writes a new file. */
export const FaultEdit = z.strictObject({
  /** Relative to the example's folder. */
  file: z.string().min(1),
  find: z.string(),
  replace: z.string(),
  all: z.boolean().optional(),
});
export type FaultEdit = z.infer<typeof FaultEdit>;

export const Fault = z.strictObject({
  /** The folder's name. */
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string().min(1),
  /** The kind of repair that it asks for, in the words of the survey of real fixes. */
  template: z.string().min(1),
  /** Where a person would mend it, seen from the line that throws. */
  location: z.enum(['throw-line', 'same-function', 'same-file', 'other-file', 'none']),
  commit: z.strictObject({ subject: z.string().min(1) }),
  edits: z.array(FaultEdit).min(1),
  expected: z.strictObject({
    result: z.enum(['branch-created', 'flaky', 'scenario-wrong', 'outage']),
    /** Title of a scenario that it turns red. */
    scenario: z.string().min(1),
    /** The file that a person would mend, and the text of the line there, as it is in the faulty app. */
    file: z.string().optional(),
    line: z.string().optional(),
  }),
  mendable: z.boolean(),
  /** How a person would mend it, applied after `edits`; for the test of the faults themselves. */
  humanFix: z.array(FaultEdit).optional(),
});
export type Fault = z.infer<typeof Fault>;
