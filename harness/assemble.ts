/** The only place that builds adapters and hands them to the stages. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import picomatch from 'picomatch';
import { appTurns } from './adapters/app/app-turns.ts';
import { childEnvironment } from './adapters/app/child-environment.ts';
import { sweepProcesses } from './adapters/app/sweep-processes.ts';
import { mergeBranches } from './adapters/git/merge-branches.ts';
import { excludeHome, HOME, openRepository, type Repository } from './adapters/git/open-repository.ts';
import { addWorktree, removeWorktree, sweepWorktrees } from './adapters/git/worktrees.ts';
import { findChromium } from './adapters/playwright/find-browser.ts';
import { isLocal, makeIdentity, openRelay, writtenHosts } from './adapters/relay/open-relay.ts';
import { takeNightLock } from './adapters/run-folder/night-lock.ts';
import { keepProgress } from './adapters/run-folder/progress-log.ts';
import { createRunFolder, openRunFolder, type RunFolder, runId } from './adapters/run-folder/run-folder.ts';
import { openBaseRun } from './assembly/base-run.ts';
import { bisectScenario } from './assembly/bisect-scenario.ts';
import { viewBranches } from './assembly/branch-view.ts';
import { compareRuns } from './assembly/compare-runs.ts';
import { forgeTools } from './assembly/forge-tools.ts';
import { withPullRequests } from './assembly/forge-words.ts';
import { changedRecently, scenarioHistory } from './assembly/history-tools.ts';
import { openLedger } from './assembly/ledger-tools.ts';
import { mergeShards } from './assembly/merge-shards.ts';
import { openTrial, type TrialGround } from './assembly/open-trial.ts';
import { permits } from './assembly/permits.ts';
import { publishTools } from './assembly/publish-tools.ts';
import { readLastGreen } from './assembly/read-last-green.ts';
import { readShards } from './assembly/read-shards.ts';
import { recordShard, SHARD_FILE } from './assembly/record-shard.ts';
import { screenTogether } from './assembly/screen-together.ts';
import { linkSentry } from './assembly/sentry-link.ts';
import { sentryNotes } from './assembly/sentry-notes.ts';
import { readSources } from './assembly/source-tools.ts';
import { startTrialSentry } from './assembly/trial-sentry.ts';
import { loadFixers } from './load-fixers.ts';
import { isAppError, isRed } from './model/red.ts';
import type { RunRecord } from './model/run-record.ts';
import { ShardRecording } from './model/shard.ts';
import type { NightTools } from './pipeline.ts';
import { resolveIn, type Settings } from './settings.ts';
import type { BaseFacts } from './validation/case.ts';
import type { Trial } from './validation/trial.ts';

export interface NightOptions {
  readonly command: RunRecord['command'];
  readonly settings: Settings;
  readonly dryRun: boolean;
  /** A run to go on with. */
  readonly run: string | undefined;
  /** `2/8`: only this part of the scenarios. */
  readonly shard: string | undefined;
  /** Run folders of shards, to go on with as one night. */
  readonly shards: readonly string[];
  readonly version: string;
  readonly signal: AbortSignal;
  readonly progress: NightProgress;
}

export interface NightProgress {
  stage(name: string, detail?: string): void;
  update(detail: string): void;
  line(text: string): void;
  warn(text: string): void;
}

export interface AssembledNight {
  readonly tools: NightTools;
  readonly folder: RunFolder;
  /** When each scenario was last green, by its id, as the ledger has it now. */
  lastGreen(): Promise<ReadonlyMap<string, string>>;
  /** The app at any commit, against a Sentry of the harness's own. */
  openTrialAt(commit: string, name: string): Promise<Trial>;
  /** Ends and removes whatever the night started; safe to call after any failure. */
  close(): Promise<void>;
}

type Cleanup = () => Promise<void> | void;

