/** The branch of an issue: a function of the issue alone, so that a second night finds the first one's. */
import { withoutVariables } from '../model/without-variables.ts';

const MOST_SLUG = 48;

/** `mend/shop-4-cannot-read-properties-of-undefined`; only [a-z0-9-] of a stranger's title gets into it. */
export function branchName(prefix: string, issue: { readonly shortId: string; readonly title: string }): string {
  const id = slug(issue.shortId, 40);
  // What varies between two events of one issue, such as a number of milliseconds, would give it another branch each night.
  const steady = withoutVariables(issue.title).replace(/<(?:url|uuid|hex|n)>/g, ' ');
  const words = slug(steady.replace(/^\w*(?:Error|Exception):\s*/, ''), MOST_SLUG);
  return `${prefix}${[id, words].filter(Boolean).join('-')}`;
}

function slug(text: string, limit: number): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/['’\p{M}]/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, limit)
    .replace(/^-+|-+$/g, '');
}
