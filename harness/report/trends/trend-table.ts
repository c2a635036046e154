/** Trends as Markdown: the last nights and the issues that come most often. */
import { markdownTable } from '../markdown-parts.ts';
import { formatDay, formatSeconds } from '../night-words.ts';
import { markdownCode } from '../strangers-text.ts';
import { formatDays, formatShare } from './trend-words.ts';
import { flakeRate, nightsSeen, type Trends } from './trends.ts';

const NIGHTS = 10;
const ISSUES = 10;

/** No section where there is no earlier night. */
export function trendSections(trends: Trends | undefined): string[] {
  if (trends === undefined || trends.nights.length < 2) return [];
  const nights = trends.nights
    .slice(-NIGHTS)
    .map((night) => [
      formatDay(night.at),
      String(night.scenarios.red),
      formatShare(flakeRate(night)),
      String(night.issues.length),
      formatSeconds(night.seconds),
    ]);
  const issues = trends.issues
    .slice(0, ISSUES)
    .map((one) => [
      markdownCode(one.shortId),
      markdownCode(one.title, 80),
      String(nightsSeen(one)),
      formatDays(one.daysToBranch),
      one.daysToFix === undefined ? 'open' : formatDays(one.daysToFix),
    ]);
  return [
    [
      `### Trends over ${trends.nights.length} nights`,
      markdownTable(['Night', 'Red', 'Flake rate', 'Issues', 'Duration'], nights),
      ...(issues.length > 0
        ? [markdownTable(['Issue', 'What broke', 'Nights', 'To a branch', 'To the cure'], issues)]
        : []),
    ].join('\n\n'),
  ];
}
