/** A suspect: a place in the source, a score, and the reasons for it. */
import { z } from 'zod';
import { Runtime } from './issue.ts';

/** A place in a file of the repository. */
export const SourcePosition = z.strictObject({
  /** Relative to the app's root, forward slashes. */
  file: z.string(),
  /** 1-based. */
  line: z.int().positive(),
  /** 1-based; absent when only the line is known. */
  column: z.int().positive().optional(),
  function: z.string().optional(),
});
export type SourcePosition = z.infer<typeof SourcePosition>;

export const Commit = z.strictObject({
  sha: z.string(),
  subject: z.string(),
  author: z.string(),
  at: z.string(),
});
export type Commit = z.infer<typeof Commit>;

/** One hunk of a commit, as `git diff -U0` has it. Text is without the leading `+`, `-`. */
export const Hunk = z.strictObject({
  commit: z.string(),
  file: z.string(),
  oldStart: z.int().nonnegative(),
  oldLines: z.array(z.string()),
  newStart: z.int().nonnegative(),
  newLines: z.array(z.string()),
});
export type Hunk = z.infer<typeof Hunk>;

export const Suspect = z.strictObject({
  /** 12 hex digits, a hash of issue and position. */
  id: z.string(),
  /** Short id of the issue. */
  issue: z.string(),
  ...SourcePosition.shape,
  runtime: Runtime,
  /** `TypeError`; '' where no exception is known. */
  errorType: z.string(),
  /** The error's message without its type. A stranger's text. */
  message: z.string(),
  /** 0 to 1, only for ranking within one issue. */
  score: z.number().min(0).max(1),
  /** Sentences a person can read, strongest first. */
  reasons: z.array(z.string()),
  /** In-app positions of the stack that lie in the repository, throwing frame first. */
  stack: z.array(SourcePosition),
  /** Values seen at the throw (locals by name), where someone saw them. */
  values: z.record(z.string(), z.unknown()).optional(),
  /** The commit that is held to have brought the fault. */
  commit: Commit.optional(),
  /** Its hunks in the app's sources, nearest first. */
  hunks: z.array(Hunk),
});
export type Suspect = z.infer<typeof Suspect>;
