/** SARIF 2.1.0 for code hosts: one result per issue with a place in the source, its suspects, branch and proven edits. */
import { oneLine } from '../markup/plain-text.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { SourcePosition } from '../model/suspect.ts';
import type { CodeHost } from './code-host.ts';
import { issueKey } from './issue-key.ts';
import { type IssueStory, tellStories } from './issue-story.ts';
import { maskRecord } from './mask-secrets.ts';
import type { Tone } from './night-words.ts';
import { causeOf, placeOf, scenarioNames, shortSha } from './story-sentences.ts';
import { quietJson } from './strangers-text.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const ROOT_ID = '%SRCROOT%';
const HOME = 'https://github.com/mendwright/mendwright';

/** GitHub takes at most so many results of one run. */
const MOST_RESULTS = 5_000;
const MOST_PLACES = 20;

/** What waits on a branch is still an error of the base. */
const LEVELS: Readonly<Record<Tone, 'error' | 'note'>> = { mended: 'error', open: 'error', aside: 'note' };

export interface SarifOptions {
  readonly host?: CodeHost | undefined;
}

/** Issues without a place in the repository are named as notifications: a code host can show no result without one. */
export function formatSarif(raw: RunRecord, { host }: SarifOptions = {}): string {
  const record = maskRecord(raw);
  const stories = tellStories(record);
  const placed = stories.filter(({ suspects }) => suspects.length > 0).slice(0, MOST_RESULTS);
  const rules = [...new Set(placed.map(ruleOf))].sort();
  return `${quietJson({
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Mendwright',
            ...(/^\d+\.\d+\.\d+$/.test(record.mendwright) && { semanticVersion: record.mendwright }),
            version: record.mendwright,
            informationUri: HOME,
            rules: rules.map((id) => ({
              id,
              shortDescription: { text: `${id} while a scenario ran` },
              helpUri: HOME,
              defaultConfiguration: { level: 'error' },
            })),
          },
        },
        automationDetails: { id: `mendwright/${record.app.name}/${record.id}` },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT_ID]: { description: { text: 'The root of the repository.' } } },
        ...(host && {
          versionControlProvenance: [
            {
              repositoryUri: host.repository,
              revisionId: record.base.sha,
              ...(record.base.branch !== undefined && { branch: record.base.branch }),
            },
          ],
        }),
        invocations: [
          {
            executionSuccessful: record.outcomes.every(({ result }) => result !== 'errored'),
            startTimeUtc: record.startedAt,
            endTimeUtc: record.finishedAt,
            toolExecutionNotifications: stories
              .filter(({ suspects }) => suspects.length === 0)
              .map(({ issue, words }) => ({
                level: 'note',
                message: {
                  text: `${issue.shortId} ${oneLine(issue.title, 300)}: ${words.label}; no place in the source is known.`,
                },
              })),
          },
        ],
        results: placed.map((story) => result(story, record, { rules, host })),
      },
    ],
  })}\n`;
}

function ruleOf({ suspects, issue }: IssueStory): string {
  const type = suspects[0]?.errorType ?? '';
  if (/^[\w.$-]{1,80}$/.test(type)) return type;
  return issue.runtime === 'scenario' ? 'FailedScenario' : 'Error';
}

function result(
  story: IssueStory,
  record: RunRecord,
  { rules, host }: { rules: readonly string[]; host: CodeHost | undefined },
): object {
  const { issue, outcome, words, suspects, patch, proof } = story;
  const rule = ruleOf(story);
  const root = record.app.root ?? '';
  const branch = record.dryRun ? undefined : outcome?.branch;
  const link = branch === undefined ? undefined : host?.branchUrl(branch);
  const [suspect, ...others] = suspects;
  const related = [...(story.thrownAt ? [story.thrownAt] : []), ...others].slice(0, MOST_PLACES);
  const workItem = webAddress(issue.permalink);
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    kind: 'fail',
    level: LEVELS[words.tone],
    message: { text: sentences(story, record, link).join(' ') },
    locations: suspect ? [location(suspect, root)] : [],
    ...(related.length > 0 && {
      relatedLocations: related.map((place, index) => ({
        id: index + 1,
        ...location(place, root),
        message: { text: place === story.thrownAt ? 'Thrown here' : `Suspect: ${placeOf(place)}` },
      })),
    }),
    partialFingerprints: { 'mendwrightIssue/v1': issueKey(issue) },
    ...(workItem !== undefined && { workItemUris: [workItem] }),
    ...(link !== undefined && { hostedViewerUri: link }),
    ...(patch && proof && isWhole(patch) && { fixes: [fix(patch, root)] }),
    properties: {
      issue: issue.shortId,
      result: outcome?.result ?? 'found',
      ...(outcome && { reason: outcome.reason }),
      ...(branch !== undefined && { branch }),
      ...(link !== undefined && { branchUrl: link }),
      ...(proof && { strength: proof.strength, pValue: proof.pValue }),
    },
  };
}

function sentences(story: IssueStory, record: RunRecord, link: string | undefined): string[] {
  const { issue, outcome, words } = story;
  const cause = causeOf(story, scenarioNames(record)).map((text) => escapeLinks(oneLine(text, 600)));
  const title = escapeLinks(oneLine(issue.title, 300));
  const branch = outcome?.branch;
  if (branch === undefined || record.dryRun) return [`${title}.`, ...cause, `Result: ${words.label}.`];
  const at = outcome?.commit === undefined ? '' : ` at ${shortSha(outcome.commit)}`;
  const name = escapeLinks(oneLine(branch, 200));
  return [`${title}.`, ...cause, `A proven fix is on branch ${link === undefined ? name : `[${name}](${link})`}${at}.`];
}

/** In a message, brackets make links. */
function escapeLinks(text: string): string {
  return text.replaceAll(/[\\[\]]/g, '\\$&');
}

function location({ file, line, column, function: name }: SourcePosition, root: string): object {
  return {
    physicalLocation: {
      artifactLocation: artifact(file, root),
      region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
    },
    ...(name !== undefined && { logicalLocations: [{ name: oneLine(name, 200), kind: 'function' }] }),
  };
}

function artifact(file: string, root: string): { uri: string; uriBaseId: typeof ROOT_ID } {
  const path = [...root.split('/'), ...file.split('/')].filter((part) => part !== '' && part !== '.');
  return { uri: path.map(encodeURIComponent).join('/'), uriBaseId: ROOT_ID };
}

/** SARIF's fixes create no files, and what was masked would be written as it is shown. */
function isWhole({ edits, newFiles }: RunRecord['patches'][number]): boolean {
  return edits.length > 0 && newFiles.length === 0 && edits.every(({ text }) => !text.includes('***'));
}

function fix({ title, edits }: RunRecord['patches'][number], root: string): object {
  const files = [...new Set(edits.map(({ file }) => file))].sort();
  return {
    description: { text: oneLine(title, 200) },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file, root),
      replacements: edits
        .filter((edit) => edit.file === file)
        .map(({ start, end, text }) => ({
          deletedRegion: { charOffset: start, charLength: end - start },
          insertedContent: { text },
        })),
    })),
  };
}

/** The embedded Sentry's port leads nowhere after the night. */
function webAddress(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  return /^(?:localhost|127\.|\[::1\])/.test(url.hostname) ? undefined : url.href;
}
