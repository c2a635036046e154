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

/** What a patch's score is made of. */
export const Evidence = z.strictObject({
  /** Class of the error: what its message says, in the engines' words. */
  error: z.string(),
  /** How sure the fixer is, 0 to 1. */
  confidence: z.number(),
  /** Score of the suspect, 0 to 1. */
  suspect: z.number(),
  /** Where the first edit lies, seen from the suspect. */
  place: z.enum(['line', 'function', 'file', 'other-file']),
  /** Characters that come and go. */
  size: z.int().nonnegative(),
  /** Separate places that are edited. */
  sites: z.int().nonnegative(),
});
export type Evidence = z.infer<typeof Evidence>;

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
  /** Absent in the records of older versions. */
  evidence: Evidence.optional(),
  /** Unified diff with `a/` and `b/` before the paths. */
  diff: z.string(),
});
export type Patch = z.infer<typeof Patch>;
