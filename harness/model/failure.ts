/** Trouble that a person can mend: whose turn it is, a code to search for, and the next step. */

/** `usage` ends with exit code 2, `upstream` with 3. Everything that is not a Failure is a bug (70). */
export type FailureKind = 'usage' | 'upstream';

export interface FailureOptions {
  /** The next step, as a sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** Thrown where a person has to act; `code` is kebab-case and stable, `message` one sentence. */
export class Failure extends Error {
  readonly kind: FailureKind;
  readonly code: string;
  readonly hint: string | undefined;

  constructor(kind: FailureKind, code: string, message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Failure';
    this.kind = kind;
    this.code = code;
    this.hint = options.hint;
  }
}
