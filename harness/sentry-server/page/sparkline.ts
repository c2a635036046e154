/** A row of bars as SVG, drawn here: one bar per interval, the tallest as high as the picture. */
import { type Html, html } from '../../markup/html-tag.ts';

const BAR = 3;
const GAP = 1;
const HEIGHT = 20;

/** `label` is what a screen reader says instead. */
export function sparkline(counts: readonly number[], label: string): Html {
  const most = Math.max(1, ...counts);
  const path = counts
    .map((count, index) => {
      // What happened at all is seen, however small beside the rest.
      const height = count === 0 ? 0 : Math.max(1.5, (count / most) * HEIGHT);
      return height === 0 ? '' : `M${index * (BAR + GAP)} ${HEIGHT}v-${height.toFixed(1)}h${BAR}v${height.toFixed(1)}z`;
    })
    .join('');
  const width = counts.length * (BAR + GAP) - GAP;
  return html`<svg class="spark" viewBox="0 0 ${width} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}"><path class="ground" d="M0 ${HEIGHT - 0.5}h${width}"/><path d="${path}"/></svg>`;
}
