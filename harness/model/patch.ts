/** A patch: text edits and new files that might cure a suspect. */
import { z } from 'zod';

export const Edit = z.strictObject({
  /** Relative to the app's root, forward slashes. */
  file: z.string(),
  /** UTF-16 offset in the text at the base commit; `start` inclusive, `end` exclusive. */
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  text: z.string(),
});
export type Edit = z.infer<typeof Edit>;

export const NewFile = z.strictObject({ file: z.string(), text: z.string() });
export type NewFile = z.infer<typeof NewFile>;

export const Patch = z.strictObject({
  /** 12 hex digits: hash of edits and new files, whoever proposed them. */
  id: z.string(),
  /** Short id of the issue. */
  issue: z.string(),
  suspect: z.string(),
  fixer: z.string(),
  /** Imperative, fits a commit subject: `read cart.items only when it is there`. */
  title: z.string(),
  /** One or two sentences: why this might be the cure. */
  rationale: z.string(),
  /** Sorted by file and start, never overlapping. */
  edits: z.array(Edit),
  newFiles: z.array(NewFile),
  /** 0 to 1, higher is tried earlier. */
  score: z.number().min(0).max(1),
  /** Unified diff with `a/` and `b/` before the paths. */
  diff: z.string(),
});
export type Patch = z.infer<typeof Patch>;
