/** One issue as HTML: what broke and where, its patch and proof, the branch, and on demand everything that was tried. */

import { type Html, html } from '../../markup/html-tag.ts';
import { oneLine } from '../../markup/plain-text.ts';
import type { RunRecord } from '../../model/run-record.ts';
import type { Suspect } from '../../model/suspect.ts';
import { combinationSentence } from '../combination-words.ts';
import { guardSentence } from '../guard-sentence.ts';
import type { Candidate, IssueStory } from '../issue-story.ts';
import { count, formatMinute, formatSeconds } from '../night-words.ts';
import {
  causeOf,
  commandsOf,
  effortOf,
  isOnlyPlanned,
  placeOf,
  scenarioNames,
  seenPlaceOf,
  shortSha,
  verdictWords,
} from '../story-sentences.ts';
import { formatDiff } from './diff-view.ts';
import { formatPatch, prose } from './patch-section.ts';
import { formatRunPair, type PageParts } from './run-pair.ts';

export function formatIssue(story: IssueStory, record: RunRecord, parts: PageParts): Html {
  const { issue, outcome, words, patch } = story;
  const result = html`<p class="verdict ${words.tone}">${prose(outcome?.detail ?? 'It was found, and not worked on.')}<br><b>Next:</b> ${prose(words.next)}</p>`;
  return html`<article class="card issue" id="${anchorOf(story)}" aria-label="${issue.shortId}">
<header><span class="id">${formatLink(issue.permalink, issue.shortId)}</span><span class="chip ${words.tone}">${words.label}</span>${outcome && outcome.seconds > 0 && html`<span class="small soft">${formatSeconds(outcome.seconds)}</span>`}</header>
<h3>${oneLine(issue.title, 400)}</h3>
<p class="cause">${prose(causeOf(story, scenarioNames(record)).join(' '))}</p>
${outcome?.branch === undefined && result}
${formatFacts(story, record)}
${patch && formatPatch(patch, story.proof, besides(story, record))}
${formatRunPair(story, record, parts)}
${take(story, record)}
${formatValues(story.suspects[0])}
${formatSuspects(story.suspects)}
${formatCandidates('Also confirmed', story.runnersUp)}
${formatCandidates('Candidates that fell', story.fallen)}
${formatEvent(story)}
</article>`;
}

/** What is told beside the proof itself. */
function besides(story: IssueStory, record: RunRecord): { what: string; seen: string }[] {
  const { issue, proof, outcome } = story;
  if (proof === undefined) return [];
  const verdicts = record.verdicts.filter((verdict) => verdict.issue === issue.shortId);
  const together = outcome?.branch === undefined ? undefined : combinationSentence(outcome.branch, record);
  return [
    { what: 'Guard', seen: guardSentence(verdicts, true) },
    ...(together === undefined ? [] : [{ what: 'Together', seen: together }]),
    { what: 'Effort', seen: effortOf(story) },
  ];
}

export function anchorOf({ issue }: IssueStory): string {
  return `issue-${issue.shortId.replaceAll(/\s/g, '-')}`;
}

const OPEN = html` open`;

/** A link only where it leads somewhere after the night: not to the embedded Sentry's port. */
export function formatLink(address: string, text: string): Html {
  const url = URL.parse(address);
  const leads = url !== null && /^https?:$/.test(url.protocol) && !/^(?:localhost|127\.|\[::1\])/.test(url.hostname);
  return leads ? html`<a href="${url.href}" rel="noreferrer">${text}</a>` : html`${text}`;
}

export function formatFacts(story: IssueStory, record: RunRecord): Html {
  const { issue, suspects: places, thrownAt, followers, remarks } = story;
  const [suspect] = places;
  const place = seenPlaceOf(story);
  const names = scenarioNames(record);
  const inFunction = suspect?.function !== undefined && html` in <code>${suspect.function}()</code>`;
  const row = (name: string, value: Html): Html => html`<dt>${name}</dt><dd>${value}</dd>`;
  const lines = (list: readonly string[]): Html => html`${list.map((one) => html`<div>${one}</div>`)}`;
  return html`<dl class="facts">
${suspect ? row('Where', html`<code>${placeOf(suspect)}</code>${inFunction}`) : place !== undefined && row('Where', html`<code>${place}</code>`)}
${thrownAt && row('Thrown at', html`<code>${placeOf(thrownAt)}</code>`)}
${suspect?.commit && row('Since', html`<code>${shortSha(suspect.commit.sha)}</code> ${suspect.commit.subject}`)}
${issue.scenarios.length > 0 && row('Seen by', lines(issue.scenarios.map((id) => names.get(id) ?? id)))}
${followers.length > 0 && row('Led to', lines(followers.map(({ shortId, title }) => `${shortId} ${oneLine(title, 300)}`)))}
${remarks.length > 0 && row('Left out', lines(remarks))}
</dl>`;
}

