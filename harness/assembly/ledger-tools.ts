/** The ledger and the history of the repository, as the stages ask for them. */

import {
  blameLines,
  changedFiles,
  commitsTouching,
  findCommit,
  hunksBetween,
  hunksOf,
  parentOf,
} from '../adapters/git/history.ts';
import type { LedgerTree } from '../adapters/git/ledger-ref.ts';
import { changeLedgerFiles, LEDGER_REF, pullLedger, readLedgerTree, syncLedger } from '../adapters/git/ledger-ref.ts';
import type { Repository } from '../adapters/git/open-repository.ts';
import { Failure } from '../model/failure.ts';
import type { Issue } from '../model/issue.ts';
import type { IssueOutcome, RunRecord } from '../model/run-record.ts';
import type { ScenarioRef } from '../model/scenario.ts';
import type { Commit, Hunk } from '../model/suspect.ts';
import { type BranchLife, branchLife, type LifeTools } from '../publishing/branch-life.ts';
import { fingerprintOf } from '../publishing/fingerprint.ts';
import type { IssueEntry, NightsEntry } from '../publishing/ledger/entries.ts';
import {
  greenEntry,
  isRepeatable,
  type Ledger,
  parseLedger,
  repeatOutcome,
  writeEntries,
} from '../publishing/ledger/ledger.ts';
import { mergeLedgers, uniteNights } from '../publishing/ledger/merge-ledgers.ts';
import { pruneLedger } from '../publishing/ledger/prune-ledger.ts';
import type { Settings } from '../settings.ts';
import type { GreenPage } from '../validation/case.ts';
import { writesIn } from '../validation/vanished.ts';
import type { BranchView } from './branch-view.ts';
import type { HistorySource } from './history-tools.ts';
import { inputsOf } from './night-inputs.ts';
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
  fingerprint(issue: Pick<Issue, 'title'>): Promise<string>;
  readonly life: BranchLife;
  earlierOutcome(issue: Issue): Promise<IssueOutcome | undefined>;
  /** Writes the ledger, and unites it with the remote's; a remote that does not take it is told, no more. */
  remember(night: Remembered, appUrl: string): Promise<void>;
}

export type Remembered = Pick<RunRecord, 'id' | 'scenarios' | 'red' | 'flaky' | 'issues' | 'outcomes'>;

export interface LedgerGround {
  readonly repository: Repository;
  /** The commit that the night works on. */
  readonly base: string;
  readonly settings: Settings;
  readonly sources: Sources;
  readonly version: string;
  readonly view: BranchView;
  readonly sentry: LifeTools['sentry'];
  /** What people did with a pull request; absent where no code host is asked. */
  readonly fateOf?: LifeTools['fateOf'];
  readonly dryRun: boolean;
  warn(text: string): void;
  /** The real one where left out. */
  readonly now?: () => Date;
}

/** Without a green night to start from, the newest commits are asked. */
const NEWEST_COMMITS = 10;
const MOST_COMMITS = 60;
export async function openLedger(ground: LedgerGround): Promise<LedgerTools> {
  const { repository, base, settings, sources, version, view } = ground;
  const now = ground.now ?? (() => new Date());
  const { files, foreign } = await readLedger(ground, now());
  const ledger = parseLedger(files);
  tellUnread([...ledger.unread, ...[...foreign.keys()].filter(isOwn)], ground.warn);
  const everything = await repository.listBlobs(base, ['**']);
  const inputs = await inputsOf(ground, everything);

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
  const fingerprint = async ({ title }: Pick<Issue, 'title'>): Promise<string> =>
    fingerprintOf({ title, blobs: inputs, version });
  const life = branchLife({
    ledger,
    base,
    prefix: settings.publish.branchPrefix,
    dryRun: ground.dryRun,
    pushes: settings.publish.push !== false,
    now,
    fingerprint,
    blobs: async (files, scenarios) => blobsOf(everything, files, scenarios),
    look: view.look,
    remove: (branch, facts) => telling(ground.warn, () => view.remove(branch, facts)),
    sentry: ground.sentry,
    fateOf: async (entry) => ground.fateOf?.(entry),
    contains: view.contains,
    warn: ground.warn,
  });

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
    life,
    earlierOutcome: async (issue) => {
      const settled = await life.settledByPeople(issue);
      if (settled) return settled;
      const again = await life.reopened(issue);
      if (again !== undefined) {
        ground.warn(again);
        return undefined;
      }
      const entry = entryOf(issue, await fingerprint(issue), ledger);
      if (entry === undefined || !isRepeatable(entry)) return undefined;
      if (entry.branch !== undefined) {
        const { local, remote, isRemoteKnown } = await view.look(entry.branch, undefined, false);
        // One that never reached the remote is no result for whoever looks there.
        if ((isRemoteKnown ? remote : (remote ?? local)) === undefined) return undefined;
      }
      return { ...repeatOutcome(entry), shortId: issue.shortId };
    },
    remember: async (night, appUrl) => {
      const at = now();
      const green = night.scenarios
        .filter(({ scenario, status }) => status === 'passed' && !night.red.includes(scenario.id))
        .map((run) => greenEntry(run, { commit: base, at: at.toISOString(), appOrigin: appUrl }));
      const issues: IssueEntry[] = [];
      for (const outcome of night.outcomes) {
        const issue = night.issues.find(({ shortId }) => shortId === outcome.shortId);
        if (issue === undefined || !isNews(outcome)) continue;
        const { seconds: _, title: __, ...known } = outcome;
        issues.push({
          ...known,
          title: issue.title,
          fingerprint: await fingerprint(issue),
          scenarios: issue.scenarios,
          at: at.toISOString(),
        });
      }
      const entries = { green, issues, ...life.news() };
      const about = { message: `ledger: ${green.length} green scenarios, ${issues.length} issues\n`, at };
      const change = (files: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
        const nights = nightsOf(night, at, parseLedger(files));
        return pruneLedger(writeEntries(files, { ...entries, nights }), at);
      };
      await changeLedgerFiles(repository, change, about);
      const { push } = settings.publish;
      if (push !== false && view.trouble === undefined) {
        await telling(ground.warn, () => syncLedger(repository, push, mergeLedgers, about));
      }
    },
  };
}

