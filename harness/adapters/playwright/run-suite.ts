/** Runs an app's Playwright suite with the app's own Playwright, watched by the fixture of `observe/`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, getCompileCacheDir } from 'node:module';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../model/failure.ts';
import { REPETITION } from '../../model/repetition.ts';
import type { ScenarioRef, ScenarioRun } from '../../model/scenario.ts';
import type { Sighting } from '../../model/sighting.ts';
import { RunAssembler } from './assemble-runs.ts';
import type { Chromium } from './find-browser.ts';
import { followLines } from './read-lines.ts';
import type { LoadErrorLine } from './wire.ts';

export interface SuiteRequest {
  /** Absolute path of the app's root in the tree that is tested. */
  readonly root: string;
  /** Playwright configuration, relative to `root`. */
  readonly config: string;
  readonly baseUrl: string;
  /** The suite loads at once, and begins when this is fulfilled; where it is rejected, the suite ends and so does the call. */
  readonly until?: Promise<unknown>;
  /** Absolute path of a folder for records, screenshots and Playwright's own output; emptied first. */
  readonly outputDir: string;
  readonly only?: readonly ScenarioRef[];
  readonly grep?: string;
  /** `2/8`. */
  readonly shard?: string;
  readonly repeat?: number;
  /** Just these are repeated, the others run once; all when left out. */
  readonly repeated?: readonly ScenarioRef[];
  /** Let Playwright repeat, with a worker for each repetition: for what cannot be registered several times. */
  readonly eachAlone?: boolean;
  readonly workers?: number;
  /** As the suite's configuration says when left out. */
  readonly retries?: number;
  readonly stopAtError?: boolean;
  readonly controlEvent?: string;
  /** Patterns of messages: see ObserveOptions. */
  readonly atThrow?: readonly string[];
  readonly evaluate?: readonly string[];
  /** Note called functions and the form of answers, one scenario after the other; servers are asked at this port. */
  readonly compare?: { readonly port: number };
  /** Keep a trace, and a screenshot also where it is green, of the first repetition of each scenario that is repeated. */
  readonly trace?: boolean;
  /** Screens patches: each scenario runs once for each of its candidates, as repetition `number + 1`. */
  readonly screening?: ScreeningRequest;
  /** Patterns of errors to overlook. */
  readonly mute?: readonly string[];
  readonly chromium: Chromium;
  /** Flags that Chromium is started with besides the suite's. */
  readonly browserArgs?: readonly string[];
  /** The complete environment of the child. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly onSighting?: (sighting: Sighting, scenario: string) => void;
  readonly onScenario?: (run: ScenarioRun) => void;
}

export interface ScreeningRequest {
  readonly candidates: readonly { readonly number: number; readonly scenarios: readonly ScenarioRef[] }[];
  readonly apps: readonly string[];
  readonly turns: string;
  readonly select: string;
}

export interface SuiteResult {
  /** Sorted by scenario and repetition. */
  readonly runs: ScenarioRun[];
  readonly listed: ScenarioRef[];
  /** What a person should know of the suite as a whole. */
  readonly notes: readonly string[];
}

const OBSERVE = new URL('../../observe/', import.meta.url);
const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
const GO = 'go';
const POLL_MS = 100;
const GRACE_MS = 2_000;
const LIMIT_MS = 30 * 60_000;

/**
 * Throws usage Failures: `playwright-not-found`, `scenario-config-missing`, `scenario-does-not-load`, `no-scenarios`,
 * `no-browser`, `suite-timed-out`. Leaves no process behind.
 */
