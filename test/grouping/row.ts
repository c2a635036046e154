/** One row of the grouping table: an input, and by hand what counts in it under the documented rules. */
import type { Variant } from '../../harness/sentry-server/grouping/group-event.ts';

/** The values whose concatenation is hashed, in their order; null for a variant that is there and does not count. */
type Leaves = readonly string[] | null;

export interface Row extends Partial<Readonly<Record<Variant['key'], Leaves>>> {
  /** A file of `inputs/`, without `.json`. */
  readonly input: string;
  /** The rule that the row is about. */
  readonly why: string;
}