function take(story: IssueStory, record: RunRecord): Html | undefined {
  const { outcome, words } = story;
  if (outcome?.branch === undefined) return undefined;
  if (isOnlyPlanned(record)) {
    return html`<section class="take"><h4>Branch</h4><p>Dry run: no branch was written. It would be <code>${outcome.branch}</code>.</p></section>`;
  }
  const at = outcome.commit && html` at <code>${shortSha(outcome.commit)}</code>`;
  return html`<section class="take"><h4>Branch</h4><p><code>${outcome.branch}</code>${at}. ${words.next}</p>${commandsOf(story, record).map((command) => html`<pre>${command}</pre>`)}</section>`;
}

export function formatValues(suspect: Suspect | undefined, isOpen = false): Html | undefined {
  const seen = Object.entries(suspect?.values ?? {});
  if (seen.length === 0) return undefined;
  return html`<details${isOpen && OPEN}><summary>Values seen at the throw</summary><ul class="rows">${seen.map(([name, value]) => html`<li><code>${name} = ${oneLine(JSON.stringify(value) ?? 'undefined', 400)}</code></li>`)}</ul></details>`;
}

export function formatSuspects(list: readonly Suspect[], isOpen = false): Html | undefined {
  if (list.length === 0) return undefined;
  return html`<details${isOpen && OPEN}><summary>Why there: ${count(list.length, 'suspect')}</summary><ol class="rows">${list.map(
    (one) =>
      html`<li><code>${placeOf(one)}</code> <span class="soft">score ${one.score.toFixed(2)}</span><ul>${one.reasons.map((reason) => html`<li>${prose(reason)}</li>`)}</ul></li>`,
  )}</ol></details>`;
}

export function formatCandidates(title: string, list: readonly Candidate[], isOpen = false): Html | undefined {
  if (list.length === 0) return undefined;
  return html`<details${isOpen && OPEN}><summary>${title}: ${list.length}</summary><ol class="rows">${list.map(candidate)}</ol></details>`;
}

function candidate({ patch, verdict }: Candidate): Html {
  const by = patch && html` <span class="soft">by <code>${patch.fixer}</code></span>`;
  const rule = verdict.kind === 'hides-error' && html` Rule <code>${verdict.rule}</code>.`;
  return html`<li>${patch?.title ?? verdict.patch}${by}: <b>${verdictWords(verdict)}</b>.
<div class="soft">${prose(oneLine(verdict.why, 600))}${rule}</div>
${patch && html`<details><summary class="small">Diff</summary>${formatDiff(patch.diff)}</details>`}</li>`;
}

export function formatEvent({ issue }: IssueStory): Html | undefined {
  const frames = issue.event.exceptions.flatMap((one) => one.frames.filter(({ inApp }) => inApp)).reverse();
  const crumbs = issue.event.breadcrumbs.slice(-8);
  if (frames.length + crumbs.length === 0) return undefined;
  return html`<details><summary>The event</summary><ul class="rows">
${frames.map((frame) => html`<li><code>${frame.file}${frame.line !== undefined && `:${frame.line}`}</code> ${frame.function && html`<code>${frame.function}()</code>`}${frame.contextLine && html`<div><code class="soft">${frame.contextLine.trim()}</code></div>`}</li>`)}
${crumbs.map((crumb) => html`<li><span class="soft">${crumb.category ?? 'breadcrumb'}${crumb.at && `, ${formatMinute(crumb.at)}`}:</span> ${oneLine(crumb.message ?? '', 300)}</li>`)}
</ul></details>`;
}