export async function runSuite(request: SuiteRequest): Promise<SuiteResult> {
  const cli = findCli(request.root);
  if (!existsSync(join(request.root, request.config))) {
    throw new Failure('usage', 'scenario-config-missing', `There is no Playwright configuration ${request.config}.`, {
      hint: 'Set scenarios.config to the one that your scenarios use; it must be committed.',
    });
  }
  rmSync(request.outputDir, { recursive: true, force: true });
  mkdirSync(request.outputDir, { recursive: true });
  const log = join(request.outputDir, 'playwright.log');
  const output = openSync(log, 'a');
  const child = spawn(process.execPath, [cli, ...argumentsOf(request)], {
    cwd: request.root,
    env: environmentOf(request),
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const assembler = new RunAssembler();
  await follow(child, assembler, request);
  request.signal?.throwIfAborted();
  explain(assembler, log);
  const asked = (ref: ScenarioRef): boolean => request.only?.some(({ id }) => id === ref.id) ?? true;
  // Projects that others depend on run as a whole, whatever was asked for.
  const runs = assembler.runs.filter(({ scenario }) => asked(scenario));
  const listed = assembler.listed.filter(asked);
  const notes = [...assembler.notes].sort();
  const times = ({ id }: ScenarioRef): number =>
    request.repeated === undefined || request.repeated.some((ref) => ref.id === id) ? (request.repeat ?? 1) : 1;
  const short = listed.filter((ref) => runs.filter(({ scenario }) => scenario.id === ref.id).length < times(ref));
  if (short.length === 0 || request.eachAlone || request.screening) return { runs, listed, notes };
  // Without the shard: these are what is left of this very one.
  const { shard: _, ...whole } = request;
  const again = await runSuite({
    ...whole,
    outputDir: join(request.outputDir, 'again'),
    only: short,
    eachAlone: true,
  });
  const kept = runs.filter(({ scenario }) => !short.some(({ id }) => id === scenario.id));
  const moved = again.runs.map((run) => inFolder(run, 'again'));
  return { runs: [...kept, ...moved].sort(byScenario), listed, notes };
}

/** The same run with its files named from a folder further up. */
export function inFolder(run: ScenarioRun, folder: string): ScenarioRun {
  return {
    ...run,
    ...(run.screenshot !== undefined && { screenshot: `${folder}/${run.screenshot}` }),
    ...(run.trace !== undefined && { trace: `${folder}/${run.trace}` }),
  };
}

function findCli(root: string): string {
  const require = createRequire(join(root, 'package.json'));
  for (const name of ['@playwright/test', 'playwright']) {
    try {
      return join(require.resolve(`${name}/package.json`), '..', 'cli.js');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
    }
  }
  throw new Failure(
    'usage',
    'playwright-not-found',
    `Neither @playwright/test nor playwright is installed for ${root}.`,
    {
      hint: 'Install it: npm i -D @playwright/test',
    },
  );
}

function argumentsOf(request: SuiteRequest): string[] {
  const { only, grep } = request;
  const args = [
    'test',
    '--config',
    request.config,
    '--reporter',
    fileURLToPath(new URL(`reporter${EXTENSION}`, OBSERVE)),
  ];
  args.push('--output', join(request.outputDir, 'output'));
  const option = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) args.push(`--${name}=${value}`);
  };
  option('repeat-each', request.eachAlone ? request.repeat : undefined);
  // Servers count for all who call them: what one scenario called is known only where nobody else does.
  option('workers', request.compare ? 1 : request.workers);
  option('retries', request.retries);
  if (request.screening) args.push('--fully-parallel');
  option('shard', request.shard);
  option('grep', only ? grepOf(only) : grep);
  for (const project of new Set(only?.map((ref) => ref.project).filter(Boolean))) option('project', project);
  for (const file of new Set(only?.map((ref) => ref.file))) args.push(`${escapeRegExp(file)}$`);
  return args;
}

