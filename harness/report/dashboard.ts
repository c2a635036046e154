/** The dashboard: what waits for people, over all nights, in a text that is the same as long as nothing changes. */
import type { IssueOutcome, RunRecord } from '../model/run-record.ts';
import { IssueResult } from '../model/stage-result.ts';
import { byteLength } from './bounded-text.ts';
import { maskRecord, maskSecrets } from './mask-secrets.ts';
import { RESULTS } from './night-words.ts';
import { markdownCode, markdownText } from './strangers-text.ts';

/** A branch that waits for people. */
export interface OpenBranch {
  readonly branch: string;
  readonly shortId: string;
  readonly title: string;
  /** Its pull request; undefined where there is none. */
  readonly url: string | undefined;
}

export interface DashboardText {
  readonly text: string;
  readonly isEmpty: boolean;
}

type Outcome = Pick<IssueOutcome, 'shortId' | 'result' | 'reason' | 'detail'> & { readonly title: string };

const BLOCKED: readonly IssueResult[] = ['rejected-before', 'edited-by-human'];
const UNMENDED: readonly IssueResult[] = ['no-patch', 'hides-error', 'regressed', 'errored', 'pipeline-broken'];
const ASIDE: readonly IssueResult[] = ['flaky', 'outage', 'scenario-wrong', 'not-reproduced'];

/** Of each list; more than anybody reads. */
const MOST = 100;
const LIMIT = 25_000;

/** `open`: the branches that the ledger knows; without it, those of the records. Of two records of one issue the later counts. */
export function formatDashboard(raw: readonly RunRecord[], open?: readonly OpenBranch[]): DashboardText {
  const records = raw.map(maskRecord);
  const outcomes = [...new Map(records.flatMap(outcomesOf).map((one) => [one.shortId, one])).values()].sort((a, b) =>
    a.shortId.localeCompare(b.shortId, 'en', { numeric: true }),
  );
  const branches = (open ?? openOf(records)).toSorted((a, b) => (a.branch < b.branch ? -1 : 1));
  const app = records[0]?.app.name ?? '';
  const inGroup = (group: readonly IssueResult[]): Outcome[] => outcomes.filter((one) => group.includes(resultOf(one)));
  const sections = [
    section('Branches that wait', branches.map(branchLine)),
    section('Deferred', inGroup(['limit-reached']).map(issueLine)),
    section('Blocked', inGroup(BLOCKED).map(issueLine)),
    section('Errors without a patch', inGroup(UNMENDED).map(issueLine)),
    section('Not for a patch', inGroup(ASIDE).map(issueLine)),
  ].filter((part) => part !== '');
  const head = `What Mendwright’s last night left for people, for ${markdownCode(app, 80)}.`;
  return {
    text: bounded(sections.length === 0 ? [head, 'Nothing waits.'] : [head, ...sections]),
    isEmpty: sections.length === 0,
  };
}

function outcomesOf({ outcomes, issues }: RunRecord): Outcome[] {
  return outcomes.map((one) => ({
    ...one,
    title: one.title ?? issues.find(({ shortId }) => shortId === one.shortId)?.title ?? '',
  }));
}

function openOf(records: readonly RunRecord[]): OpenBranch[] {
  const found = records.flatMap((record) =>
    record.outcomes.flatMap((one) => {
      const result = resultOf(one);
      if (one.branch === undefined || (result !== 'branch-created' && result !== 'branch-updated')) return [];
      const title = record.issues.find(({ shortId }) => shortId === one.shortId)?.title ?? '';
      return [{ branch: one.branch, shortId: one.shortId, title, url: undefined }];
    }),
  );
  return [...new Map(found.map((one) => [one.branch, one])).values()];
}

/** An unchanged issue stands where the night that worked on it left it. */
function resultOf({ result, reason }: Pick<IssueOutcome, 'result' | 'reason'>): IssueResult {
  return result === 'no-work' ? (IssueResult.safeParse(reason).data ?? result) : result;
}

function branchLine({ branch, shortId, title, url }: OpenBranch): string {
  const where = url === undefined ? '' : ` (${/^https?:\/\/[^\s<>()]+$/.test(url) ? `<${url}>` : markdownText(url)})`;
  return `- ${markdownCode(branch)}${where}: ${nameOf({ shortId, title: maskSecrets(title) })}`;
}

function issueLine(one: Outcome): string {
  const { label, next } = RESULTS[resultOf(one)];
  return `- ${nameOf(one)}: ${label}. ${markdownText(steady(one.detail))} ${next}`;
}

function nameOf({ shortId, title }: { shortId: string; title: string }): string {
  return `${markdownCode(shortId, 40)} ${markdownCode(title, 160)}`;
}

/** Of a night in which nothing changed only that is said; without it the sentence is the earlier night's. */
function steady(detail: string): string {
  return detail.replace(/^(?:Nothing has changed since \d{4}-\d\d-\d\d: )+/, '');
}

function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const more = lines.length > MOST ? [`- … and ${lines.length - MOST} more`] : [];
  return [`### ${title}`, '', ...lines.slice(0, MOST), ...more].join('\n');
}

/** Whole lines only. */
function bounded(parts: readonly string[]): string {
  const text = `${parts.join('\n\n')}\n`;
  if (byteLength(text) <= LIMIT) return text;
  const lines: string[] = [];
  let size = 0;
  for (const line of text.split('\n')) {
    size += byteLength(line) + 1;
    if (size > LIMIT - 100) break;
    lines.push(line);
  }
  return `${lines.join('\n')}\n\nThe rest did not fit here; the night’s report has it.\n`;
}
