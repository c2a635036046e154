/** The night as Markdown, for GitHub's job summary and for terminals that render it. */
import type { RunRecord } from '../model/run-record.ts';
import { type Candidate, type IssueStory, tellStories } from './issue-story.ts';
import { count, formatMinute, formatSeconds } from './night-words.ts';
import {
  causeOf,
  colourOf,
  commandsOf,
  countScenarios,
  evidenceOf,
  headlineOf,
  isOnlyPlanned,
  notesOf,
  placeOf,
  scenarioName,
  scenarioNames,
  shortSha,
  verdictWords,
} from './story-sentences.ts';
import { markdownBlock, markdownCode, markdownText } from './strangers-text.ts';

const MARKS = { mended: '✅', open: '❌', aside: '⏸️' } as const;

export function formatMarkdown(record: RunRecord): string {
  const stories = tellStories(record);
  const notes = notesOf(record);
  return `${[
    `## Mendwright: ${markdownText(record.app.name)}`,
    `**${headlineOf(record)}**`,
    facts(record),
    ...(stories.length > 0 ? [overview(stories)] : []),
    ...stories.map((story) => section(story, record)),
    scenarios(record),
    ...(notes.length > 0 ? [`### Notes\n\n${notes.map((note) => `- ${markdownText(note)}`).join('\n')}`] : []),
    stages(record),
  ].join('\n\n')}\n`;
}

function facts(record: RunRecord): string {
  const { total, red, green, flaky } = countScenarios(record);
  const { sha, subject, branch } = record.base;
  return [
    `${count(total, 'scenario')}: ${green} green, ${red} red, ${flaky} flaky`,
    `base ${branch ? `${markdownCode(branch)} at ` : ''}${markdownCode(shortSha(sha))} ${markdownText(subject)}`,
    `${formatMinute(record.startedAt)}${record.dryRun ? ', dry run' : ''}, run ${markdownCode(record.id)}`,
  ].join(' · ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function overview(stories: readonly IssueStory[]): string {
  return table(
    ['', 'Issue', 'What broke', 'Where', 'Result'],
    stories.map(({ issue, words, suspects, outcome }) => [
      MARKS[words.tone],
      markdownCode(issue.shortId),
      markdownCode(issue.title, 120),
      suspects[0] ? markdownCode(placeOf(suspects[0])) : '',
      outcome?.branch ? `${words.label}: ${markdownCode(outcome.branch)}` : words.label,
    ]),
  );
}

function section(story: IssueStory, record: RunRecord): string {
  const { issue, outcome, words, patch, proof } = story;
  const names = scenarioNames(record);
  const seenBy = issue.scenarios.map((id) => `- seen by ${markdownCode(names.get(id) ?? id)}`);
  return [
    `### ${MARKS[words.tone]} ${markdownCode(issue.shortId)} ${markdownCode(issue.title, 200)}`,
    causeOf(story, names).map(markdownText).join(' '),
    seenBy.join('\n'),
    ...story.followers.map(
      (follower) => `Its consequence: ${markdownCode(follower.shortId)} ${markdownCode(follower.title, 200)}`,
    ),
    ...(outcome ? [`**${capital(words.label)}.** ${markdownText(outcome.detail)}`] : []),
    ...(outcome?.branch === undefined ? [`Next: ${markdownText(words.next)}`] : [branchLines(story, record)]),
    ...(patch
      ? [`**Patch:** ${markdownText(patch.title)} (${markdownCode(patch.fixer)}). ${markdownText(patch.rationale)}`]
      : []),
    ...(patch ? [markdownBlock(patch.diff, 'diff')] : []),
    ...(proof
      ? [
          table(
            ['Evidence', 'Seen'],
            evidenceOf(proof).map((e) => [e.what, `${e.isGood ? '' : '⚠️ '}${markdownText(e.seen)}`]),
          ),
        ]
      : []),
    ...candidates('Also confirmed', story.runnersUp),
    ...candidates('Candidates that fell', story.fallen),
    ...story.remarks.map((remark) => `> ${markdownText(remark)}`),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function branchLines(story: IssueStory, record: RunRecord): string {
  if (isOnlyPlanned(record))
    return `Dry run: no branch was written; it would be ${markdownCode(story.outcome?.branch ?? '')}.`;
  return markdownBlock(commandsOf(story, record).join('\n'), 'sh');
}

const SHOWN = 12;

function candidates(title: string, list: readonly Candidate[]): string[] {
  if (list.length === 0) return [];
  const rows = list
    .slice(0, SHOWN)
    .map(({ patch, verdict }) => [
      markdownText(patch?.title ?? verdict.patch),
      verdictWords(verdict),
      markdownText(verdict.why),
    ]);
  const more = list.length > SHOWN ? [`… and ${list.length - SHOWN} more.`] : [];
  return [
    [
      '<details>',
      `<summary>${title}: ${list.length}</summary>`,
      '',
      table(['Candidate', 'Verdict', 'What was seen'], rows),
      ...more,
      '',
      '</details>',
    ].join('\n'),
  ];
}

function scenarios(record: RunRecord): string {
  const rows = record.scenarios.map((run) => [
    colourOf(run, record),
    markdownCode(scenarioName(run.scenario)),
    formatSeconds(run.durationMs / 1000),
    markdownCode(run.sightings[0]?.message ?? '', 160),
  ]);
  return [
    '<details>',
    '<summary>All scenarios</summary>',
    '',
    table(['', 'Scenario', 'Time', 'First sighting'], rows),
    '',
    '</details>',
  ].join('\n');
}

function stages(record: RunRecord): string {
  const parts = Object.entries(record.stages).map(([stage, seconds]) => `${stage} ${formatSeconds(seconds)}`);
  return `<sub>Mendwright ${markdownText(record.mendwright)} · ${parts.join(' · ')}</sub>`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