/** Playwright matches against `project file titles… @tags…`, joined by spaces; its file is relative to its own testDir. */
function grepOf(only: readonly ScenarioRef[]): string {
  const named = only.map(({ file, titlePath }) => escapeRegExp([basename(file), ...titlePath].join(' ')));
  return `(?:\\s|/)(?:${[...new Set(named)].join('|')})(?:${escapeRegExp(REPETITION)}\\d+)?(?:\\s@\\S+)*$`;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function environmentOf(request: SuiteRequest): Record<string, string> {
  const observe = {
    root: request.root,
    config: join(request.root, request.config),
    folder: request.outputDir,
    baseUrl: request.baseUrl,
    stopAtError: request.stopAtError ?? false,
    sandbox: request.chromium.sandbox,
    ...(request.until && { until: join(request.outputDir, GO) }),
    ...(request.browserArgs && { browserArgs: request.browserArgs }),
    keepWorkers: true,
    repeat: request.eachAlone ? 1 : (request.repeat ?? 1),
    ...(request.repeated && { repeated: request.repeated.map(({ titlePath }) => titlePath.at(-1)) }),
    ...(request.chromium.executablePath && { executablePath: request.chromium.executablePath }),
    ...(request.controlEvent !== undefined && { controlEvent: request.controlEvent }),
    ...(request.atThrow && { atThrow: request.atThrow }),
    ...(request.evaluate && { evaluate: request.evaluate }),
    ...(request.mute && { mute: request.mute }),
    ...(request.compare && { compare: request.compare }),
    ...(request.trace && { trace: true }),
    ...(request.screening && { screening: screeningOf(request.screening) }),
  };
  const preload = new URL(`preload${EXTENSION}`, OBSERVE).href;
  return {
    ...request.env,
    BASE_URL: request.baseUrl,
    MENDWRIGHT_OBSERVE: JSON.stringify(observe),
    ...compileCache(),
    NODE_OPTIONS: [request.env.NODE_OPTIONS, `--import=${preload}`].filter(Boolean).join(' '),
    ...(request.chromium.executablePath && { MENDWRIGHT_CHROMIUM: request.chromium.executablePath }),
    FORCE_COLOR: '0',
  };
}

function screeningOf({ candidates, ...rest }: ScreeningRequest): object {
  const titled = candidates.map(({ number, scenarios }) => ({
    number,
    titles: scenarios.map(({ titlePath }) => titlePath.at(-1)),
  }));
  return { ...rest, candidates: titled };
}

/** Where the harness keeps what it compiled, Playwright's processes keep theirs: each of them loads the same again. */
function compileCache(): Record<string, string> {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}

async function follow(child: ChildProcess, assembler: RunAssembler, request: SuiteRequest): Promise<void> {
  const limit = request.timeoutMs ?? LIMIT_MS;
  const timeout = AbortSignal.timeout(limit);
  const failed = new AbortController();
  request.until?.then(
    () => writeFileSync(join(request.outputDir, GO), ''),
    (error) => failed.abort(error),
  );
  const stop = AbortSignal.any([timeout, failed.signal, ...(request.signal ? [request.signal] : [])]);
  const next = followLines(request.outputDir, child.pid ?? 0);
  const read = (): void => {
    for (const line of next()) {
      const run = assembler.add(line);
      if (run) request.onScenario?.(run);
      if (line.type === 'sighted')
        request.onSighting?.(assembler.withStep(line.sighting, line.test), assembler.scenarioOf(line.test)?.id ?? '');
    }
  };
  const exited = once(child, 'exit').then(() => true);
  let isOver = false;
  while (!isOver && !stop.aborted) {
    isOver = await Promise.race([exited, wait(POLL_MS, false)]);
    read();
  }
  await endGroup(child, exited, !isOver);
  if (failed.signal.aborted) throw failed.signal.reason;
  if (timeout.aborted && !isOver && !request.signal?.aborted) {
    throw new Failure(
      'usage',
      'suite-timed-out',
      `The scenarios did not end within ${Math.round(limit / 1_000)} seconds.`,
      {
        hint: 'Run fewer with --grep or --shard, or look for one that hangs.',
      },
    );
  }
}

/** Workers and browsers are in the runner's group; what is left of it after the end is ended as well. */
async function endGroup(child: ChildProcess, exited: Promise<boolean>, isAsked: boolean): Promise<void> {
  if (isAsked) {
    signalGroup(child, 'SIGTERM');
    await Promise.race([exited, wait(GRACE_MS)]);
  }
  signalGroup(child, 'SIGKILL');
  await exited;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function explain(assembler: RunAssembler, log: string): void {
  const [error] = assembler.loadErrors;
  const printed = readFileSync(log, 'utf8');
  if (error && /no tests found/i.test(error.message)) throw noScenarios();
  if (error && assembler.runs.length === 0) throw doesNotLoad(error);
  if (!assembler.isFinished && assembler.runs.length === 0) {
    const line = printed.split('\n').find((one) => /error/i.test(one)) ?? printed.split('\n', 1)[0] ?? '';
    throw doesNotLoad({ type: 'load-error', message: line === '' ? 'Playwright ended without a word' : line });
  }
  const missing = assembler.runs
    .flatMap(({ sightings }) => sightings)
    .find(({ message }) => /Executable doesn't exist|Failed to launch|browserType\.launch/.test(message));
  if (missing) {
    throw new Failure('usage', 'no-browser', `The browser did not start: ${missing.message.split('\n', 1)[0] ?? ''}`, {
      hint: 'Run `npx playwright install chromium`, or set MENDWRIGHT_CHROMIUM to a Chromium.',
    });
  }
}

function noScenarios(): Failure {
  return new Failure('usage', 'no-scenarios', 'No scenario was found.', {
    hint: 'Check scenarios.config, its testDir, and scenarios.grep.',
  });
}

function doesNotLoad({ message, file, line }: LoadErrorLine): Failure {
  const [first = ''] = message.split('\n');
  const place = file === undefined ? '' : ` (${file}${line === undefined ? '' : `:${line}`})`;
  return new Failure('usage', 'scenario-does-not-load', `The scenarios do not load: ${first}${place}`, {
    hint: 'Run `npx playwright test --list` in the app to see the whole message.',
  });
}

function byScenario(a: ScenarioRun, b: ScenarioRun): number {
  return a.scenario.id.localeCompare(b.scenario.id) || a.repetition - b.repetition;
}
