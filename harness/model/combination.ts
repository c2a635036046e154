/** All branches of a night merged into one tree: which went together, which did not, and how the suite ran on it. */
import { z } from 'zod';

export const BranchConflict = z.strictObject({
  /** The branch that was left out of the merge. */
  branch: z.string(),
  /** Branches merged before it that it cannot be merged with; empty where only all of them together are in its way. */
  with: z.array(z.string()),
  /** Files that git could not merge, sorted. */
  files: z.array(z.string()),
});
export type BranchConflict = z.infer<typeof BranchConflict>;

export const Combination = z.strictObject({
  /** What was merged, in this order. */
  branches: z.array(z.string()),
  conflicts: z.array(BranchConflict),
  /** `not-run`: fewer than two branches could be merged, or the merged app does not build or start. */
  verdict: z.enum(['green', 'red', 'not-run']),
  /** One sentence: what was seen. */
  why: z.string(),
  /** Scenarios that ought to be green with all branches and were red twice, sorted by id. */
  broken: z.array(z.string()),
  /** Checks that were green on the base and are red on the merged tree. */
  failedChecks: z.array(z.string()),
  /** Scenarios that were green on the merged tree. */
  green: z.int().nonnegative(),
  seconds: z.number().nonnegative(),
});
export type Combination = z.infer<typeof Combination>;
