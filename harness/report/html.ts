/** One HTML file for a whole night: opens from disk, loads nothing, runs no script. */

import { type Html, html } from '../markup/html-tag.ts';
import { oneLine } from '../markup/plain-text.ts';
import { type RunRecord, Stage } from '../model/run-record.ts';
import { wordsOfCombination } from './combination-words.ts';
import { formatEarlier } from './html/earlier-section.ts';
import { anchorOf, formatIssue } from './html/issue-section.ts';
import { openPictures, type ReadAsset } from './html/pictures.ts';
import type { PageParts } from './html/run-pair.ts';
import { formatScenarios } from './html/scenario-list.ts';
import { STYLE } from './html/style.ts';
import { formatTrace } from './html/trace-line.ts';
import { type IssueStory, tellStories } from './issue-story.ts';
import { maskRecord } from './mask-secrets.ts';
import { formatMinute, formatSeconds, STAGES, type Tone } from './night-words.ts';
import { countScenarios, deferredOf, headlineOf, notesOf, placeOf, seenPlaceOf, shortSha } from './story-sentences.ts';
import { formatTrends } from './trends/trend-section.ts';
import type { Trends } from './trends/trends.ts';

export interface HtmlOptions {
  /** Reads screenshots of the run folder, which the page then carries in itself. */
  readonly readAsset?: ReadAsset;
  /** Tonight beside earlier nights. */
  readonly trends?: Trends | undefined;
  /** Whether Playwright's trace viewer lies beside the page, as `trace/`. */
  readonly hasTraceViewer?: boolean;
  /** Pictures and console lines of a run's trace. */
  readonly filmOf?: PageParts['filmOf'];
}

const GROUPS: readonly (readonly [Tone, string])[] = [
  ['mended', 'Mended'],
  ['open', 'Still open'],
  ['aside', 'Set aside'],
];

/** Even if a hole were left unescaped, this policy lets nothing run and nothing load. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export function formatHtml(
  raw: RunRecord,
  { readAsset = () => undefined, trends, hasTraceViewer = false, filmOf = () => undefined }: HtmlOptions = {},
): string {
  const record = maskRecord(raw);
  const parts: PageParts = {
    pictures: openPictures(readAsset),
    trace: (file) => formatTrace(file, hasTraceViewer),
    filmOf,
  };
  const stories = tellStories(record);
  const headline = headlineOf(record);
  const style = `<style>${STYLE}</style>`;
  const head = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${oneLine(record.app.name, 60)}: ${headline}</title>
`;
  const body = html`
</head>
<body>
${masthead(record, headline)}
${stories.length > 0 && index(stories)}
<main>
${GROUPS.map(([tone, title]) =>
  group(
    title,
    stories.filter(({ words }) => words.tone === tone),
    record,
    parts,
  ),
)}
${formatEarlier(record)}${together(record)}${deferred(record)}
<section><h2>Scenarios</h2>${formatScenarios(record, parts)}</section>
${formatTrends(trends)}
${notes(record)}
${stages(record)}
</main>
<footer>Mendwright ${record.mendwright}, run ${record.id}. Nothing is merged automatically.</footer>
</body>
</html>
`;
  return `${head}${style}${body}`;
}

function masthead(record: RunRecord, headline: string): Html {
  const { base, startedAt, finishedAt } = record;
  const { total, ...colours } = countScenarios(record);
  const seconds = Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
  const parts = (['green', 'red', 'flaky'] as const).filter((colour) => colours[colour] > 0);
  return html`<header>
<p class="brand">Mendwright · ${record.app.name}</p>
<h1>${headline}</h1>
<p class="meta">${formatMinute(startedAt)}, ${formatSeconds(seconds)}${record.dryRun && ', dry run'}. Base ${base.branch !== undefined && html`<code>${base.branch}</code> at `}<code>${shortSha(base.sha)}</code> ${oneLine(base.subject, 120)}</p>
<div class="bar" aria-hidden="true">${parts.map((colour) => html`<span class="bg-${colour}" style="flex:${colours[colour]}"></span>`)}</div>
<p class="keys"><span><b>${total}</b> ${total === 1 ? 'scenario' : 'scenarios'}</span>${parts.map((colour) => html`<span><span class="dot bg-${colour}"></span><b>${colours[colour]}</b> ${colour}</span>`)}</p>
</header>`;
}

function index(stories: readonly IssueStory[]): Html {
  return html`<nav aria-label="Issues"><h2>Issues by result</h2><ul class="card index">${stories.map((story) => {
    const { issue, words, suspects, followers } = story;
    const place = suspects[0] ? placeOf(suspects[0]) : (seenPlaceOf(story) ?? '');
    return html`<li><a href="#${anchorOf(story)}"><span class="id">${issue.shortId}</span><span class="what"><span class="mono title">${oneLine(issue.title, 200)}</span><span class="small soft">${oneLine(place, 200)}${followers.length > 0 && ` · led to ${followers.map(({ shortId }) => shortId).join(', ')}`}</span></span><span class="chip ${words.tone}">${words.label}</span></a></li>`;
  })}</ul></nav>`;
}

function group(title: string, stories: readonly IssueStory[], record: RunRecord, parts: PageParts): Html | undefined {
  if (stories.length === 0) return undefined;
  return html`<section><h2>${title}</h2>${stories.map((story) => formatIssue(story, record, parts))}</section>`;
}

function together(record: RunRecord): Html | undefined {
  const words = wordsOfCombination(record);
  if (words === undefined) return undefined;
  return html`<section id="together"><h2>All branches together</h2><div class="card issue"><p class="verdict ${words.isGood ? 'mended' : 'open'}">${words.headline}</p>${words.lines.length > 0 && html`<ul class="rows">${words.lines.map((line) => html`<li>${line}</li>`)}</ul>`}</div></section>`;
}

function deferred(record: RunRecord): Html | undefined {
  const list = deferredOf(record);
  if (list.length === 0) return undefined;
  return html`<section id="deferred"><h2>Deferred</h2><ul class="card notes">${list.map(({ shortId, title, why }) => html`<li>${shortId} <span class="mono">${oneLine(title, 200)}</span>: ${why}</li>`)}</ul></section>`;
}

function notes(record: RunRecord): Html | undefined {
  const shown = new Set(record.issues.map(({ shortId }) => shortId));
  const left = record.skipped.filter(({ subject }) => !shown.has(subject));
  const lines = [...notesOf(record), ...left.map(({ subject, detail }) => `${subject}: ${detail}`)];
  if (lines.length === 0) return undefined;
  return html`<section><h2>Notes</h2><ul class="card notes">${lines.map((line) => html`<li>${line}</li>`)}</ul></section>`;
}

function stages({ stages: seconds }: RunRecord): Html | undefined {
  const names = Stage.options;
  const longest = Math.max(...Object.values(seconds), 0.001);
  const rows = names.flatMap((name) => {
    const took = seconds[name];
    if (took === undefined) return [];
    return [
      html`<span>${STAGES[name]}</span><span class="track"><span style="width:${((100 * took) / longest).toFixed(1)}%"></span></span><span class="time">${formatSeconds(took)}</span>`,
    ];
  });
  if (rows.length === 0) return undefined;
  return html`<section><h2>Where the time went</h2><div class="card stages">${rows}</div></section>`;
}
