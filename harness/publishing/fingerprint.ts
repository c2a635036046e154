/** The fingerprint of an issue's inputs: when it is the same, a second night would come to the same result. */
import { createHash } from 'node:crypto';
import type { Patch } from '../model/patch.ts';
import { withoutVariables } from '../model/without-variables.ts';

export interface FingerprintInputs {
  readonly title: string;
  /** `path blob` of every file of app.sources, of lock files and of the scenarios. */
  readonly blobs: readonly string[];
  /** Version of the package, fixers included. */
  readonly version: string;
}

/** 16 hex digits. Grouping hashes are left out: a rebuild changes them where names are minified. */
export function fingerprintOf({ title, blobs, version }: FingerprintInputs): string {
  return digest([withoutVariables(title), [...blobs].sort(), version]);
}

/**
 * 16 hex digits of what one proposal rests on: the error, and the `path blob` of the files that its patch touches and of its
 * scenarios. Other changes of the app leave it as it is, so that a rejection outlives them.
 */
export function evidenceOf({ title, blobs }: { title: string; blobs: readonly string[] }): string {
  return digest([withoutVariables(title), [...blobs].sort()]);
}

/** 16 hex digits of the lines that a patch takes and adds: the same after the text around them has moved. */
export function changeOf({ diff, edits, newFiles }: Pick<Patch, 'diff' | 'edits' | 'newFiles'>): string {
  const lines = diff.split('\n').filter((line) => /^[+-]/.test(line));
  return digest(lines.length > 0 ? lines : [edits.map(({ file, text }) => [file, text]), newFiles]);
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
