/** What a rule of the guard is given, and what it answers. */
import type { Patch } from '../../model/patch.ts';

export interface PatchedFile {
  /** Relative to the app's root. */
  readonly file: string;
  /** '' for a new file. */
  readonly before: string;
  readonly after: string;
}

export interface GuardInput {
  readonly patch: Patch;
  readonly files: readonly PatchedFile[];
  readonly isSource: (file: string) => boolean;
}

export interface Refusal {
  /** Id of the rule. */
  readonly rule: string;
  readonly why: string;
}

export interface GuardRule {
  /** Equals the file's name. */
  readonly id: string;
  /** One sentence: why such a patch is no fix; undefined lets it through. */
  readonly refuse: (input: GuardInput) => string | undefined;
}

/** Text that a revert put back: equals what a parent commit had, so it is judged by behaviour alone. */
export function isRevert(patch: Patch): boolean {
  return patch.fixer === 'revert-hunk';
}
