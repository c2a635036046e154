/** One branch as Markdown, for the body of a pull request: cause, evidence, and the command that repeats the proof. */
import type { RunRecord } from '../model/run-record.ts';
import { joinBounded } from './bounded-text.ts';
import { combinationSentence } from './combination-words.ts';
import { guardSentence } from './guard-sentence.ts';
import { type IssueStory, tellStory } from './issue-story.ts';
import { candidateParts, markdownDetails, markdownTable, suspectList, valueTable } from './markdown-parts.ts';
import { maskRecord } from './mask-secrets.ts';
import { causeOf, effortOf, evidenceOf, placeOf, scenarioNames, shortSha } from './story-sentences.ts';
import { markdownBlock, markdownCode, markdownText } from './strangers-text.ts';

/** GitHub, Gitea and GitLab take at least so many bytes; a host that takes fewer passes its own limit. */
const LIMIT = 60_000;

export interface BranchPage {
  readonly branch: string;
  /** Short ids of the issues that it mends, the one with the proof first. */
  readonly issues: readonly string[];
  readonly markdown: string;
}

/** One page for every branch that was written tonight, sorted by name. `limit` in bytes. */
export function formatPullRequests(raw: RunRecord, limit = LIMIT): BranchPage[] {
  const record = maskRecord(raw);
  if (record.dryRun) return [];
  const byBranch = new Map<string, IssueStory[]>();
  for (const issue of record.issues) {
    const story = tellStory(issue, record);
    const branch = story.outcome?.branch;
    if (branch === undefined || story.patch === undefined) continue;
    byBranch.set(branch, [...(byBranch.get(branch) ?? []), story]);
  }
  return [...byBranch]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .flatMap(([branch, stories]) => {
      // The issue for which the patch was proposed tells the most of it.
      const sorted = stories.toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
      const [first] = sorted;
      if (first === undefined) return [];
      const issues = sorted.map(({ issue }) => issue.shortId);
      return [{ branch, issues, markdown: page(first, sorted, record, limit) }];
    });
}

function isOwn({ patch, issue }: IssueStory): boolean {
  return patch?.issue === issue.shortId;
}

function page(story: IssueStory, all: readonly IssueStory[], record: RunRecord, limit: number): string {
  const { patch, proof, suspects, runnersUp, fallen, outcome, issue } = story;
  const names = scenarioNames(record);
  const values = valueTable(suspects[0]?.values);
  const verdicts = record.verdicts.filter((verdict) => verdict.issue === issue.shortId);
  const together = outcome?.branch === undefined ? undefined : combinationSentence(outcome.branch, record);
  const evidence = [
    ...(proof ? evidenceOf(proof).map((one) => [one.what, `${one.isGood ? '' : '⚠️ '}${markdownText(one.seen)}`]) : []),
    ['Guard', markdownText(guardSentence(verdicts, proof !== undefined))],
    ...(together === undefined ? [] : [['Together', markdownText(together)]]),
    ['Effort', markdownText(effortOf(story))],
  ];
  const scenarios = [...new Set(all.flatMap((one) => one.issue.scenarios))];
  return joinBounded({
    limit,
    head: [
      `${all.map((one) => `**${markdownCode(one.issue.shortId)}** ${markdownCode(one.issue.title, 200)}`).join('  \n')}`,
      markdownText(causeOf(story, names).join(' ')),
      ...(patch
        ? [`**Patch:** ${markdownText(patch.title)} (${markdownCode(patch.fixer)}). ${markdownText(patch.rationale)}`]
        : []),
    ],
    body: [
      markdownTable(['Evidence', 'Seen'], evidence),
      ['To repeat the proof:', '', markdownBlock(`npx mendwright prove ${outcome?.branch ?? ''}`, 'sh')].join('\n'),
      ...(patch ? [markdownBlock(patch.diff, 'diff')] : []),
      `### Suspects\n\n${suspectList(suspects) || 'None.'}`,
      ...(story.thrownAt ? [`Thrown at ${markdownCode(placeOf(story.thrownAt))}.`] : []),
      ...(values === undefined ? [] : [markdownDetails('Values at the throw', values)]),
      `### Seen by\n\n${scenarios.map((id) => `- ${markdownCode(names.get(id) ?? id)}`).join('\n')}`,
      ...candidateParts('Also confirmed', runnersUp),
      ...candidateParts('Candidates that fell', fallen),
      `<sub>Mendwright ${markdownText(record.mendwright)}, run ${markdownText(record.id)}, base ${markdownCode(shortSha(record.base.sha))}. Nothing is merged automatically.</sub>`,
    ],
    told: (left) => `<sub>${left} parts did not fit here; the night’s report.html has them.</sub>`,
  });
}
