/** Branches of earlier nights whose issues did not come this night, as HTML. */
import { type Html, html } from '../../markup/html-tag.ts';
import { oneLine } from '../../markup/plain-text.ts';
import type { RunRecord } from '../../model/run-record.ts';
import { EARLIER, formatDay } from '../night-words.ts';

export function formatEarlier({ earlier = [] }: RunRecord): Html | undefined {
  if (earlier.length === 0) return undefined;
  return html`<section><h2>From earlier nights</h2><p class="small soft">These errors did not come tonight.</p><ul class="card index">${earlier.map(
    ({ shortId, title, state, detail, since }) =>
      html`<li><div class="plain"><span class="id">${shortId}</span><span class="what"><span class="mono title">${oneLine(title, 200)}</span><span class="small soft">${oneLine(detail, 600)} ${formatDay(since)}</span></span><span class="chip ${EARLIER[state].tone}">${EARLIER[state].label}</span></div></li>`,
  )}</ul></section>`;
}