/** Throws Failures for everything a person has to mend before a night can begin; nothing is left behind then. */
export async function assembleNight(options: NightOptions): Promise<AssembledNight> {
  const cleanups: Cleanup[] = [];
  const close = async (): Promise<void> => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    return { ...(await build(options, cleanups)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const SHALLOW =
  'The clone is shallow: who changed what, and when a scenario was last green, is known only as far as it reaches. Run `git fetch --unshallow`, or clone in full: fetch-depth: 0 on GitHub, GIT_DEPTH: 0 on GitLab.';

/** A suite keeps about two cores busy: its workers, their browsers and the app. */
const CORES_PER_SUITE = 2;

async function build(options: NightOptions, cleanups: Cleanup[]): Promise<Omit<AssembledNight, 'close'>> {
  const { settings, signal } = options;
  const repository = await openRepository(resolve(settings.cwd), settings.app.root);
  const base = await repository.resolveCommit(settings.publish.base);
  const home = join(repository.top, HOME);
  const chromium = findChromium(join(repository.top, repository.root));
  const folder =
    options.run === undefined
      ? createRunFolder(home, runId(new Date(), Math.random))
      : openRunFolder(home, options.run);
  cleanups.push(takeNightLock(home, folder.id));
  const { progress, end } = keepProgress(options.progress, folder, () => new Date());
  cleanups.push(end);
  excludeHome(repository);
  await sweep(repository, progress);
  cleanups.push(() => sweepWorktrees(repository).then(() => undefined));
  // What an app started in a session of its own does not end with it.
  const mark = `${repository.top}:${folder.id}`;
  cleanups.push(async () => void sweepProcesses((found) => found === mark));

  // Begun together: each waits for git or a socket.
  const appName = readAppName(repository);
  const linking = linkSentry({ sentry: settings.sentry, home, appName, signal });
  const startingTrials = startTrialSentry();
  cleanups.push(async () => (await linking.catch(() => undefined))?.close());
  cleanups.push(async () => (await startingTrials.catch(() => undefined))?.close());
  const [isDirty, isShallow, link, trialSentry, sources] = await Promise.all([
    repository.isDirty(),
    repository.isShallow(),
    linking,
    startingTrials,
    readSources(repository, base.sha, picomatch([...settings.app.sources], { dot: true })),
  ]);
  const notes = [
    ...(isDirty ? [`The checkout has changes; the night works on ${base.sha.slice(0, 7)} and does not see them.`] : []),
    ...(isShallow ? [SHALLOW] : []),
  ];
  for (const note of notes) progress.warn(note);
  const warn = (text: string): void => {
    progress.warn(text);
    notes.push(text);
  };
  const { dryRun, version } = options;
  const view = await viewBranches({ repository, base: base.sha, publish: settings.publish, dryRun });
  const sentry = sentryNotes({
    // `run` proposes nothing, and tells Sentry nothing.
    client: options.command === 'run' ? { addNote: async () => false, updateIssue: async () => '' } : link.client,
    release: settings.sentry === 'embedded' ? base.sha : undefined,
  });
  const { push } = settings.publish;
  // `run` publishes nothing.
  const forge =
    push === false || options.command === 'run'
      ? undefined
      : await forgeTools({
          ...{ repository, publish: settings.publish, remote: push, env: process.env, dryRun, signal, warn },
          line: (text) => progress.line(text),
        });
  const ledger = await openLedger({
    ...{ repository, base: base.sha, settings, sources, version },
    ...{ view, sentry, dryRun, warn },
    ...(forge !== undefined && { fateOf: forge.fateOf }),
  });
  // Such an app never asks for SENTRY_DSN.
  const written = [...new Set(sources.sources.flatMap((file) => writtenHosts(sources.read(file) ?? '')))];
  const cores = availableParallelism();
  const suitesAtOnce = Math.max(1, Math.floor(cores / CORES_PER_SUITE));
  const ground: TrialGround = {
    config: settings,
    worktree: async (name) => {
      const dir = await addWorktree(repository, name, base.sha);
      return { dir, release: () => removeWorktree(repository, dir) };
    },
    apps: appTurns(settings.app.url),
    folder: (name) => folder.path('trials', name, 'x').slice(0, -2),
    folderName: (name) => `trials/${name}`,
    sentry: trialSentry,
    chromium,
    files: sources.files,
    suites: { permit: permits(suitesAtOnce), workers: Math.max(1, Math.floor(cores / suitesAtOnce)) },
    env: childEnvironment(process.env, mark),
    release: base.sha,
    mirrors: written.length > 0,
    openRelay: relayFor(written.filter((host) => !isLocal(host))),
    signal,
  };
  const groundAt = (sha: string): TrialGround => ({
    ...ground,
    release: sha,
    worktree: async (name) => {
      const dir = await addWorktree(repository, name, sha);
      return { dir, release: () => removeWorktree(repository, dir) };
    },
  });
  /** Pages of candidates reach what the base's reached, and nothing else. */
  const closed = ({ hosts }: BaseFacts): TrialGround => ({ ...ground, browserHosts: hosts });
  const baseTrial = keptOpen(() => openTrial(ground, 'again'), cleanups);
  const baseCheck = once(async (command) => (await baseTrial()).check(command));
  const prepareBase = (): void => {
    // Trouble is reported where the trial is first used.
    const prepared = async (): Promise<unknown> => {
      await baseTrial();
      // `run` judges no patch, so that nobody will ask for the checks.
      return options.command === 'run' ? [] : Promise.all(settings.checks.map(baseCheck));
    };
    if (options.run === undefined) void prepared().catch(() => undefined);
  };
  const { source: history } = ledger;
  let appUrl = '';
  let trials = 0;
  let screenings = 0;

  const tools: NightTools = {
    facts: {
      id: folder.id,
      command: options.command,
      mendwright: options.version,
      startedAt: new Date().toISOString(),
      dryRun: options.dryRun,
      base: { sha: base.sha, subject: base.subject, ...(await branchOf(repository)) },
      dirty: isDirty,
      notes,
      appName,
      appRoot: repository.root,
    },
    folder,
    progress: { stage: (name, detail) => progress.stage(name, detail), line: (text) => progress.line(text) },
    now: () => performance.now(),
    isoNow: () => new Date().toISOString(),
    openBaseRun: async () => {
      if (options.shards.length > 0) {
        const shards = readShards({ folders: options.shards, base: base.sha, into: folder });
        const merged = mergeShards(shards, {
          isShared: settings.sentry !== 'embedded',
          progress: (text) => progress.update(text),
        });
        appUrl = merged.url;
        return merged;
      }
      const startedAt = new Date().toISOString();
      const opened = await openBaseRun({
        ...ground,
        config: settings,
        link,
        files: sources.files,
        shard: options.shard,
        onSighting: (sighting, scenario) => {
          if (sighting.origin === 'app') progress.line(`${sighting.kind} in ${scenario}: ${sighting.message}`);
          // Its scenario will wait for a time-out: meanwhile the app starts that it will be run on again, and is checked.
          if (isAppError(sighting)) prepareBase();
        },
        onScenario: (run) => {
          progress.update(`${run.status === 'passed' ? 'green' : run.status}: ${run.scenario.id}`);
          if (isRed(run)) prepareBase();
        },
        onWait: (text) => progress.update(text),
        onNote: warn,
      });
      appUrl = opened.url;
      if (options.shard === undefined) return opened;
      return recordShard(opened, { part: options.shard, base: base.sha, startedAt }, (recording) =>
        folder.write(SHARD_FILE, ShardRecording, recording),
      );
    },
    reproduce: {
      openBase: baseTrial,
      progress: (text) => progress.update(text),
      compare: async (one, { base: trial, runs, red }) =>
        compareRuns(one, {
          base: trial,
          green: runs.filter(({ scenario, status }) => status === 'passed' && !red.has(scenario.id)),
          red: runs.filter(({ scenario }) => red.has(scenario.id)),
          lastGreen: history.lastGreen,
          openTrial: ({ sha }) => openTrial(groundAt(sha), `green-${sha.slice(0, 7)}`),
          readFile: async (file) => repository.readFile(base.sha, file),
        }),
      changedRecently: (scenario, text) => changedRecently(scenario, text, history),
      scenarioHistory: (scenario) => scenarioHistory(scenario, history),
    },
    localise: {
      isSource: sources.isSource,
      readSource: async (file) => sources.read(file),
      functionAt: async ({ file, line }) => {
        const text = sources.read(file);
        if (text === undefined) return undefined;
        const { functionAt } = await import('./adapters/sources/function-at.ts');
        return functionAt(file, text, line);
      },
      blame: ledger.blame,
      lastGreen: history.lastGreen,
      commitsSince: ledger.commitsSince,
      hunksOf: ledger.hunksOf,
      findCommit: ledger.findCommit,
      listFiles: async () => sources.sources,
    },
    findTurn: async (scenario) => {
      const { bisect } = settings;
      if (bisect === false) return undefined;
      return bisectScenario(scenario, {
        olderCommits: ledger.olderCommits,
        known: await history.lastGreen(scenario.id),
        openTrial: ({ sha }) => openTrial(groundAt(sha), `at-${sha.slice(0, 7)}`),
        readFile: async (file) => repository.readFile(base.sha, file),
        minutes: bisect.minutes,
        now: () => performance.now(),
        progress: (text) => progress.update(text),
      });
    },
    propose: {
      // `run` proposes nothing.
      fixers:
        options.command === 'run'
          ? []
          : await loadFixers(settings.fixers.paths.map((path) => resolveIn(repository.top, path))),
      readSource: async (file) => sources.read(file),
      listFiles: async () => sources.sources,
      readManifest: async () => repository.readFile(base.sha, 'package.json'),
      openTypes: async (texts) => {
        const { openTypes } = await import('./adapters/types/open-types.ts');
        return openTypes({ root: join(repository.top, repository.root), texts });
      },
    },
    lastGreenPage: ledger.lastGreenPage,
    validate: (facts) => ({
      base: facts,
      screenTogether: (candidates) => {
        const number = candidates.filter(({ after }) => after === undefined).length;
        if (number < 2) return Promise.resolve(new Map());
        progress.update(`Screening ${number} candidates together`);
        const place = { ground: closed(facts), readSource: sources.read, copies: ground.suites.workers };
        return screenTogether(candidates, place, { name: `together-${++screenings}` });
      },
      openTrial: (patch) => {
        progress.update(`${patch.issue}: trying “${patch.title}” (${patch.fixer})`);
        // One patch may be tried for several issues: each time in a place and with a Sentry of its own.
        return openTrial(closed(facts), `try-${patch.id}-${++trials}`, patch);
      },
      baseCheck,
      runOnBase: async (only) => (await baseTrial()).run({ only }),
      checks: settings.checks,
      now: () => performance.now(),
      passed: (patch, rung) => progress.line(`${patch.issue}: “${patch.title}” passed ${rung}`),
      isSource: sources.isSource,
      readSource: sources.read,
      budget: settings.fixers.budget,
      // While one patch's scenarios run, the app of the next is built and started.
      slots: suitesAtOnce + 1,
      signal,
    }),
    publish: publishTools({ repository, base: base.sha, settings, ledger, view, dryRun }),
    combine: dryRun
      ? undefined
      : ({ hosts }) => ({
          checks: settings.checks,
          baseCheck,
          now: () => performance.now(),
          merge: (tips) => mergeBranches(repository, { base: base.sha, tips, at: new Date() }),
          openTrial: (sha) => openTrial({ ...groundAt(sha), browserHosts: hosts }, 'branches-together'),
          progress: (text) => progress.line(text),
        }),
    earlierOutcome: ledger.earlierOutcome,
    closeBranches: ledger.life.close,
    earlierBranches: ledger.life.earlier,
    showBranches: async (night) => {
      if (forge === undefined || view.trouble !== undefined) return night.outcomes;
      return withPullRequests(night, await forge.tend({ records: [night], proposals: ledger.life.proposals() }));
    },
    remember: (night) => (dryRun ? Promise.resolve() : ledger.remember(night, appUrl)),
  };
  const openTrialAt = (commit: string, name: string): Promise<Trial> => openTrial(groundAt(commit), name);
  return { tools, folder, lastGreen: () => readLastGreen(repository), openTrialAt };
}

/** Ends processes and removes worktrees that a killed night left; called under the lock, so that no other night is at work. */
async function sweep(repository: Repository, progress: NightProgress): Promise<void> {
  const processes = sweepProcesses((mark) => mark.startsWith(`${repository.top}:`));
  const worktrees = await sweepWorktrees(repository);
  if (processes + worktrees > 0) {
    progress.line(`Cleaned up after a night that was killed: ${processes} processes, ${worktrees} worktrees.`);
  }
}

/** Undefined where there is no host to stand in for. */
function relayFor(hosts: readonly string[]): TrialGround['openRelay'] {
  if (hosts.length === 0) return undefined;
  let identity: ReturnType<typeof makeIdentity> | undefined;
  return async (dsn) => {
    identity ??= makeIdentity();
    return openRelay(hosts, dsn, await identity);
  };
}

async function branchOf(repository: Repository): Promise<{ branch?: string }> {
  const branch = await repository.currentBranch();
  return branch === undefined ? {} : { branch };
}

/** The name in package.json, else that of the folder. */
function readAppName({ top, root }: Repository): string {
  const dir = join(top, root);
  try {
    const { name }: { name?: unknown } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
    if (typeof name === 'string' && name !== '') return name.replace(/^@[^/]+\//, '');
  } catch {
    // No package.json: not every app is a Node project.
  }
  return basename(dir);
}

/** One trial for the whole night, opened at its first use. */
function keptOpen(open: () => Promise<Trial>, cleanups: Cleanup[]): () => Promise<Trial> {
  let opened: Promise<Trial> | undefined;
  return () => {
    if (opened === undefined) {
      opened = open();
      // Whoever asked for it was told why it did not open; the other cleanups must go on.
      cleanups.push(async () => (await opened?.catch(() => undefined))?.close());
    }
    return opened;
  };
}

function once<T>(work: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const done = new Map<string, Promise<T>>();
  return (key) => {
    const known = done.get(key) ?? work(key);
    done.set(key, known);
    return known;
  };
}
