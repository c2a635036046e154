/** Screens many patches at once: one switched tree, one build, a copy of the app for each worker, one Playwright run. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SwitchesAsked } from '../adapters/app/control-channel.ts';
import { runToEnd } from '../adapters/app/process-group.ts';
import { type AppRequest, type RunningApp, startApp } from '../adapters/app/start-app.ts';
import { openTurns, type Turn } from '../adapters/app/turns.ts';
import { runSuite } from '../adapters/playwright/run-suite.ts';
import { networkArgs } from '../adapters/relay/network-rules.ts';
import type { Relay } from '../adapters/relay/open-relay.ts';
import { Failure } from '../model/failure.ts';
import type { Patch } from '../model/patch.ts';
import { isAppError } from '../model/red.ts';
import type { ScenarioRef } from '../model/scenario.ts';
import { type Candidate, type Screened, screenedKey } from '../validation/together/screened.ts';
import { SELECT, type SwitchedTree, switchedTree } from '../validation/together/switched-tree.ts';
import type { TrialRun } from '../validation/trial.ts';
import { type TrialGround, withEvents } from './open-trial.ts';
import type { TrialProject } from './trial-sentry.ts';

export interface ScreeningTools {
  readonly ground: TrialGround;
  readonly readSource: (file: string) => string | undefined;
  /** How many copies of the app may run beside each other. */
  readonly copies: number;
}

const RESET_LIMIT_MS = 60_000;
/** After so many halvings nothing is told of what is left: each costs a build. */
const MOST_HALVED = 4;

/**
 * What is known of each candidate afterwards; nothing of those that cannot share a tree or never ran what they changed. A
 * batch that does not build or start is halved until the patch is found that keeps it from it.
 */
export async function screenTogether(
  candidates: readonly Candidate[],
  tools: ScreeningTools,
  { name = 'together', failed = 0 }: { name?: string; failed?: number } = {},
): Promise<Screened> {
  const { shared } = switchedTree(distinctPatches(candidates), tools.readSource);
  const own = candidates.filter(({ patch }) => shared.some(({ id }) => id === patch.id));
  if (own.filter(({ after }) => after === undefined).length < 2) return new Map();
  try {
    return await screenBatch(own, tools, name);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (failed >= MOST_HALVED) return new Map();
    const half = Math.ceil(shared.length / 2);
    const isFirst = ({ patch }: Candidate): boolean => shared.findIndex(({ id }) => id === patch.id) < half;
    const parts = [own.filter(isFirst), own.filter((one) => !isFirst(one))];
    const known = new Map<string, readonly TrialRun[]>();
    for (const [index, part] of parts.entries()) {
      const told = await screenTogether(part, tools, { name: `${name}-${index + 1}`, failed: failed + 1 });
      for (const [key, runs] of told) known.set(key, runs);
    }
    return known;
  }
}

/** Throws the Failures of `startApp` and `runSuite`. */
async function screenBatch(candidates: readonly Candidate[], tools: ScreeningTools, name: string): Promise<Screened> {
  const { ground } = tools;
  const { files, shared, places, probes } = switchedTree(distinctPatches(candidates), tools.readSource);
  const place = await ground.worktree(name);
  const root = join(place.dir, ground.config.app.root);
  const project = ground.sentry.project(name);
  const copies: Copy[] = [];
  let relay: Relay | undefined;
  try {
    for (const [file, text] of files) await writeWhole(join(root, file), uncheckedText(file, text));
    const wanted = ground.config.app.url.includes('$PORT') ? tools.copies : 1;
    relay = await ground.openRelay?.(project.dsn);
    copies.push(await openCopy(ground, { project, root, logs: ground.folder(`${name}/1`), build: true }));
    const more = Array.from({ length: wanted - 1 }, (_, index) =>
      openCopy(ground, { project, root, logs: ground.folder(`${name}/${index + 2}`), build: false }),
    );
    for (const opened of await Promise.allSettled(more)) if (opened.status === 'fulfilled') copies.push(opened.value);
    return await runCandidates(candidates, { ground, root, name, project, relay, copies, shared, places, probes });
  } finally {
    await Promise.all(copies.map((copy) => copy.close()));
    await relay?.close();
    await place.release();
  }
}

interface Batch {
  readonly ground: TrialGround;
  readonly root: string;
  readonly name: string;
  readonly project: TrialProject;
  readonly relay: Relay | undefined;
  readonly copies: readonly Copy[];
  readonly shared: readonly Patch[];
  readonly places: SwitchedTree['places'];
  readonly probes: SwitchedTree['probes'];
}

