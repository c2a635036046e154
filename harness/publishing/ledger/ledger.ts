/** The ledger: what earlier nights saw and did, kept in the repository itself, one JSON file an entry. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { IssueOutcome } from '../../model/run-record.ts';
import type { ScenarioRun } from '../../model/scenario.ts';
import { GreenEntry, IssueEntry, NightsEntry, ProposalEntry, RejectionEntry } from './entries.ts';

export interface Ledger {
  /** By scenario. */
  readonly green: ReadonlyMap<string, GreenEntry>;
  /** By short id. */
  readonly issues: ReadonlyMap<string, IssueEntry>;
  /** By branch. */
  readonly proposals: ReadonlyMap<string, ProposalEntry>;
  readonly rejections: readonly RejectionEntry[];
  /** By scenario. */
  readonly nights: ReadonlyMap<string, NightsEntry>;
  /** Files in the ledger's own folders that do not parse: broken, or written by a later version. Sorted. */
  readonly unread: readonly string[];
}

export interface Entries {
  readonly green: readonly GreenEntry[];
  readonly issues: readonly IssueEntry[];
  readonly proposals: readonly ProposalEntry[];
  readonly rejections: readonly RejectionEntry[];
  readonly nights: readonly NightsEntry[];
}

export const NO_ENTRIES: Entries = { green: [], issues: [], proposals: [], rejections: [], nights: [] };

const README = `Mendwright keeps here what its nights saw and did, one JSON file an entry:

scenarios/   when each scenario was last green, and what it looked like then
nights/      how each scenario came out in the last nights: its flake rate
issues/      what became of each issue, and the fingerprint of all that this rests on
proposals/   the branches that were proposed, what they rest on, and what became of them
rejections/  what people do not want, and why

Where two machines wrote at once, files are united one by one: of a rejection both are kept, of nights each once, of
all else the newer one. What is old is dropped; all of it stays in the reference's history.

To read it:

    git fetch origin refs/mendwright/ledger:refs/mendwright/ledger
    git ls-tree -r --name-only refs/mendwright/ledger
    git show refs/mendwright/ledger:issues/
    git grep -h '"why"' refs/mendwright/ledger -- rejections
    git log -p refs/mendwright/ledger -- nights
`;

/** Reads the ledger's files; one that does not parse counts as absent, since it only saves work, and is named. */
export function parseLedger(files: ReadonlyMap<string, string>): Ledger {
  const unread: string[] = [];
  const read = <T>(folder: string, schema: z.ZodType<T>): T[] =>
    [...files].flatMap(([path, text]) => {
      if (!path.startsWith(`${folder}/`)) return [];
      const entry = parseEntry(schema, text);
      if (entry === undefined) unread.push(path);
      return entry ?? [];
    });
  const ledger = {
    green: new Map(read('scenarios', GreenEntry).map((entry) => [entry.scenario, entry])),
    issues: new Map(read('issues', IssueEntry).map((entry) => [entry.shortId, entry])),
    proposals: new Map(read('proposals', ProposalEntry).map((entry) => [entry.branch, entry])),
    rejections: read('rejections', RejectionEntry),
    nights: new Map(read('nights', NightsEntry).map((entry) => [entry.scenario, entry])),
  };
  return { ...ledger, unread: unread.sort() };
}

export function parseEntry<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Files of `before` with these entries written over them. */
export function writeEntries(before: ReadonlyMap<string, string>, entries: Partial<Entries>): Map<string, string> {
  const files = new Map(before);
  const { green, issues, proposals, rejections, nights } = { ...NO_ENTRIES, ...entries };
  files.set('README', README);
  for (const entry of green) files.set(`scenarios/${fileName(entry.scenario)}.json`, toText(entry));
  for (const entry of issues) files.set(`issues/${fileName(entry.shortId)}.json`, toText(entry));
  for (const entry of proposals) files.set(`proposals/${fileName(entry.branch)}.json`, toText(entry));
  for (const entry of rejections) files.set(`rejections/${rejectionName(entry)}.json`, toText(entry));
  for (const entry of nights) files.set(`nights/${fileName(entry.scenario)}.json`, toText(entry));
  return files;
}

/** Each rejection has a file of its own, so that two of one issue stand beside each other. */
function rejectionName({ shortId, patch, evidence, by }: RejectionEntry): string {
  return fileName([shortId, by, patch, evidence].join(' '));
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

export function toText(value: unknown): string {
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
