/** Every scenario of the night as HTML: its colour, what it saw, and a screenshot of the red ones. */

import { type Html, html } from '../../markup/html-tag.ts';
import { oneLine } from '../../markup/plain-text.ts';
import type { RunRecord } from '../../model/run-record.ts';
import type { ScenarioRun } from '../../model/scenario.ts';
import type { Sighting } from '../../model/sighting.ts';
import { formatSeconds } from '../night-words.ts';
import { colourOf, scenarioName } from '../story-sentences.ts';
import type { PageParts } from './run-pair.ts';

export function formatScenarios(record: RunRecord, parts: PageParts): Html {
  const order = { red: 0, flaky: 1, green: 2, skipped: 3 };
  const runs = record.scenarios
    .map((run) => ({ run, colour: colourOf(run, record) }))
    .sort((a, b) => order[a.colour] - order[b.colour] || a.run.scenario.id.localeCompare(b.run.scenario.id));
  return html`<ul class="card scenarios">${runs.map(({ run, colour }) => {
    const line = html`<span class="dot bg-${colour}"></span><span class="name">${scenarioName(run.scenario)}</span><span class="time">${colour}, ${formatSeconds(run.durationMs / 1000)}</span>`;
    if (run.sightings.length === 0 && run.screenshot === undefined && run.trace === undefined)
      return html`<li><div class="plain">${line}</div></li>`;
    return html`<li><details><summary>${line}</summary>${seen(run, parts)}</details></li>`;
  })}</ul>`;
}

function seen(run: ScenarioRun, { pictures, trace }: PageParts): Html {
  return html`<ul class="sightings">${run.sightings.map(sighting)}</ul>
${pictures.show(run.screenshot, 'The page when the scenario ended', `The page when “${run.scenario.titlePath.at(-1)}” ended`)}
${trace(run.trace)}`;
}

function sighting({ kind, origin, message, step, expected, received }: Sighting): Html {
  const at =
    step && html`<div class="small soft">during “${oneLine(step.title, 200)}”, ${step.file}:${step.line}</div>`;
  const compared =
    expected !== undefined &&
    html`<div class="small soft">expected <code>${oneLine(expected)}</code>, received ${received ? html`<code>${oneLine(received)}</code>` : 'nothing'}</div>`;
  return html`<li><span class="soft">${kind.replaceAll('-', ' ')}${origin === 'third-party' && ', third party'}:</span> <code>${oneLine(message, 600)}</code>${at}${compared}</li>`;
}
