/** A patch as HTML: the diff with its changed words marked, and the evidence beside it. */

import { type Html, html } from '../../markup/html-tag.ts';
import type { Patch } from '../../model/patch.ts';
import type { Tally } from '../../model/verdict.ts';
import { type DiffFile, type DiffLine, readDiff } from '../diff-lines.ts';
import type { Confirmed } from '../issue-story.ts';
import { evidenceOf, sum } from '../story-sentences.ts';

export function formatDiff(diff: string): Html {
  return html`${readDiff(diff).map(diffFile)}`;
}

function diffFile({ file, isNew, hunks, inserted, deleted }: DiffFile): Html {
  const gap = html`<div class="gap">⋮</div>`;
  return html`<div class="diff" role="group" aria-label="Changes in ${file}">
<div class="diff-file">${file}${isNew && ' (new file)'} <span>+${inserted} −${deleted}</span></div>
${hunks.map((hunk, index) => html`${index > 0 && gap}${hunk.map(diffLine)}`)}
</div>`;
}

const SIGNS = { context: ' ', delete: '−', insert: '+' } as const;

function diffLine({ kind, number, parts }: DiffLine): Html {
  const code = parts.map(({ text, isChanged }) => {
    if (!isChanged) return text;
    return kind === 'delete' ? html`<del>${text}</del>` : html`<ins>${text}</ins>`;
  });
  return html`<div class="line ${kind}"><span class="no">${number}</span><span class="sign">${SIGNS[kind]}</span><span class="text">${code}</span></div>`;
}

/** What stands between backticks becomes code. */
export function prose(text: string): Html {
  return html`${text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** `besides`: further lines below the proof. */
export function formatPatch(
  patch: Patch,
  proof: Confirmed | undefined,
  besides: readonly { what: string; seen: string }[],
): Html {
  return html`<div class="pair">
<section>
<h4>Patch: ${prose(patch.title)}</h4>
${formatDiff(patch.diff)}
<p class="small soft" style="margin-top:.6rem">${prose(patch.rationale)} Proposed by <code>${patch.fixer}</code>.</p>
</section>
${
  proof &&
  html`<section>
<h4>Proof</h4>
<ul class="proof">${evidenceOf(proof).map(({ what, seen, isGood }, index) => html`<li><span class="${isGood ? 'yes' : 'look'}" aria-hidden="true">${isGood ? '✓' : '!'}</span><span><b>${what}:</b> ${seen}${index === 0 && dots(proof.base)}${index === 1 && dots(proof.patched)}</span></li>`)}${besides.map(({ what, seen }) => html`<li><span class="soft" aria-hidden="true">·</span><span><b>${what}:</b> ${seen}</span></li>`)}</ul>
</section>`
}
</div>`;
}

const MOST_DOTS = 40;

function dots(tallies: readonly Tally[]): Html | false {
  const { green, red, runs } = sum(tallies);
  if (runs === 0 || runs > MOST_DOTS) return false;
  const marks = [...Array(red).fill('bg-red'), ...Array(green).fill('bg-green')];
  return html`<span class="runs" aria-hidden="true">${marks.map((mark) => html`<i class="${mark}"></i>`)}</span>`;
}
