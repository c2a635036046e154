/** A night's news as the adaptive card that a Teams workflow's webhook takes. */
import type { NightNews } from '../../model/night-news.ts';

/** Teams takes 28 KiB in all. */
const SHOWN = 15;
const ACTIONS = 4;

/** Strangers' text stands in text runs, which know no Markdown. */
export function teamsMessage({ app, headline, changes }: NightNews): object {
  const line = (text: string, more: object = {}): object => ({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text, ...more }],
  });
  const links = new Map(changes.flatMap(({ url, branch }) => (url === null || branch === null ? [] : [[branch, url]])));
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            line(`${app}: ${headline}`, { weight: 'Bolder', size: 'Medium' }),
            ...changes
              .slice(0, SHOWN)
              .map(({ text, branch }) => line(`${text}${branch === null ? '' : ` (${branch})`}`)),
            ...(changes.length > SHOWN ? [line(`… and ${changes.length - SHOWN} more`)] : []),
          ],
          actions: [...links].slice(0, ACTIONS).map(([title, url]) => ({ type: 'Action.OpenUrl', title, url })),
        },
      },
    ],
  };
}
