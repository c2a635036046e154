/** A patch as HTML: its diff, and the evidence beside it. */

import { type Html, html } from '../../markup/html-tag.ts';
import type { Patch } from '../../model/patch.ts';
import type { Tally } from '../../model/verdict.ts';
import type { Confirmed } from '../issue-story.ts';
import { evidenceOf, sum } from '../story-sentences.ts';
import { formatDiff } from './diff-view.ts';

/** What stands between backticks becomes code. */
export function prose(text: string): Html {
  return html`${text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** A line below the proof. */
export interface Beside {
  readonly what: string;
  readonly seen: string;
}

export function formatPatch(patch: Patch, proof: Confirmed | undefined, besides: readonly Beside[]): Html {
  return html`<div class="pair">
<section>
<h4>Patch: ${prose(patch.title)}</h4>
${formatDiff(patch.diff)}
<p class="small soft" style="margin-top:.6rem">${prose(patch.rationale)} Proposed by <code>${patch.fixer}</code>.</p>
</section>
${proof && formatProof(proof, besides)}
</div>`;
}

/** What was seen of it, each line with a mark that tells whether to look twice. */
export function formatProof(proof: Confirmed, besides: readonly Beside[] = []): Html {
  return html`<section>
<h4>Proof</h4>
<ul class="proof">${evidenceOf(proof).map(({ what, seen, isGood }, index) => html`<li><span class="${isGood ? 'yes' : 'look'}" aria-hidden="true">${isGood ? '✓' : '!'}</span><span><b>${what}:</b> ${seen}${index === 0 && dots(proof.base)}${index === 1 && dots(proof.patched)}</span></li>`)}${besides.map(({ what, seen }) => html`<li><span class="soft" aria-hidden="true">·</span><span><b>${what}:</b> ${seen}</span></li>`)}</ul>
</section>`;
}

const MOST_DOTS = 40;

function dots(tallies: readonly Tally[]): Html | false {
  const { green, red, runs } = sum(tallies);
  if (runs === 0 || runs > MOST_DOTS) return false;
  const marks = [...Array(red).fill('bg-red'), ...Array(green).fill('bg-green')];
  return html`<span class="runs" aria-hidden="true">${marks.map((mark) => html`<i class="${mark}"></i>`)}</span>`;
}
