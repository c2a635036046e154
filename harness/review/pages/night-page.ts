/** A night at a glance: its headline, its issues by result, what people decided, trends, scenarios, where the time went. */
import { type Html, html } from '../../markup/html-tag.ts';
import { oneLine } from '../../markup/plain-text.ts';
import { type RunRecord, Stage } from '../../model/run-record.ts';
import { formatScenarios } from '../../report/html/scenario-list.ts';
import type { IssueStory } from '../../report/issue-story.ts';
import { count, formatMinute, formatSeconds, STAGES } from '../../report/night-words.ts';
import { countScenarios, headlineOf, notesOf, placeOf, seenPlaceOf, shortSha } from '../../report/story-sentences.ts';
import { formatTrends } from '../../report/trends/trend-section.ts';
import type { NightView } from '../night-view.ts';
import { partsOf } from './page-parts.ts';

/** `older`: links to nights before this one, newest first. */
export function nightMain(view: NightView, older: readonly { run: string; link: string }[] = []): Html {
  const { record, stories, trends } = view;
  return html`${masthead(record)}
<div id="live" data-run="${record.id}"></div>
${byResult(view)}
${stories.length > 0 && issueList(view)}
<section><h2>Scenarios</h2>${formatScenarios(record, partsOf(view))}</section>
${formatTrends(trends)}
${notes(record)}
${stages(record)}
${older.length > 0 && html`<nav aria-label="Earlier nights"><h2>Earlier nights</h2><ul class="card part nights">${older.map(({ run, link }) => html`<li><a href="${link}">${run}</a></li>`)}</ul></nav>`}
<footer>Mendwright ${record.mendwright}, run ${record.id}. Nothing is merged automatically.</footer>`;
}

const COLOURS = ['green', 'red', 'flaky'] as const;
const BAR = 100;

function masthead(record: RunRecord): Html {
  const { base, startedAt, finishedAt } = record;
  const { total, ...colours } = countScenarios(record);
  const seconds = Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
  const seen = COLOURS.filter((colour) => colours[colour] > 0);
  let at = 0;
  const bars = seen.map((colour) => {
    const wide = (BAR * colours[colour]) / Math.max(1, total);
    const bar = html`<rect class="fill-${colour === 'green' ? 'done' : colour}" x="${at.toFixed(2)}" y="0" width="${Math.max(0.5, wide - 0.3).toFixed(2)}" height="1"></rect>`;
    at += wide;
    return bar;
  });
  return html`<p class="brand">Mendwright · ${record.app.name}</p>
<h1>${headlineOf(record)}</h1>
<p class="meta">${formatMinute(startedAt)}, ${formatSeconds(seconds)}${record.dryRun && ', dry run'}. Base ${base.branch !== undefined && html`<code>${base.branch}</code> at `}<code>${shortSha(base.sha)}</code> ${oneLine(base.subject, 120)}</p>
<svg class="night-bar" viewBox="0 0 ${BAR} 1" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>
<p class="keys"><span><b>${total}</b> ${total === 1 ? 'scenario' : 'scenarios'}</span>${seen.map((colour) => html`<span><span class="dot bg-${colour}"></span><b>${colours[colour]}</b> ${colour}</span>`)}</p>`;
}

/** What a result is called in addresses: `found` where the night was not asked to mend it. */
function resultOf({ outcome }: IssueStory): string {
  return outcome?.result ?? 'found';
}

function byResult({ stories }: NightView): Html | undefined {
  if (stories.length === 0) return undefined;
  const groups = new Map<string, IssueStory[]>();
  for (const story of stories) groups.set(resultOf(story), [...(groups.get(resultOf(story)) ?? []), story]);
  const buttons = [...groups].map(([result, list]) => {
    const words = list[0]?.words;
    return html`<li><button type="button" class="chip ${words?.tone}" data-filter="${result}" aria-pressed="false">${words?.label} <b>${list.length}</b></button></li>`;
  });
  return html`<section aria-labelledby="by-result"><h2 id="by-result">Issues by result</h2>
<ul class="filters"><li><button type="button" class="chip plain" data-filter="" aria-pressed="true">all <b>${stories.length}</b></button></li>${buttons}</ul>
<p class="small soft" id="shown" role="status">${stories.length} of ${stories.length} issues shown</p></section>`;
}

function issueList({ stories, links, files, decisions }: NightView): Html {
  return html`<nav aria-label="Issues"><ul class="card index">${stories.map((story) => {
    const { issue, words, suspects, followers, outcome, proof } = story;
    const place = suspects[0] ? placeOf(suspects[0]) : (seenPlaceOf(story) ?? '');
    const decision = outcome?.branch === undefined ? undefined : decisions.get(outcome.branch);
    return html`<li data-result="${resultOf(story)}"><a data-row href="${links.issue(files.get(issue.shortId) ?? '')}"><span class="id">${oneLine(issue.shortId, 40)}</span><span class="what"><span class="mono title">${oneLine(issue.title, 200)}</span><span class="small soft">${oneLine(place, 200)}${followers.length > 0 && ` · led to ${followers.map(({ shortId }) => shortId).join(', ')}`}${proof && ` · ${proof.strength}`}${outcome && outcome.seconds > 0 && ` · ${formatSeconds(outcome.seconds)}`}</span></span><span class="chips">${decision && html`<span class="chip plain">${decision.kind}</span>`}<span class="chip ${words.tone}">${words.label}</span></span></a></li>`;
  })}</ul></nav>`;
}

function notes(record: RunRecord): Html | undefined {
  const shown = new Set(record.issues.map(({ shortId }) => shortId));
  const left = record.skipped.filter(({ subject }) => !shown.has(subject));
  const lines = [...notesOf(record), ...left.map(({ subject, detail }) => `${subject}: ${detail}`)];
  if (lines.length === 0) return undefined;
  return html`<section><h2>Notes</h2><ul class="card notes">${lines.map((line) => html`<li>${line}</li>`)}</ul></section>`;
}

function stages({ stages: seconds, verdicts, patches }: RunRecord): Html | undefined {
  const longest = Math.max(...Object.values(seconds), 0.001);
  const rows = Stage.options.flatMap((name) => {
    const took = seconds[name];
    if (took === undefined) return [];
    const wide = ((BAR * took) / longest).toFixed(1);
    return [
      html`<li><span>${STAGES[name]}</span><svg class="track" viewBox="0 0 ${BAR} 1" preserveAspectRatio="none" aria-hidden="true"><rect class="fill-soft" width="${wide}" height="1"></rect></svg><span class="time">${formatSeconds(took)}</span></li>`,
    ];
  });
  if (rows.length === 0) return undefined;
  return html`<section><h2>Where the time went</h2><ul class="card stage-times">${rows}</ul>
<p class="small soft">${count(patches.length, 'candidate')} proposed, ${count(verdicts.length, 'verdict')} given.</p></section>`;
}
