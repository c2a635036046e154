/** How much two names look alike, as a slip of the keyboard or a rename would have it. */

/** Number of insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}

/** 0 to 1: nearness in letters, or words in common (`unitPrice`, `priceOfUnit`); 1 only for equal names. */
export function similarity(a: string, b: string): number {
  if (a === b) return 1;
  const letters = 1 - editDistance(a.toLowerCase(), b.toLowerCase()) / Math.max(a.length, b.length);
  const [left, right] = [words(a), words(b)];
  const common = left.filter((word) => right.includes(word)).length;
  const shared = (2 * common) / (left.length + right.length);
  return Math.min(0.99, Math.max(letters, shared * 0.9));
}

function words(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1)
    .map((word) => word.replace(/(?<=..)s$/, ''));
}

/** The candidates that look enough like a name, most alike first. */
export function nearestNames(name: string, candidates: Iterable<string>, least = 0.5): string[] {
  return [...new Set(candidates)]
    .filter((candidate) => candidate !== name)
    .map((candidate) => ({ candidate, alike: similarity(name, candidate) }))
    .filter(({ alike }) => alike >= least)
    .sort((a, b) => b.alike - a.alike || a.candidate.localeCompare(b.candidate))
    .map(({ candidate }) => candidate);
}
