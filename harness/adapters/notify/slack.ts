/** A night's news as the message of a Slack incoming webhook. */
import type { NightNews } from '../../model/night-news.ts';

/** Slack's limits: letters of a header, letters of a section. */
const HEADER = 150;
const SECTION = 3_000;
const SHOWN = 15;

/** Strangers' text stands in `plain_text`, where no mention, link or emphasis comes of it. */
export function slackMessage({ app, headline, changes }: NightNews): object {
  const lines = changes.slice(0, SHOWN).map(({ text, branch }) => `• ${text}${branch === null ? '' : ` (${branch})`}`);
  const more = changes.length > SHOWN ? [`… and ${changes.length - SHOWN} more`] : [];
  const plain = (type: 'header' | 'section', text: string, limit: number): object => ({
    type,
    text: { type: 'plain_text', emoji: false, text: text.length > limit ? `${text.slice(0, limit - 1)}…` : text },
  });
  const links = changes
    .slice(0, SHOWN)
    .flatMap(({ url, branch }) => (url === null || branch === null ? [] : [`<${url}|${escapeMarks(branch)}>`]));
  return {
    // Shown in notifications; unlike the blocks it is read as markup.
    text: escapeMarks(`${app}: ${headline}`),
    blocks: [
      plain('header', `${app}: ${headline}`, HEADER),
      plain('section', [...lines, ...more].join('\n'), SECTION),
      ...(links.length > 0
        ? [{ type: 'context', elements: [{ type: 'mrkdwn', text: withinLimit([...new Set(links)], ' · ', SECTION) }] }]
        : []),
    ],
  };
}

function escapeMarks(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('|', '¦');
}

/** Whole links only. */
function withinLimit(links: readonly string[], between: string, limit: number): string {
  const kept: string[] = [];
  for (const link of links) if ([...kept, link].join(between).length <= limit) kept.push(link);
  return kept.join(between);
}
