/** JUnit XML for CI: scenarios as test cases by file, red ones as failures; what became of the issues beside them. */

import { escapeMarkup } from '../markup/html-tag.ts';
import { plainText } from '../markup/plain-text.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { ScenarioRun } from '../model/scenario.ts';
import { type IssueStory, tellStory } from './issue-story.ts';
import { maskRecord } from './mask-secrets.ts';
import { colourOf } from './story-sentences.ts';

export function formatJunit(raw: RunRecord): string {
  const record = maskRecord(raw);
  const stories = record.issues.map((issue) => tellStory(issue, record));
  const files = [...new Set(record.scenarios.map(({ scenario }) => scenario.file))].sort();
  const suites = files.map((file) =>
    suite(
      file,
      record.scenarios.filter(({ scenario }) => scenario.file === file),
      record,
      stories,
    ),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: `mendwright ${record.app.name}`, ...withoutSkipped(totals(record.scenarios, record)) })}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(file: string, runs: readonly ScenarioRun[], record: RunRecord, stories: readonly IssueStory[]): string {
  const ids = new Set(runs.map(({ scenario }) => scenario.id));
  const own = stories.filter(({ issue }) => issue.scenarios.some((id) => ids.has(id)));
  const startedAt = runs.map((run) => run.startedAt).sort()[0] ?? record.startedAt;
  return [
    `  <testsuite${attributes({ name: file, file, ...totals(runs, record), errors: 0, timestamp: startedAt })}>`,
    '    <properties>',
    ...[...runFacts(record), ...own.map(issueFact)].map((fact) => `      <property${attributes(fact)}/>`),
    '    </properties>',
    ...runs.map((run) => testCase(run, record, own)),
    '  </testsuite>',
  ].join('\n');
}

function runFacts(record: RunRecord): { name: string; value: string }[] {
  return [
    { name: 'mendwright.run', value: record.id },
    { name: 'mendwright.base', value: record.base.sha },
  ];
}

function issueFact({ issue, outcome }: IssueStory): { name: string; value: string } {
  const value = [outcome?.result ?? 'found', outcome?.reason, outcome?.branch].filter(Boolean).join(' ');
  return { name: `issue.${issue.shortId}`, value };
}

function testCase(run: ScenarioRun, record: RunRecord, stories: readonly IssueStory[]): string {
  const { scenario } = run;
  const name = scenario.titlePath.join(' › ') + (scenario.project ? ` [${scenario.project}]` : '');
  const open = `    <testcase${attributes({ name, classname: scenario.file, time: time(run.durationMs) })}`;
  const colour = colourOf(run, record);
  if (colour === 'green') return `${open}/>`;
  if (colour === 'skipped') return `${open}>\n      <skipped/>\n    </testcase>`;
  const own = stories.filter(({ issue }) => issue.scenarios.includes(scenario.id));
  const [sighting] = run.sightings;
  const message = sighting?.message ?? own[0]?.issue.title ?? `Playwright: ${run.status}`;
  const type = sighting?.errorType ?? sighting?.kind ?? run.status;
  return [
    `${open}>`,
    `      <failure${attributes({ message, type })}>${text(sighting?.stack ?? message)}</failure>`,
    ...(own.length > 0 ? [`      <system-out>${text(own.map(issueLines).join('\n\n'))}</system-out>`] : []),
    '    </testcase>',
  ].join('\n');
}

function issueLines({ issue, outcome, words }: IssueStory): string {
  return [
    `${issue.shortId} ${issue.title}`,
    `result: ${outcome?.result ?? 'found'}`,
    ...(outcome ? [outcome.detail] : []),
    ...(outcome?.branch === undefined ? [`next: ${words.next}`] : [`branch: ${outcome.branch}`]),
  ].join('\n');
}

function totals(runs: readonly ScenarioRun[], record: RunRecord): Record<string, string | number> {
  const colours = runs.map((run) => colourOf(run, record));
  return {
    tests: runs.length,
    failures: colours.filter((colour) => colour === 'red' || colour === 'flaky').length,
    skipped: colours.filter((colour) => colour === 'skipped').length,
    time: time(runs.reduce((sum, run) => sum + run.durationMs, 0)),
  };
}

/** The schema that Jenkins checks against knows no such number of all suites. */
function withoutSkipped({ skipped: _, ...rest }: Record<string, string | number>): Record<string, string | number> {
  return rest;
}

function time(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

/** XML 1.0 has no form for control characters, so they are shown as pictures. */
function text(value: string): string {
  return escapeMarkup(plainText(value));
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${text(String(value)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`)
    .join('');
}
