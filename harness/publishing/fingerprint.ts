/** The fingerprint of an issue's inputs: when it is the same, a second night would come to the same result. */
import { createHash } from 'node:crypto';
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
  const parts = [withoutVariables(title), [...blobs].sort(), version];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
