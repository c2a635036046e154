/** Whether two errors are the same one, although a rebuild gave its frames other names. */
import type { ErrorSignature } from '../model/case.ts';
import type { Issue } from '../model/issue.ts';
import { withoutVariables } from '../model/without-variables.ts';
import type { SeenIssue } from './trial.ts';

export function signatureOf(issue: Pick<Issue | SeenIssue, 'hashes' | 'title'>): ErrorSignature {
  return { hashes: [...issue.hashes], title: withoutVariables(issue.title) };
}

/** Equal by any shared hash, or by title: minified function names change from build to build, and hashes with them. */
export function isSameError(a: ErrorSignature, b: ErrorSignature): boolean {
  return a.title === b.title || a.hashes.some((hash) => b.hashes.includes(hash));
}