async function runCandidates(candidates: readonly Candidate[], batch: Batch): Promise<Screened> {
  const { ground, root, name, project, relay, copies, shared, places, probes } = batch;
  const start = new Date(Date.now() - 1_000);
  const none = (): Set<number> => new Set();
  const [wrote, reached, asked, red, green] = [none(), none(), none(), none(), none()];
  let hasWorkers = false;
  const numberOf = (id: string): number => shared.findIndex((patch) => patch.id === id);
  const before = new Map(
    candidates.flatMap(({ patch, after }) => (after ? [[numberOf(patch.id), numberOf(after)]] : [])),
  );
  const hasRun = (number: number): boolean =>
    reached.has(number) || copies.some(({ switches }) => switches().reached.has(number));
  const isAskedByServer = (number: number): boolean => copies.some(({ switches }) => switches().asked.has(number));
  const isLoaded = (file: string): boolean => {
    const probe = probes.get(file) ?? -1;
    return asked.has(probe) || isAskedByServer(probe);
  };
  /**
   * Whether its files are loaded where patches are selected, and nowhere else: then it did not run because nobody came by. Where
   * a server came by for another patch, it may have kept what it made there.
   */
  const isPassedBy = (number: number): boolean =>
    !hasWorkers &&
    !places.some((place) => place.includes(number) && place.some(isAskedByServer)) &&
    (shared[number]?.edits ?? []).every(({ file }) => isLoaded(file));
  const baseRuns = new Map<string, Turn>();
  /** The scenario is red without any patch and did not come by this one: with it, it is the same. */
  const isAsBefore = (number: number, title: string): boolean => {
    const base = baseRuns.get(title);
    const place = places.filter((one) => one.includes(number)).flat();
    return base?.red === true && isPassedBy(number) && !place.some((one) => base.asked.includes(one));
  };
  const turns = await openTurns({
    take: async ({ app, number, title }) => {
      const copy = copies[app];
      if (copy === undefined) throw new Error(`There is no copy ${app} of the app.`);
      // Of a patch that ran, and was red in one scenario, no other needs to be asked.
      if (red.has(number) && hasRun(number)) return false;
      const first = before.get(number);
      if (first !== undefined && (red.has(first) || !green.has(first))) return false;
      if (isAsBefore(number, title)) return false;
      await copy.take(number);
      return true;
    },
    end: (turn) => {
      if (turn.number < 0) baseRuns.set(turn.title, turn);
      (turn.red ? red : green).add(turn.number);
      if (turn.asked.includes(turn.number)) reached.add(turn.number);
      for (const one of turn.asked) asked.add(one);
      hasWorkers ||= turn.workers;
      if (turn.wrote) wrote.add(turn.number);
      if (turn.wrote) copies[turn.app]?.soil();
    },
  });
  try {
    const suite = await ground.suites.permit(() =>
      runSuite({
        root,
        config: ground.config.scenarios.config,
        baseUrl: copies[0]?.url ?? '',
        outputDir: ground.folder(`${name}/suite`),
        only: distinctRefs(candidates.flatMap(({ scenarios }) => scenarios)),
        screening: {
          candidates: shared.map((patch, number) => ({
            number,
            scenarios: candidates.filter((one) => one.patch.id === patch.id).flatMap(({ scenarios }) => scenarios),
          })),
          apps: copies.map(({ url }) => url),
          turns: turns.url,
          select: SELECT,
        },
        stopAtError: true,
        retries: 0,
        workers: copies.length,
        mute: ground.config.scenarios.mute,
        chromium: ground.chromium,
        browserArgs: networkArgs(relay, ground.browserHosts),
        env: { ...ground.env },
        signal: ground.signal,
      }),
    );
    const runs = await withEvents(suite.runs, { ground, project, start, isScreening: true });
    return new Map(
      candidates.flatMap((one) => {
        const number = numberOf(one.patch.id);
        const own = one.scenarios.flatMap(({ id, titlePath }) => {
          const repetition = isAsBefore(number, titlePath.at(-1) ?? '') ? 0 : number + 1;
          return runs.filter(({ run }) => run.repetition === repetition && run.scenario.id === id);
        });
        // What one candidate wrote may stand in the way of the next: then only an error of the app itself is believed.
        const isApart = ground.config.app.reset !== undefined || wrote.size === 0;
        const isSure = own.every((ran) => !ran.red || isApart || isErrorOfApp(ran));
        const isKnown = own.length === one.scenarios.length || own.some((ran) => ran.red);
        const isTold = hasRun(number) || (isPassedBy(number) && own.some((ran) => ran.red));
        return isKnown && isTold && isSure ? [[screenedKey(one.patch, one.issue), own] as const] : [];
      }),
    );
  } finally {
    await turns.close();
  }
}

