/** A night's news as an e-mail: its subject and its plain text. */
import { oneLine } from '../markup/plain-text.ts';
import type { NightNews } from '../model/night-news.ts';
import { count, formatDay } from './night-words.ts';

const SUBJECT = 150;
const SHOWN = 50;

/** Strangers' text stands on lines of its own, bounded, and can begin none. */
export function formatLetter({ app, headline, at, run, changes, scenarios }: NightNews): {
  subject: string;
  text: string;
} {
  const { total, green, red, flaky } = scenarios;
  const lines = changes
    .slice(0, SHOWN)
    .flatMap(({ text, branch, url }) => [
      `- ${oneLine(text)}`,
      ...(branch === null ? [] : [`  ${oneLine(branch)}${url === null ? '' : `  ${oneLine(url, 2_000)}`}`]),
    ]);
  const more = changes.length > SHOWN ? [`… and ${changes.length - SHOWN} more`] : [];
  const night = `${count(total, 'scenario')}: ${green} green, ${red} red, ${flaky} flaky. ${formatDay(at)}, run ${oneLine(run, 80)}.`;
  return {
    subject: oneLine(`${app}: ${headline}`, SUBJECT),
    text: [oneLine(headline), '', ...lines, ...more, '', night, ''].join('\n'),
  };
}