/** What the remote knows is taken in first; a dry run reads what is here. */
async function readLedger(ground: LedgerGround, at: Date): Promise<LedgerTree> {
  const { repository, settings, view, warn, dryRun } = ground;
  const { push } = settings.publish;
  if (push !== false && view.isShallow) {
    const remedy = 'Fetch the whole history (`git fetch --unshallow`, in CI a fetch depth of 0).';
    warn(`This clone is shallow: what was merged, and what was green, may lie outside of it. ${remedy}`);
  }
  if (view.trouble) warn(`${view.trouble.message} The night goes on with what is here, and pushes nothing.`);
  else if (push !== false && !dryRun) {
    const about = { message: 'ledger: united with the remote\n', at };
    await telling(warn, () => pullLedger(repository, push, view.ledgerTip, mergeLedgers, about));
  }
  return readLedgerTree(repository);
}

const TOLD = 5;

/** Where the ledger's own entries lie; what else lies there is nobody's business. */
function isOwn(path: string): boolean {
  return /^(?:scenarios|nights|issues|proposals|rejections)(?:\/|$)/.test(path);
}

function tellUnread(paths: readonly string[], warn: (text: string) => void): void {
  if (paths.length === 0) return;
  const named = paths.toSorted().slice(0, TOLD).join(', ');
  const more = paths.length > TOLD ? ` and ${paths.length - TOLD} more` : '';
  warn(
    `${LEDGER_REF} holds what this version cannot read: ${named}${more}. It counts as absent; what is written over stays in the reference’s history (git log -p ${LEDGER_REF}).`,
  );
}

/** The night does not end where the remote cannot be reached or does not take something: it says so. */
async function telling(warn: (text: string) => void, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'repository-not-writable') throw error;
    warn(`${error.message} ${error.hint ?? ''}`.trim());
  }
}

/** One error may come as another issue tonight: builds and renders give its frames other names. */
function entryOf({ shortId }: Issue, print: string, { issues }: Ledger): IssueEntry | undefined {
  const own = issues.get(shortId);
  return own?.fingerprint === print ? own : [...issues.values()].find((one) => one.fingerprint === print);
}

/** What people have settled is in the ledger by itself, and stands only as long as they say so. */
function isNews({ result }: IssueOutcome): boolean {
  return result !== 'no-work' && result !== 'edited-by-human' && result !== 'rejected-before';
}

function nightsOf({ id, scenarios, red, flaky }: Remembered, at: Date, { nights }: Ledger): NightsEntry[] {
  return scenarios.map(({ scenario, status }) => {
    const isGreen = status === 'passed' && !red.includes(scenario.id);
    const outcome = flaky.includes(scenario.id) ? 'flaky' : isGreen ? 'green' : 'red';
    const tonight = { scenario: scenario.id, nights: [{ run: id, at: at.toISOString(), outcome } as const] };
    return uniteNights(nights.get(scenario.id) ?? { scenario: scenario.id, nights: [] }, tonight);
  });
}

/** A scenario's id names its file from the folder of its configuration: `[project] cart.spec.ts › pays`. */
function blobsOf(all: readonly string[], files: readonly string[], scenarios: readonly string[]): string[] {
  const specs = new Set(scenarios.flatMap((id) => /^\[[^\]]*\] (.+?) › /.exec(id)?.[1] ?? []));
  return all.filter((line) => {
    const path = line.slice(0, line.lastIndexOf(' '));
    return files.includes(path) || [...specs].some((spec) => path === spec || path.endsWith(`/${spec}`));
  });
}
