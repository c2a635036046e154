/** Opens trials: a worktree of the base commit, with or without a patch, its app started, its scenarios run, its Sentry read. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { AppTurns, SharedApp } from '../adapters/app/app-turns.ts';
import { runToEnd } from '../adapters/app/process-group.ts';
import type { RunningApp } from '../adapters/app/start-app.ts';
import { writePatch } from '../adapters/git/worktrees.ts';
import type { Chromium } from '../adapters/playwright/find-browser.ts';
import { inFolder, runSuite } from '../adapters/playwright/run-suite.ts';
import { networkArgs } from '../adapters/relay/network-rules.ts';
import type { Relay } from '../adapters/relay/open-relay.ts';
import { readThrow } from '../adapters/sources/read-throw.ts';
import type { Config } from '../model/config.ts';
import { isMuted } from '../model/is-muted.ts';
import type { Patch } from '../model/patch.ts';
import { isRed, tieEvents } from '../model/red.ts';
import type { ScenarioRun } from '../model/scenario.ts';
import { CONTROL } from '../validation/base-facts.ts';
import type { SeenIssue, Trial, TrialRun, TrialRunRequest } from '../validation/trial.ts';
import { type EventWindow, openWindow } from './event-window.ts';
import type { Permits } from './permits.ts';
import type { TrialProject, TrialSentry } from './trial-sentry.ts';

export interface TrialGround {
  readonly config: Pick<Config, 'app' | 'scenarios'>;
  /** A worktree of the base commit of its own, by name; removed by `release`. */
  readonly worktree: (name: string) => Promise<{ dir: string; release: () => Promise<void> }>;
  /** How apps come to run beside each other. */
  readonly apps: AppTurns;
  /** Absolute path of a folder for the logs and results of a trial. */
  readonly folder: (name: string) => string;
  /** The same as the run's record names it. */
  readonly folderName: (name: string) => string;
  readonly sentry: TrialSentry;
  /** Files of the base commit, relative to the app's root. */
  readonly files: readonly string[];
  readonly chromium: Chromium;
  /** Suites run beside each other with so many workers each; apps are built and started outside of it. */
  readonly suites: { readonly permit: Permits; readonly workers: number };
  readonly env: Readonly<Record<string, string>>;
  readonly release: string;
  /** Whether the app has a DSN written into it. */
  readonly mirrors: boolean;
  /** Leads browsers away from the Sentry hosts that are written into the app; undefined where there are none. */
  readonly openRelay: ((dsn: string) => Promise<Relay>) | undefined;
  /** Hosts that a page may reach besides this machine; any where it is left out. */
  readonly browserHosts?: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

const INGEST_MS = 3_000;
const CHECK_LIMIT_MS = 15 * 60_000;

/** Throws the Failures of `startApp` when the app, patched or not, does not build or start. */
export async function openTrial(ground: TrialGround, name: string, patch?: Patch): Promise<Trial> {
  const { config } = ground;
  const place = await ground.worktree(name);
  const root = join(place.dir, config.app.root);
  const project = ground.sentry.project(name);
  let relay: Relay | undefined;
  try {
    if (patch) await writePatch(root, patch);
    relay = await ground.openRelay?.(project.dsn);
    const app = await ground.apps.start({
      app: config.app,
      root,
      logs: ground.folder(name),
      env: ground.env,
      sentry: {
        dsn: project.dsn,
        environment: 'mendwright',
        release: ground.release,
        mirror: ground.mirrors ? project.mirror : undefined,
      },
      build: true,
      signal: ground.signal,
    });
    return runningTrial(ground, { name, root, project, app, relay, release: place.release });
  } catch (error) {
    await relay?.close();
    await place.release();
    throw error;
  }
}

interface Running {
  readonly name: string;
  readonly root: string;
  readonly project: TrialProject;
  readonly app: SharedApp;
  readonly relay: Relay | undefined;
  readonly release: () => Promise<void>;
}

function runningTrial(ground: TrialGround, running: Running): Trial {
  const { app, project, root, name } = running;
  const closing = new AbortController();
  let suites = 0;
  return {
    url: app.url,
    run: (request) =>
      ground.suites.permit(() =>
        app.use((own) =>
          withReplacedFiles(root, request, () =>
            runOnce(ground, { ...running, own }, request, `${name}/suite-${++suites}`),
          ),
        ),
      ),
    issues: () => seenIssues(project),
    serviceCalls: () => app.outgoing(),
    serverThrows: () => app.throws(),
    readThrow: (state) => app.use(() => readThrow(state, { root, files: ground.files, appUrl: app.url, fetch })),
    readWitness: async ({ witness }) => {
      // Parsing the app's sources takes a parser that few nights need.
      const { readCoverage } = await import('../adapters/sources/read-coverage.ts');
      const place = { root, files: ground.files, appUrl: app.url, fetch };
      const called = await app.use(() => readCoverage(witness?.covered ?? [], place));
      return { called, answers: witness?.answers ?? [] };
    },
    raiseServerControl: (text) => app.use((own) => own.raiseControlEvent(text)),
    waitForTitle: (text) => waitForTitle(project, text),
    check: async (command) => {
      const log = join(ground.folder(name), 'checks.log');
      const code = await runToEnd(
        { command, cwd: root, env: ground.env, log },
        { timeoutMs: CHECK_LIMIT_MS, signal: AbortSignal.any([ground.signal, closing.signal]) },
      );
      return code === 0 ? 'green' : 'red';
    },
    close: async () => {
      closing.abort();
      await app.stop();
      await running.relay?.close();
      await running.release();
    },
  };
}

