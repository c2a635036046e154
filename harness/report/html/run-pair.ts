/** A red run on the base beside a green one with the patch: steps, what was seen, screenshots, requests that differ, traces. */
import { type Html, html } from '../../markup/html-tag.ts';
import { oneLine } from '../../markup/plain-text.ts';
import type { RunRecord } from '../../model/run-record.ts';
import type { ScenarioRun } from '../../model/scenario.ts';
import type { IssueStory } from '../issue-story.ts';
import { count, formatSeconds } from '../night-words.ts';
import { requestDifferences } from '../request-differences.ts';
import { scenarioName, sum } from '../story-sentences.ts';
import { formatFilm, type ShownFilm } from './film-strip.ts';
import type { Pictures } from './pictures.ts';

export interface PageParts {
  readonly pictures: Pictures;
  /** How to open a trace of the run's folder. */
  readonly trace: (file: string | undefined) => Html | undefined;
  /** What the trace of a run shows; undefined where there is none to read. */
  readonly filmOf: (trace: string) => ShownFilm | undefined;
}

const SHOWN = 8;

/** Only where a patch was proven. */
export function formatRunPair(story: IssueStory, record: RunRecord, parts: PageParts): Html | undefined {
  const sides = formatRunSides(story, record, parts);
  return (
    sides &&
    html`<details class="runs-pair"><summary>A red run and a green one, side by side</summary>
${sides}
</details>`
  );
}

/** The scenario's red run on the base, and a green one with the patch where the record keeps one. */
export function pairOf({ issue, proof }: IssueStory, record: RunRecord): RunPair | undefined {
  const greenRun = proof?.greenRun;
  const wanted = greenRun?.scenario.id ?? issue.scenarios[0];
  const red = record.scenarios.find(({ scenario }) => scenario.id === wanted);
  return red && { red, green: greenRun };
}

export interface RunPair {
  readonly red: ScenarioRun;
  readonly green: ScenarioRun | undefined;
}

/** The same, unfolded. */
export function formatRunSides(story: IssueStory, record: RunRecord, parts: PageParts): Html | undefined {
  const pair = pairOf(story, record);
  if (story.proof === undefined || pair === undefined) return undefined;
  const { red, green: greenRun } = pair;
  const { green, runs } = sum(story.proof.patched);
  const differences = greenRun && requestDifferences(red, greenRun);
  return html`<p class="small soft">${scenarioName(red.scenario)}</p>
<div class="pair even">
<section><h4>Red, on the base</h4>${run(red, parts)}</section>
<section><h4>Green, with the patch</h4>${
    greenRun
      ? run(greenRun, parts)
      : html`<p class="small">Green in ${green} of ${runs} runs; this record keeps none of them.</p>`
  }</section>
</div>
${differences && requests(differences)}`;
}

function run(one: ScenarioRun, { pictures, trace, filmOf }: PageParts): Html {
  const film = one.trace === undefined ? undefined : filmOf(one.trace);
  const step = one.sightings.find((sighting) => sighting.step)?.step;
  const list = one.sightings.slice(0, SHOWN);
  return html`<p class="small">Playwright: ${one.status} after ${formatSeconds(one.durationMs / 1000)}${step && html`, at “${oneLine(step.title, 160)}” <code>${step.file}:${step.line}</code>`}${one.endedEarly && ', ended at the first return of the error'}</p>
<ul class="sightings small">${list.length === 0 && html`<li class="soft">nothing in console and network that tells of an error</li>`}${list.map(({ kind, message }) => html`<li><span class="soft">${kind.replaceAll('-', ' ')}:</span> <code>${oneLine(message, 300)}</code></li>`)}${one.sightings.length > SHOWN && html`<li class="soft">… and ${one.sightings.length - SHOWN} more</li>`}</ul>
${pictures.show(one.screenshot, 'The page when the run ended', `The page when “${one.scenario.titlePath.at(-1)}” ended`)}${formatFilm(film, pictures)}
${trace(one.trace)}`;
}

function requests(differences: ReturnType<typeof requestDifferences>): Html {
  if (differences.length === 0)
    return html`<p class="small soft">Both runs sent the same requests and were answered alike.</p>`;
  const answered = (answers: readonly string[]): string =>
    answers.length === 0 ? 'not sent' : answers.join(', then ');
  return html`<h4>${count(differences.length, 'request differs', 'requests differ')}</h4><ul class="rows">${differences.slice(0, SHOWN).map((one) => html`<li><code>${oneLine(one.request, 200)}</code>: ${answered(one.red)} when red, ${answered(one.green)} when green</li>`)}${differences.length > SHOWN && html`<li class="soft">… and ${differences.length - SHOWN} more</li>`}</ul>`;
}
