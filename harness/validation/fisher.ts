/** Fisher's exact test on two rows of red and green: could this difference be luck? */

export interface Sample {
  readonly green: number;
  readonly runs: number;
}

/**
 * One-sided p-value: the probability, were base and patch alike, that the patch came out at least this green.
 * Hypergeometric tail; R. A. Fisher, "On the interpretation of chi squared", 1922. 5 of 5 red against 5 of 5 green is 1/252.
 */
export function fisherExact(base: Sample, patched: Sample): number {
  const green = base.green + patched.green;
  const runs = base.runs + patched.runs;
  let tail = 0;
  for (let k = patched.green; k <= Math.min(green, patched.runs); k++) {
    if (green - k > base.runs) continue;
    tail += Math.exp(logChoose(patched.runs, k) + logChoose(base.runs, green - k) - logChoose(runs, green));
  }
  return Math.min(1, tail);
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += Math.log(n - k + i) - Math.log(i);
  return sum;
}
