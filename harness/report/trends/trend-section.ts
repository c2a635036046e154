/** Trends as HTML: small charts drawn as SVG, and strips of nights by issue and by scenario. */
import { type Html, html } from '../../markup/html-tag.ts';
import { oneLine } from '../../markup/plain-text.ts';
import { count, formatDay, formatSeconds } from '../night-words.ts';
import { formatDays, formatShare } from './trend-words.ts';
import { flakeRate, type NightMark, nightsSeen, type Trends } from './trends.ts';

const ROWS = 10;
const [WIDTH, HEIGHT, STEP] = [240, 48, 8];

/** Nothing where there is no earlier night. */
export function formatTrends(trends: Trends | undefined): Html | undefined {
  if (trends === undefined || trends.nights.length < 2) return undefined;
  const { nights, issues, scenarios } = trends;
  return html`<section><h2>Trends over ${nights.length} nights</h2><div class="card trends">
<div class="charts">
${chart(
  'Red scenarios',
  nights.map(({ scenarios: { red } }) => red),
  String,
  'red',
)}
${chart(
  'Issues',
  nights.map((night) => night.issues.length),
  String,
  'red',
)}
${chart('Flake rate', nights.map(flakeRate), formatShare, 'flaky')}
${chart(
  'Duration',
  nights.map(({ seconds }) => seconds),
  formatSeconds,
  'soft',
)}
</div>
<p class="small soft">From ${formatDay(nights[0]?.at ?? '')} to ${formatDay(nights.at(-1)?.at ?? '')}. Median time to a branch: ${formatDays(trends.daysToBranch)}; until the error was gone: ${formatDays(trends.daysToFix)}.</p>
${
  issues.length > 0 &&
  html`<h4>Errors by issue</h4><ul class="strips">${issues
    .slice(0, ROWS)
    .map(
      (one) =>
        html`<li><span class="mono">${one.shortId} ${oneLine(one.title, 90)}</span>${strip(one.seen.map((seen) => (seen ? 'red' : 'absent')))}<span class="small soft">${count(nightsSeen(one), 'night')}${one.daysToBranch !== undefined && `, branch after ${formatDays(one.daysToBranch)}`}${one.daysToFix === undefined ? ', open' : `, gone after ${formatDays(one.daysToFix)}`}${one.returns > 0 && `, came back ${count(one.returns, 'time')}`}</span></li>`,
    )}</ul>${more(issues.length)}`
}
${
  scenarios.length > 0 &&
  html`<h4>Red and flaky scenarios</h4><ul class="strips">${scenarios
    .slice(0, ROWS)
    .map(
      (one) =>
        html`<li><span class="mono">${oneLine(one.id, 110)}</span>${strip(one.marks)}<span class="small soft">${one.flakeRate > 0 && `flaky in ${formatShare(one.flakeRate)} of its nights, `}${one.lastGreen === undefined ? 'never seen green' : `last green ${formatDay(one.lastGreen)}`}</span></li>`,
    )}</ul>${more(scenarios.length)}`
}
</div></section>`;
}

function more(length: number): Html | undefined {
  return length > ROWS ? html`<p class="small soft">… and ${length - ROWS} more.</p>` : undefined;
}

function chart(
  title: string,
  values: readonly number[],
  format: (value: number) => string,
  tone: 'red' | 'flaky' | 'soft',
): Html {
  const most = Math.max(...values);
  const wide = WIDTH / values.length;
  const bars = values.map((value, index) => {
    const height = most === 0 ? 0 : (value / most) * (HEIGHT - 2);
    return html`<rect class="fill-${tone}" x="${(index * wide).toFixed(1)}" y="${(HEIGHT - 1 - height).toFixed(1)}" width="${Math.max(1, wide - 1.5).toFixed(1)}" height="${(height + 1).toFixed(1)}"></rect>`;
  });
  const now = format(values.at(-1) ?? 0);
  return html`<figure><figcaption>${title} <b>${now}</b></figcaption><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title} per night: ${format(Math.min(...values))} to ${format(most)}, tonight ${now}">${bars}</svg></figure>`;
}

function strip(marks: readonly NightMark[]): Html {
  const of = (mark: NightMark): number => marks.filter((one) => one === mark).length;
  const told = (['red', 'flaky', 'green'] as const)
    .filter((mark) => of(mark) > 0)
    .map((mark) => `${mark} in ${of(mark)}`);
  return html`<svg class="strip" viewBox="0 0 ${marks.length * STEP} ${STEP}" width="${marks.length * STEP}" height="${STEP}" role="img" aria-label="${told.join(', ')} of ${marks.length} nights">${marks.map((mark, index) => html`<rect class="fill-${mark}" x="${index * STEP}" y="0" width="${STEP - 1}" height="${STEP}"></rect>`)}</svg>`;
}