/** Caught by an error boundary, it is seen by Sentry alone. */
function isErrorOfApp({ run, events }: TrialRun): boolean {
  return run.sightings.some(isAppError) || run.eventIds.length + events.length > 0;
}

interface Copy {
  readonly url: string;
  switches(): SwitchesAsked;
  take(number: number): Promise<void>;
  /** A scenario may have changed its data. */
  soil(): void;
  close(): Promise<void>;
}

/**
 * A copy of the app that puts its data back where it began, or starts anew, after a scenario that wrote; it also starts anew
 * for a patch of what the server runs while it starts.
 */
async function openCopy(
  ground: TrialGround,
  { project, root, logs, build }: { project: TrialProject; root: string; logs: string; build: boolean },
): Promise<Copy> {
  await mkdir(logs, { recursive: true });
  const request: AppRequest = {
    app: ground.config.app,
    root,
    logs,
    env: { ...ground.env, MENDWRIGHT_SELECT: `${SELECT} -1` },
    sentry: {
      dsn: project.dsn,
      environment: 'mendwright',
      release: ground.release,
      mirror: ground.mirrors ? project.mirror : undefined,
    },
    build,
    signal: ground.signal,
  };
  let app = await startApp(request);
  let isSoiled = false;
  /** What it chose while it started stays chosen until it starts anew. */
  let hasChosen = false;
  const seen = { reached: new Set<number>(), asked: new Set<number>(), early: new Set<number>() };
  const switches = (): typeof seen => {
    const now = app.switches();
    for (const kind of ['reached', 'asked', 'early'] as const) for (const one of now[kind]) seen[kind].add(one);
    return seen;
  };
  return {
    url: app.url,
    switches,
    take: async (number) => {
      const isEarly = switches().early.has(number);
      if (isEarly || hasChosen) {
        await app.stop();
        const chosen = `${SELECT} ${isEarly ? number : -1}`;
        app = await startAnew({ ...request, env: { ...request.env, MENDWRIGHT_SELECT: chosen } }, app);
      } else if (isSoiled || !app.isAlive()) app = await putBack(ground, { app, request });
      hasChosen = isEarly;
      isSoiled = false;
      await app.select(SELECT, number);
    },
    soil: () => {
      isSoiled = true;
    },
    close: () => app.stop(),
  };
}

function startAnew(request: AppRequest, { port }: RunningApp): Promise<RunningApp> {
  return startApp({ ...request, build: false, port });
}

/** By `app.reset` where there is one and it works, else by a new start at the same address. */
async function putBack(
  ground: TrialGround,
  { app, request }: { app: RunningApp; request: AppRequest },
): Promise<RunningApp> {
  // What puts the data back is the app as it was.
  if (app.isAlive()) await app.select(SELECT, -1);
  if (app.isAlive() && (await hasReset(ground.config.app.reset, { app, request }))) return app;
  await app.stop();
  return startAnew(request, app);
}

async function hasReset(
  reset: string | undefined,
  { app, request }: { app: RunningApp; request: AppRequest },
): Promise<boolean> {
  if (reset === undefined) return false;
  if (!reset.startsWith('/')) {
    const log = join(request.logs, 'reset.log');
    const env = { ...request.env, PORT: String(app.port) };
    return (await runToEnd({ command: reset, cwd: request.root, env, log }, { timeoutMs: RESET_LIMIT_MS })) === 0;
  }
  const signal = AbortSignal.timeout(RESET_LIMIT_MS);
  return fetch(`${app.url}${reset}`, { method: 'POST', signal }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Types are judged where the patch stands alone: here one patch's would keep all the others from being built. */
function uncheckedText(file: string, text: string): string {
  if (!/\.[cm]?tsx?$/.test(file)) return text;
  const first = /^#!.*\n/.exec(text)?.[0] ?? '';
  return `${first}// @ts-nocheck\n${text.slice(first.length)}`;
}

async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

function distinctPatches(candidates: readonly Candidate[]): Patch[] {
  return [...new Map(candidates.map(({ patch }) => [patch.id, patch])).values()];
}

function distinctRefs(refs: readonly ScenarioRef[]): ScenarioRef[] {
  return [...new Map(refs.map((ref) => [ref.id, ref])).values()];
}
