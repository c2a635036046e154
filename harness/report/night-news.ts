/** What changed since the night before, in sentences; nothing where nothing did. */
import { oneLine } from '../markup/plain-text.ts';
import type { NightNews } from '../model/night-news.ts';
import type { IssueOutcome, RunRecord } from '../model/run-record.ts';
import type { CodeHost } from './code-host.ts';
import { maskRecord } from './mask-secrets.ts';
import { count, NOT_MENDED, RESULTS } from './night-words.ts';
import { headlineOf } from './story-sentences.ts';
import { type NightPoint, pointOf } from './trends/night-point.ts';

type Change = NightNews['changes'][number];
type Entry = NightPoint['issues'][number];

const TITLE = 160;

/** `before` is the newest earlier night. A first night is compared with one in which nothing was wrong. */
export function newsOf(raw: RunRecord, before: NightPoint | undefined, host?: CodeHost): NightNews | undefined {
  const record = maskRecord(raw);
  const tonight = pointOf(record);
  const changes = changesBetween(before, tonight, record.outcomes, host);
  if (changes.length === 0) return undefined;
  return {
    version: 1,
    run: record.id,
    app: oneLine(record.app.name, 80),
    headline: headlineOf(record),
    at: record.startedAt,
    scenarios: tonight.scenarios,
    changes,
  };
}

function changesBetween(
  before: NightPoint | undefined,
  tonight: NightPoint,
  outcomes: readonly IssueOutcome[],
  host: CodeHost | undefined,
): Change[] {
  const earlier = new Map(before?.issues.map((issue) => [issue.key, issue]));
  const later = new Set(tonight.issues.map(({ key }) => key));
  const change = (kind: Change['kind'], text: string, branch: string | null = null): Change => ({
    ...{ kind, text, branch },
    url: branch === null ? null : (host?.branchUrl(branch) ?? null),
  });
  const ran = new Set([...tonight.green, ...tonight.red, ...tonight.flaky]);
  const fresh: Change[] = [];
  const branches: Change[] = [];
  const results: Change[] = [];
  for (const issue of tonight.issues) {
    const known = earlier.get(issue.key);
    const name = nameOf(issue);
    // The same branch with another commit was written anew.
    const isWritten = issue.branch !== null && (issue.branch !== known?.branch || issue.commit !== known.commit);
    if (isWritten) branches.push(change('new-branch', `${name}: ${wordsOf(issue)}`, issue.branch));
    else if (known === undefined) fresh.push(change('new-issue', `${name}: new, ${wordsOf(issue)}`));
    else if (issue.result !== known.result && issue.result !== 'no-work' && known.result !== 'no-work')
      results.push(change('new-result', `${name}: ${wordsOf(issue)}, was ${wordsOf(known)}`));
  }
  // Branches whose issues did not come: merged, no longer needed, deleted. A night says so once.
  const settled = outcomes.filter(({ title }) => title !== undefined);
  const toldOf = new Set(settled.map(({ shortId }) => shortId));
  for (const { shortId, title = '', detail, branch = null } of settled)
    results.push(change('new-result', `${nameOf({ shortId, title })}: ${oneLine(detail, 300)}`, branch));
  // A night that ran only some scenarios cannot say that an error is gone.
  const gone = [...earlier.values()]
    .filter(({ key, shortId }) => !later.has(key) && !toldOf.has(shortId))
    .filter(({ scenarios }) => scenarios.length > 0 && scenarios.every((id) => ran.has(id)))
    .map((issue) => change('gone', `${nameOf(issue)}: no longer seen`));
  return [...branches, ...fresh, ...results, ...gone, ...scenarioChange(before, tonight, change)];
}

function scenarioChange(
  before: NightPoint | undefined,
  tonight: NightPoint,
  change: (kind: Change['kind'], text: string) => Change,
): Change[] {
  const [red, wasRed] = [new Set(tonight.red), new Set(before?.red)];
  const turned = tonight.red.filter((id) => !wasRed.has(id)).length;
  const mended = tonight.green.filter((id) => wasRed.has(id) && !red.has(id)).length;
  const parts = [
    ...(turned > 0 ? [`${count(turned, 'scenario')} turned red`] : []),
    ...(mended > 0 ? [`${count(mended, 'scenario')} turned green`] : []),
  ];
  return parts.length === 0 ? [] : [change('scenarios', parts.join(', '))];
}

function nameOf({ shortId, title }: Pick<Entry, 'shortId' | 'title'>): string {
  return `${oneLine(shortId, 40)} ${oneLine(title, TITLE)}`;
}

function wordsOf({ result }: Entry): string {
  return (result === null ? NOT_MENDED : RESULTS[result]).label;
}
