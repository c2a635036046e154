/** All that a person needs to decide about one issue, on one page: cause, patch, proof, runs, values, what fell, time. */
import { type Html, html } from '../../markup/html-tag.ts';
import { oneLine } from '../../markup/plain-text.ts';
import type { RunRecord } from '../../model/run-record.ts';
import {
  formatCandidates,
  formatEvent,
  formatFacts,
  formatLink,
  formatSuspects,
  formatValues,
} from '../../report/html/issue-section.ts';
import { formatProof, prose } from '../../report/html/patch-section.ts';
import { formatRunSides } from '../../report/html/run-pair.ts';
import type { IssueStory } from '../../report/issue-story.ts';
import { count, formatSeconds } from '../../report/night-words.ts';
import { causeOf, commandsOf, isOnlyPlanned, scenarioNames, shortSha, sum } from '../../report/story-sentences.ts';
import type { NightView } from '../night-view.ts';
import { comparePictures } from './compare-pictures.ts';
import { diffSection } from './diff-section.ts';
import { guardLines } from './guard-lines.ts';
import { partsOf } from './page-parts.ts';
import { repeatCommand } from './repeat-command.ts';

/** Where the acting script finds what to ask the server for; undefined in a folder. */
export interface Acting {
  /** Address below which `approve`, `reject` and `open` lie. */
  readonly url: string;
  readonly isDryRun: boolean;
}

export function issueMain(story: IssueStory, view: NightView, acting: Acting | undefined): Html {
  const { issue, outcome, words, patch, proof } = story;
  const { record } = view;
  const parts = partsOf(view);
  const sides = formatRunSides(story, record, parts);
  return html`<article aria-labelledby="title">
<header class="issue-head"><span class="id">${formatLink(issue.permalink, oneLine(issue.shortId, 40))}</span><span class="chip ${words.tone}">${words.label}</span>${decisionChip(story, view)}<span class="small soft">${cost(story)}</span></header>
<h1 class="title" id="title">${oneLine(issue.title, 400)}</h1>
<p class="cause">${prose(causeOf(story, scenarioNames(record)).join(' '))}</p>
${decision(story, view, acting)}
<p id="said" role="status" class="small said"></p>
${outcome?.branch === undefined && html`<p class="verdict ${words.tone}">${prose(outcome?.detail ?? 'It was found, and not worked on.')}<br><b>Next:</b> ${prose(words.next)}</p>`}
${patch ? html`<div class="evidence"><div>${diffSection(patch)}${origin(story, record)}</div><div class="beside">${proof && formatProof(proof)}${guardLines(story)}${repeat(story, record)}</div></div>` : origin(story, record)}
${sides && html`<section class="card part" aria-labelledby="runs"><h2 id="runs">Red on the base, green with the patch</h2>${sides}${comparePictures(story, view)}</section>`}
<section class="card part" aria-labelledby="tried"><h2 id="tried">What was tried</h2>
<p class="small soft">${tried(story)}</p>
${formatCandidates('Also confirmed', story.runnersUp, true)}
${formatCandidates('Candidates that fell', story.fallen, true)}
${formatEvent(story)}
</section>
</article>`;
}

function origin(story: IssueStory, record: RunRecord): Html {
  return html`<section class="card part" aria-labelledby="where"><h2 id="where">Where it comes from</h2>
${formatFacts(story, record)}
${formatSuspects(story.suspects, true)}
${formatValues(story.suspects[0], true)}
</section>`;
}

function decisionChip({ outcome }: IssueStory, { decisions }: NightView): Html | undefined {
  const made = outcome?.branch === undefined ? undefined : decisions.get(outcome.branch);
  return made && html`<span class="chip plain">${made.kind}</span>`;
}

/** The branch, what was said of it, and what can be done about it. */
function decision(story: IssueStory, { decisions, record }: NightView, acting: Acting | undefined): Html | undefined {
  const { outcome, suspects } = story;
  const branch = outcome?.branch;
  const made = branch === undefined ? undefined : decisions.get(branch);
  const isOpen = branch !== undefined && outcome?.commit !== undefined && !isOnlyPlanned(record) && made === undefined;
  const place = suspects[0] && `${suspects[0].file}:${suspects[0].line}`;
  const stands =
    branch !== undefined &&
    html`<p>${isOnlyPlanned(record) ? 'Dry run: no branch was written. It would be ' : 'Branch '}<code>${branch}</code>${outcome?.commit && html` at <code>${shortSha(outcome.commit)}</code>`}.${made && ` ${made.text}`}</p>`;
  const buttons = acting
    ? html`<div id="decide" data-url="${acting.url}" data-decide="${isOpen ? 'yes' : 'no'}" data-place="${place}" data-dry="${acting.isDryRun ? 'yes' : 'no'}"></div>`
    : place &&
      html`<p class="actions"><button type="button" class="quiet" data-copy="${place}" aria-keyshortcuts="e" hidden>Copy the place <kbd aria-hidden="true">e</kbd></button></p>`;
  if (!stands && !buttons) return undefined;
  return html`<section class="card part decide" aria-label="Decision">${stands}${buttons}<div class="commands">${commandsOf(story, record).map((one) => command(one))}</div></section>`;
}

function command(text: string, key?: string): Html {
  return html`<p class="command"><code>${text}</code><button type="button" class="quiet" data-copy="${text}"${key !== undefined && html` aria-keyshortcuts="${key}"`} hidden>Copy${key !== undefined && html` <kbd aria-hidden="true">${key}</kbd>`}</button></p>`;
}

function repeat(story: IssueStory, record: RunRecord): Html | undefined {
  const text = repeatCommand(story, record);
  return text === undefined ? undefined : html`<section><h4>Repeat the proof</h4>${command(text, 'c')}</section>`;
}

function cost({ outcome, proof }: IssueStory): string {
  const runs = proof ? sum(proof.patched).runs + sum(proof.base).runs : 0;
  return [
    ...(outcome && outcome.seconds > 0 ? [formatSeconds(outcome.seconds)] : []),
    ...(runs > 0 ? [count(runs, 'run of its scenarios', 'runs of its scenarios')] : []),
  ].join(', ');
}

function tried({ proposed, screened, confirmed, fallen, runnersUp, proof }: IssueStory): string {
  const verdicts = [...fallen, ...runnersUp].map(({ verdict }) => verdict).concat(proof ?? []);
  const seconds = verdicts.reduce((all, verdict) => all + verdict.seconds, 0);
  return `${count(proposed, 'candidate')} proposed, ${screened} run, ${confirmed} confirmed; ${formatSeconds(seconds)} of trials.`;
}
