/** A patch's diff in one column and in two, of which the reader's choice is shown. */
import { type Html, html } from '../../markup/html-tag.ts';
import type { Patch } from '../../model/patch.ts';
import { formatDiff } from '../../report/html/diff-view.ts';
import { prose } from '../../report/html/patch-section.ts';
import { colourCode } from '../colour-code.ts';

export function diffSection({ title, diff, rationale, fixer }: Patch): Html {
  const look = { colour: colourCode };
  return html`<section class="diffs" aria-labelledby="patch">
<div class="diff-head"><h2 id="patch">Patch: ${prose(title)}</h2><button type="button" class="quiet" data-split aria-keyshortcuts="s" aria-pressed="false" hidden>Side by side <kbd aria-hidden="true">s</kbd></button></div>
<div class="unified">${formatDiff(diff, look)}</div>
<div class="in-two">${formatDiff(diff, { ...look, form: 'split' })}</div>
<p class="small soft">${prose(rationale)} Proposed by <code>${fixer}</code>.</p>
</section>`;
}
