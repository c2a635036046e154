/** The ledger and the history of the repository, as the stages ask for them. */

import { readRef } from '../adapters/git/branch.ts';
import {
  blameLines,
  changedFiles,
  commitsTouching,
  findCommit,
  hunksBetween,
  hunksOf,
  parentOf,
} from '../adapters/git/history.ts';
import { changeLedgerFiles, readLedgerFiles } from '../adapters/git/ledger-ref.ts';
import type { Repository } from '../adapters/git/open-repository.ts';
import type { Issue } from '../model/issue.ts';
import type { IssueOutcome, RunRecord } from '../model/run-record.ts';
import type { ScenarioRef } from '../model/scenario.ts';
import type { Commit, Hunk } from '../model/suspect.ts';
import { fingerprintOf } from '../publishing/fingerprint.ts';
import {
  greenEntry,
  type IssueEntry,
  isRepeatable,
  parseLedger,
  repeatOutcome,
  writeEntries,
} from '../publishing/ledger/ledger.ts';
import type { Settings } from '../settings.ts';
import type { GreenPage } from '../validation/case.ts';
import { writesIn } from '../validation/vanished.ts';
import type { HistorySource } from './history-tools.ts';
import type { Sources } from './source-tools.ts';

export interface LedgerTools {
  readonly source: HistorySource;
  blame(range: { file: string; from: number; to: number }): Promise<Commit[]>;
  commitsSince(from: string | undefined): Promise<Commit[]>;
  /** Before the one that the night works on, newest first. */
  olderCommits(): Promise<Commit[]>;
  hunksOf(commit: string): Promise<Hunk[]>;
  /** By its id; undefined where the night's commit does not contain it. */
  findCommit(id: string): Promise<Commit | undefined>;
  lastGreenPage(scenario: ScenarioRef): Promise<GreenPage | undefined>;
  fingerprint(issue: Issue): Promise<string>;
  rejected(shortId: string): Promise<readonly string[]>;
  earlierOutcome(issue: Issue): Promise<IssueOutcome | undefined>;
  remember(night: Pick<RunRecord, 'scenarios' | 'red' | 'issues' | 'outcomes'>, appUrl: string): Promise<void>;
}

export interface LedgerGround {
  readonly repository: Repository;
  /** The commit that the night works on. */
  readonly base: string;
  readonly settings: Settings;
  readonly sources: Sources;
  readonly version: string;
}

/** Without a green night to start from, the newest commits are asked. */
const NEWEST_COMMITS = 10;
const MOST_COMMITS = 60;
const LOCK_FILES = [
  'package-lock.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'requirements.txt',
  'poetry.lock',
  'uv.lock',
];

export async function openLedger({ repository, base, settings, sources, version }: LedgerGround): Promise<LedgerTools> {
  const ledger = parseLedger(await readLedgerFiles(repository));
  const blobs = await repository.listBlobs(base, [...settings.app.sources, ...LOCK_FILES]);
  const scenarioBlobs = await repository.listBlobs(base, ['**/*.{spec,test}.*', settings.scenarios.config]);

  const lastGreen = async (scenario: string): Promise<Commit | undefined> => {
    const entry = ledger.green.get(scenario);
    if (entry === undefined) return undefined;
    // A commit that was rewritten away, or that a shallow clone lacks, tells nothing.
    return repository.resolveCommit(entry.commit).catch(() => undefined);
  };
  const hunks = new Map<string, Promise<Hunk[]>>();
  const changes = new Map<string, Promise<readonly string[]>>();
  const source: HistorySource = {
    base,
    isSource: sources.isSource,
    lastGreen,
    commitsTouching: (path, max) => commitsTouching(repository, base, { path, max }),
    changedFiles: (from, to) => changedFiles(repository, from, to),
    hunksBetween: (from, to) => hunksBetween(repository, from, to),
    parentOf: (commit) => parentOf(repository, commit),
    readFile: (commit, file) => repository.readFile(commit, file),
  };
  const fingerprint = async (issue: Issue): Promise<string> =>
    fingerprintOf({ title: issue.title, blobs: [...blobs, ...scenarioBlobs], version });

  return {
    source,
    fingerprint,
    blame: (range) => blameLines(repository, base, range),
    findCommit: (id) => findCommit(repository, base, id),
    commitsSince: async (from) => {
      const commits = await commitsTouching(repository, base, {
        path: '.',
        max: from === undefined ? NEWEST_COMMITS : MOST_COMMITS,
      });
      const known = commits.findIndex(({ sha }) => sha === from);
      return known === -1 ? commits.slice(0, NEWEST_COMMITS) : commits.slice(0, known);
    },
    olderCommits: async () => {
      const commits = await commitsTouching(repository, base, { path: '.', max: MOST_COMMITS });
      return commits.filter(({ sha }) => sha !== base);
    },
    hunksOf: (commit) => {
      const read = hunks.get(commit) ?? hunksOf(repository, commit);
      hunks.set(commit, read);
      return read;
    },
    lastGreenPage: async ({ id, file }) => {
      const { pageText: text, requests = [] } = ledger.green.get(id) ?? {};
      const commit = text === undefined ? undefined : await lastGreen(id);
      if (text === undefined || commit === undefined) return undefined;
      const changed = changes.get(commit.sha) ?? changedFiles(repository, commit.sha, base);
      changes.set(commit.sha, changed);
      return { text, writes: writesIn(requests), isComparable: !(await changed).includes(file) };
    },
    rejected: async (shortId) => ledger.issues.get(shortId)?.rejected ?? [],
    earlierOutcome: async (issue) => {
      const print = await fingerprint(issue);
      const own = ledger.issues.get(issue.shortId);
      // One error may come as another issue tonight: builds and renders give its frames other names.
      const entry =
        own?.fingerprint === print ? own : [...ledger.issues.values()].find((one) => one.fingerprint === print);
      if (entry === undefined || !isRepeatable(entry)) return undefined;
      const isGone =
        entry.branch !== undefined && (await readRef(repository, `refs/heads/${entry.branch}`)) === undefined;
      return isGone ? undefined : { ...repeatOutcome(entry), shortId: issue.shortId };
    },
    remember: async (night, appUrl) => {
      const at = new Date();
      const green = night.scenarios
        .filter(({ scenario, status }) => status === 'passed' && !night.red.includes(scenario.id))
        .map((run) => greenEntry(run, { commit: base, at: at.toISOString(), appOrigin: appUrl }));
      const issues: IssueEntry[] = [];
      for (const outcome of night.outcomes) {
        const issue = night.issues.find(({ shortId }) => shortId === outcome.shortId);
        if (issue === undefined || outcome.result === 'no-work') continue;
        const { seconds: _, ...known } = outcome;
        issues.push({
          ...known,
          title: issue.title,
          fingerprint: await fingerprint(issue),
          scenarios: issue.scenarios,
          at: at.toISOString(),
          rejected: ledger.issues.get(issue.shortId)?.rejected ?? [],
        });
      }
      await changeLedgerFiles(repository, (files) => writeEntries(files, { green, issues }), {
        message: `ledger: ${green.length} green scenarios, ${issues.length} issues\n`,
        at,
      });
    },
  };
}