async function runOnce(
  ground: TrialGround,
  { own: app, project, root, relay }: Running & { readonly own: RunningApp },
  request: TrialRunRequest,
  folder: string,
): Promise<TrialRun[]> {
  const window = openWindow();
  if (request.atThrow) await app.pauseAtThrow(request.atThrow, request.evaluate);
  if (request.compare) await app.cover(true);
  const suite = await runSuite({
    root,
    config: ground.config.scenarios.config,
    baseUrl: app.url,
    outputDir: ground.folder(folder),
    ...(request.only && { only: request.only }),
    ...(request.file !== undefined && { grep: escapeRegExp(request.file.split('/').at(-1) ?? request.file) }),
    ...(request.repeat !== undefined && { repeat: request.repeat }),
    ...(request.repeated && { repeated: request.repeated }),
    ...(request.controlEvent !== undefined && { controlEvent: request.controlEvent }),
    ...(request.atThrow && { atThrow: request.atThrow }),
    ...(request.evaluate && { evaluate: request.evaluate }),
    ...(request.compare && { compare: { port: app.coveragePort } }),
    ...(request.trace && { trace: true }),
    stopAtError: request.stopAtError ?? false,
    retries: 0,
    workers: ground.suites.workers,
    mute: ground.config.scenarios.mute,
    chromium: ground.chromium,
    browserArgs: networkArgs(relay, ground.browserHosts),
    env: { ...ground.env },
    signal: ground.signal,
  });
  if (request.atThrow) await app.pauseAtThrow([]);
  if (request.compare) await app.cover(false);
  const runs = suite.runs.map((run) => inFolder(run, ground.folderName(folder)));
  return withEvents(runs, { ground, project, window });
}

/** The runs that were not skipped, each with what Sentry got of it in `window`. */
export async function withEvents(
  runs: readonly ScenarioRun[],
  {
    ground,
    project,
    window,
    isScreening = false,
  }: { ground: TrialGround; project: TrialProject; window: () => EventWindow; isScreening?: boolean },
): Promise<TrialRun[]> {
  // What a screened page was about to send when it was closed may never arrive; that it was red is known.
  const whole = runs.filter(({ endedEarly }) => !isScreening || !endedEarly);
  for (const id of whole.flatMap(({ eventIds }) => eventIds))
    await project.client.waitForEvent(id, { timeoutMs: INGEST_MS });
  const events = (await project.client.listErrorEvents(window())).filter(
    ({ title, url }) => !title.includes(CONTROL) && !isMuted([title, url], ground.config.scenarios.mute),
  );
  const tied = tieEvents(runs, events);
  return runs
    .filter(({ status }) => status !== 'skipped')
    .map((run) => ({ run, events: tied.get(run) ?? [], red: isRed(run, tied.get(run)) }));
}

async function withReplacedFiles<T>(
  root: string,
  { replacedFiles }: TrialRunRequest,
  work: () => Promise<T>,
): Promise<T> {
  const before = new Map<string, string | undefined>();
  for (const [file, text] of replacedFiles ?? []) {
    const path = join(root, file);
    before.set(path, existsSync(path) ? await readFile(path, 'utf8') : undefined);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  try {
    return await work();
  } finally {
    for (const [path, text] of before) await (text === undefined ? rm(path) : writeFile(path, text));
  }
}

async function seenIssues({ client }: TrialProject): Promise<SeenIssue[]> {
  const seen: SeenIssue[] = [];
  for await (const issue of client.listIssues({ query: '' })) {
    if (issue.level !== 'error' && issue.level !== 'fatal') continue;
    seen.push({
      issueId: issue.id,
      shortId: issue.shortId,
      title: issue.title,
      hashes: await client.fetchIssueHashes(issue.id),
    });
  }
  return seen;
}

async function waitForTitle(project: TrialProject, text: string): Promise<boolean> {
  const deadline = performance.now() + INGEST_MS;
  for (;;) {
    const seen = await seenIssues(project);
    if (seen.some(({ title }) => title.includes(text))) return true;
    if (performance.now() > deadline) return false;
    await wait(50);
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
