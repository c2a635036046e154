/** A night as its pages are made from: masked, told as stories, with links and what people decided. */
import type { RunRecord } from '../model/run-record.ts';
import type { PageParts } from '../report/html/run-pair.ts';
import { type IssueStory, tellStories } from '../report/issue-story.ts';
import { maskRecord } from '../report/mask-secrets.ts';
import type { Trends } from '../report/trends/trends.ts';
import { issueFiles, type Links } from './links.ts';
import type { Decision, ReviewNight } from './tools.ts';

/** What costs time to make, and is the same for every reader. */
export interface ToldNight {
  readonly record: RunRecord;
  /** In the order of the list. */
  readonly stories: readonly IssueStory[];
  readonly trends: Trends | undefined;
  /** File names of the issues' pages, by short id. */
  readonly files: ReadonlyMap<string, string>;
  readonly hasTraceViewer: boolean;
  readonly filmOf: PageParts['filmOf'];
}

export interface NightView extends ToldNight {
  readonly links: Links;
  /** By branch. */
  readonly decisions: ReadonlyMap<string, Decision>;
}

export function tellNight({ record: raw, trends, hasTraceViewer, filmOf = () => undefined }: ReviewNight): ToldNight {
  const record = maskRecord(raw);
  const stories = tellStories(record);
  return { record, stories, trends, files: issueFiles(stories), hasTraceViewer, filmOf };
}

/** The one that is shown at `file`, and its neighbours in the list. */
export function storyAt(
  { stories, files }: ToldNight,
  file: string,
): { story: IssueStory; before: IssueStory | undefined; after: IssueStory | undefined } | undefined {
  const at = stories.findIndex(({ issue }) => files.get(issue.shortId) === file);
  const story = stories[at];
  return story && { story, before: stories[at - 1], after: stories[at + 1] };
}
