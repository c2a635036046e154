/** The ledger: what earlier nights saw and did, kept in the repository itself. A first, small form. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { IssueOutcome } from '../../model/run-record.ts';
import type { ScenarioRun } from '../../model/scenario.ts';
import { IssueResult, Reason } from '../../model/stage-result.ts';

/** When a scenario was last seen green, and what it looked like. */
export const GreenEntry = z.strictObject({
  scenario: z.string(),
  commit: z.string(),
  at: z.iso.datetime(),
  /** `METHOD path status` of the requests to the app, in order of appearance, each once. */
  requests: z.array(z.string()),
  /** Visible text of the last page, at most 4,000 characters. */
  pageText: z.string().optional(),
});
export type GreenEntry = z.infer<typeof GreenEntry>;

/** What became of an issue in the last night that worked on it. */
export const IssueEntry = z.strictObject({
  shortId: z.string(),
  title: z.string(),
  fingerprint: z.string(),
  result: IssueResult,
  reason: z.union([Reason, IssueResult]),
  detail: z.string(),
  branch: z.string().optional(),
  commit: z.string().optional(),
  patch: z.string().optional(),
  scenarios: z.array(z.string()),
  at: z.iso.datetime(),
  /** Ids of patches that a person rejected. */
  rejected: z.array(z.string()),
});
export type IssueEntry = z.infer<typeof IssueEntry>;

export interface Ledger {
  readonly green: ReadonlyMap<string, GreenEntry>;
  readonly issues: ReadonlyMap<string, IssueEntry>;
}

/** Reads the ledger's files; one that does not parse counts as absent, since it only saves work. */
export function parseLedger(files: ReadonlyMap<string, string>): Ledger {
  const green = new Map<string, GreenEntry>();
  const issues = new Map<string, IssueEntry>();
  for (const [path, text] of files) {
    if (path.startsWith('scenarios/')) {
      const entry = parseEntry(GreenEntry, text);
      if (entry) green.set(entry.scenario, entry);
    } else if (path.startsWith('issues/')) {
      const entry = parseEntry(IssueEntry, text);
      if (entry) issues.set(entry.shortId, entry);
    }
  }
  return { green, issues };
}

function parseEntry<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Files of `before` with these entries written over them. */
export function writeEntries(
  before: ReadonlyMap<string, string>,
  entries: { green: readonly GreenEntry[]; issues: readonly IssueEntry[] },
): Map<string, string> {
  const files = new Map(before);
  files.set('README', 'Mendwright keeps here what its nights saw: green scenarios, and what became of each issue.\n');
  for (const entry of entries.green) files.set(`scenarios/${fileName(entry.scenario)}.json`, toText(entry));
  for (const entry of entries.issues) files.set(`issues/${fileName(entry.shortId)}.json`, toText(entry));
  return files;
}

/** Scenario ids hold slashes and strangers' words: a readable beginning, and a hash that tells them apart. */
function fileName(id: string): string {
  const words = id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${words}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}`;
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

export function greenEntry(run: ScenarioRun, seen: { commit: string; at: string; appOrigin: string }): GreenEntry {
  const requests = run.requests
    .filter(({ url }) => URL.parse(url)?.origin === seen.appOrigin)
    .map(({ method, url, status }) => `${method} ${URL.parse(url)?.pathname ?? ''} ${status ?? 'none'}`);
  return {
    scenario: run.scenario.id,
    commit: seen.commit,
    at: seen.at,
    requests: [...new Set(requests)],
    ...(run.pageText !== undefined && { pageText: run.pageText }),
  };
}

/** Results that a second night would only repeat; an error of the harness is worth another try. */
export function isRepeatable({ result }: Pick<IssueEntry, 'result'>): boolean {
  return result !== 'errored' && result !== 'limit-reached' && result !== 'no-work';
}

/** An earlier night's outcome as today's `no-work`. */
export function repeatOutcome(entry: IssueEntry): IssueOutcome {
  return {
    shortId: entry.shortId,
    result: 'no-work',
    reason: entry.result,
    detail: `Nothing has changed since ${entry.at.slice(0, 10)}: ${entry.detail}`,
    ...(entry.branch !== undefined && { branch: entry.branch }),
    ...(entry.commit !== undefined && { commit: entry.commit }),
    ...(entry.patch !== undefined && { patch: entry.patch }),
    seconds: 0,
  };
}
