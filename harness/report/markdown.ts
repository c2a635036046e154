/** The night as Markdown, for GitHub's job summary and for terminals that render it. */
import type { RunRecord } from '../model/run-record.ts';
import { joinBounded } from './bounded-text.ts';
import { wordsOfCombination } from './combination-words.ts';
import { type IssueStory, tellStories } from './issue-story.ts';
import { candidateParts, markdownDetails, markdownTable } from './markdown-parts.ts';
import { maskRecord } from './mask-secrets.ts';
import { count, EARLIER, formatDay, formatMinute, formatSeconds } from './night-words.ts';
import {
  causeOf,
  colourOf,
  commandsOf,
  countScenarios,
  deferredOf,
  evidenceOf,
  headlineOf,
  isOnlyPlanned,
  notesOf,
  placeOf,
  scenarioName,
  scenarioNames,
  shortSha,
} from './story-sentences.ts';
import { markdownBlock, markdownCode, markdownText } from './strangers-text.ts';

const MARKS = { mended: '✅', open: '❌', aside: '⏸️' } as const;

/** What a step of GitHub Actions may leave in its job summary, in bytes. */
export const JOB_SUMMARY_LIMIT = 1024 * 1024;

export interface MarkdownOptions {
  /** Bytes. */
  readonly limit?: number;
  /** Further sections, such as trends. */
  readonly more?: readonly string[];
}

/** At most `limit` bytes; issues that do not fit are counted. */
export function formatMarkdown(raw: RunRecord, { limit = JOB_SUMMARY_LIMIT, more = [] }: MarkdownOptions = {}): string {
  const record = maskRecord(raw);
  const stories = tellStories(record);
  const notes = notesOf(record);
  return joinBounded({
    limit,
    head: [
      `## Mendwright: ${markdownText(record.app.name)}`,
      `**${headlineOf(record)}**`,
      facts(record),
      ...(stories.length > 0 ? [overview(stories)] : []),
    ],
    body: [
      ...stories.map((story) => section(story, record)),
      ...together(record),
      ...deferred(record),
      ...earlier(record),
      ...more,
      scenarios(record),
      ...(notes.length > 0 ? [`### Notes\n\n${notes.map((note) => `- ${markdownText(note)}`).join('\n')}`] : []),
      stages(record),
    ],
    told: (left) => `${count(left, 'section does', 'sections do')} not fit here; report.html has the whole night.`,
  });
}

function together(record: RunRecord): string[] {
  const words = wordsOfCombination(record);
  if (words === undefined) return [];
  const head = `### All branches together\n\n${words.isGood ? MARKS.mended : MARKS.open} ${markdownText(words.headline)}`;
  return [[head, ...words.lines.map((line) => `- ${markdownText(line)}`)].join('\n\n').replaceAll('\n\n- ', '\n- ')];
}

function deferred(record: RunRecord): string[] {
  const list = deferredOf(record);
  if (list.length === 0) return [];
  const line = ({ shortId, title, why }: (typeof list)[number]): string =>
    `- ${markdownCode(shortId)} ${markdownCode(title, 120)}: ${markdownText(why)}`;
  return [`### Deferred\n\n${list.map(line).join('\n')}`];
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

/** More rows than anybody reads in a summary. */
const OVERVIEW = 500;

function overview(stories: readonly IssueStory[]): string {
  const table = markdownTable(
    ['', 'Issue', 'What broke', 'Where', 'Result'],
    stories
      .slice(0, OVERVIEW)
      .map(({ issue, words, suspects, outcome }) => [
        MARKS[words.tone],
        markdownCode(issue.shortId),
        markdownCode(issue.title, 120),
        suspects[0] ? markdownCode(placeOf(suspects[0])) : '',
        outcome?.branch ? `${words.label}: ${markdownCode(outcome.branch)}` : words.label,
      ]),
  );
  return stories.length > OVERVIEW ? `${table}\n\n… and ${stories.length - OVERVIEW} more.` : table;
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
          markdownTable(
            ['Evidence', 'Seen'],
            evidenceOf(proof).map((e) => [e.what, `${e.isGood ? '' : '⚠️ '}${markdownText(e.seen)}`]),
          ),
        ]
      : []),
    ...candidateParts('Also confirmed', story.runnersUp),
    ...candidateParts('Candidates that fell', story.fallen),
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

function earlier({ earlier: branches = [] }: RunRecord): string[] {
  if (branches.length === 0) return [];
  const rows = branches.map(({ shortId, title, branch, state, detail, since }) => [
    MARKS[EARLIER[state].tone],
    markdownCode(shortId),
    markdownCode(title, 120),
    `${EARLIER[state].label}: ${markdownCode(branch)}`,
    `${markdownText(detail)} (${formatDay(since)})`,
  ]);
  const told = 'These errors did not come tonight.';
  return [`### From earlier nights\n\n${told}\n\n${markdownTable(['', 'Issue', 'What broke', 'Branch', ''], rows)}`];
}

function scenarios(record: RunRecord): string {
  const rows = record.scenarios.map((run) => [
    colourOf(run, record),
    markdownCode(scenarioName(run.scenario)),
    formatSeconds(run.durationMs / 1000),
    markdownCode(run.sightings[0]?.message ?? '', 160),
  ]);
  return markdownDetails('All scenarios', markdownTable(['', 'Scenario', 'Time', 'First sighting'], rows));
}

function stages(record: RunRecord): string {
  const parts = Object.entries(record.stages).map(([stage, seconds]) => `${stage} ${formatSeconds(seconds)}`);
  return `<sub>Mendwright ${markdownText(record.mendwright)} · ${parts.join(' · ')}</sub>`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
