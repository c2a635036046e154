/** What a comparison of red and good runs says of places in the source. */
import type { SourcePosition } from '../model/suspect.ts';
import type { Contrast } from '../model/witness.ts';

type CalledInRed = Contrast['functions'][number];

/** A place, or a sentence of why it is less or more likely. */
export interface Weight {
  /** To multiply a score with. */
  readonly factor: number;
  readonly reason?: string;
}

const SCRIPT = /\.[cm]?[jt]sx?$/;
/** So much of a score is left to what only the good runs, or no run at all, called. */
const UNCALLED = 0.5;
const MOST_SUSPICIOUS = 5;
const LEAST_SUSPICION = 0.7;

/** Code that the red runs called and the good ones did not is likelier; code that they never called is not. */
export function weigh({ file, function: name }: SourcePosition, contrast: Contrast): Weight {
  if (name === undefined || !SCRIPT.test(file)) return { factor: 1 };
  const inFile = contrast.functions.filter((one) => one.file === file);
  const called = inFile.find((one) => one.function === name);
  if (called) return { factor: 0.85 + 0.15 * called.suspicion, reason: calledBy(called, contrast) };
  // A file of which nothing was seen may lie where nobody counts: in a worker, or in a built script without a map.
  if (inFile.length === 0) return { factor: 1 };
  return { factor: UNCALLED, reason: `\`${name}\` was not called in the red run.` };
}

/** Functions that the red runs called rather than the good ones, most suspicious first. */
export function suspicious({ functions }: Contrast, isSource: (file: string) => boolean): CalledInRed[] {
  return functions
    .filter(
      ({ file, function: name, suspicion }) => name !== undefined && suspicion >= LEAST_SUSPICION && isSource(file),
    )
    .slice(0, MOST_SUSPICIOUS);
}

export function calledBy({ green, suspicion }: CalledInRed, { against, greenRuns }: Contrast): string {
  if (against === 'last-green') return `Called in the red run, and ${green === 0 ? 'not ' : ''}when it was last green.`;
  return `Called in the red run, and in ${green} of ${greenRuns} green scenarios like it (Ochiai ${suspicion.toFixed(2)}).`;
}

/** Sentences on answers of one route that differ. */
export function otherAnswers(
  { answers, against }: Contrast,
  { method, path }: { readonly method: string; readonly path: string },
): string[] {
  const usual = against === 'last-green' ? 'when it was last green' : 'for green scenarios';
  return answers
    .filter((one) => one.method === method && one.path === path)
    .map(({ at, red, green }) => `${method} ${path} answers \`${at}\` as ${red}, and as ${green} ${usual}.`);
}
