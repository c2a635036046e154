import type { CoveredScript } from '../model/witness.ts';

/** `script` is what of V8's coverage is read. */
declare function coveredScript(script: {
  readonly url: string;
  readonly functions: readonly {
    readonly functionName: string;
    readonly ranges: readonly { readonly count: number; readonly startOffset: number }[];
  }[];
}): CoveredScript[];
export = coveredScript;
