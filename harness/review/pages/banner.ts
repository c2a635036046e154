/** The line above each page: where one is, and the issues before and after. */
import { type Html, html } from '../../markup/html-tag.ts';
import { oneLine } from '../../markup/plain-text.ts';
import type { IssueStory } from '../../report/issue-story.ts';
import type { NightView } from '../night-view.ts';

export function nightBanner({ record }: NightView): Html {
  return html`<span class="soft">Review of run ${record.id}</span>`;
}

export function issueBanner(
  { before, after }: { before: IssueStory | undefined; after: IssueStory | undefined },
  { links, files, record }: NightView,
): Html {
  const step = (story: IssueStory | undefined, words: string, rel: 'next' | 'prev', key: string): Html | undefined =>
    story &&
    html`<a href="${links.issue(files.get(story.issue.shortId) ?? '')}" rel="${rel}" aria-keyshortcuts="${key}">${words} <span class="soft">${oneLine(story.issue.shortId, 40)}</span> <kbd aria-hidden="true">${key}</kbd></a>`;
  return html`<nav aria-label="Review" class="top"><a href="${links.night()}" aria-keyshortcuts="u">The night of ${record.id.slice(0, 10)} <kbd aria-hidden="true">u</kbd></a>${step(before, 'Previous', 'prev', 'k')}${step(after, 'Next', 'next', 'j')}</nav>`;
}
