/** Pages compared by their words. */
import { withoutVariables } from '../model/without-variables.ts';

/** Ids and numbers taken out. */
export function pageWords(text: string): string[] {
  return withoutVariables(text).split(' ').filter(Boolean);
}

/** Words that are not among the others; one that comes twice has to be there twice. */
export function wordsBeyond(words: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const word of others) left.set(word, (left.get(word) ?? 0) + 1);
  return words.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  });
}
