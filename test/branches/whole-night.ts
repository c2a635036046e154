/** A whole night without a browser: every stage, real git, the real ledger; what the suite, the app and Sentry do follows a script. */
import type { z } from 'zod';
import { openRepository } from '../../harness/adapters/git/open-repository.ts';
import { viewBranches } from '../../harness/assembly/branch-view.ts';
import { openLedger } from '../../harness/assembly/ledger-tools.ts';
import { publishTools } from '../../harness/assembly/publish-tools.ts';
import { type AnyFixer, defineFixer } from '../../harness/kit/fixer.ts';
import { Config } from '../../harness/model/config.ts';
import type { Failure } from '../../harness/model/failure.ts';
import type { RunRecord } from '../../harness/model/run-record.ts';
import type { ScenarioRun } from '../../harness/model/scenario.ts';
import { type NightTools, runNight } from '../../harness/pipeline.ts';
import type { CollectTools } from '../../harness/stages/collect-issues.ts';
import { issueOf, runOf, type Script, scriptedTrial } from '../ladder/scripted-trial.ts';
import { PAYS } from './night-without-browser.ts';

export const CURE = defineFixer({
  id: 'cure',
  summary: 'A total of nothing: read it with care.',
  example: { message: 'x', before: 'cart.total;', after: 'cart?.total;' },
  *propose(_, source) {
    const dot = source.text.indexOf('.total');
    if (dot >= 0) yield [{ start: dot, end: dot + 1, text: '?.' }];
  },
});

export interface WholeNight {
  readonly dir: string;
  readonly now: Date;
  /** The first run of the suite; red where it is left out. */
  readonly first?: Partial<ScenarioRun>;
  /** The base when it is run again; red every time where it is left out. */
  readonly base?: Script;
  /** The app with a patch: green where it is left out, a Failure where it does not start. */
  readonly patched?: Script | Failure | Error;
  readonly fixers?: readonly AnyFixer[];
  readonly maxBranches?: number;
  readonly maxOpen?: number;
  readonly collect?: Partial<CollectTools>;
  /** Numbers of the issues that the one red scenario shows, 1 to 8; the first where it is left out. */
  readonly errors?: readonly number[];
  readonly changes?: Partial<NightTools>;
  readonly reproduce?: Partial<NightTools['reproduce']>;
}

export async function wholeNight(script: WholeNight): Promise<RunRecord> {
  const { dir, now } = script;
  const repository = await openRepository(dir);
  const { sha: base, subject } = await repository.resolveCommit('HEAD');
  const config = Config.parse({
    app: { start: 'node server.js', sources: ['src/**'] },
    publish: {
      ...(script.maxBranches !== undefined && { maxBranches: script.maxBranches }),
      ...(script.maxOpen !== undefined && { maxOpen: script.maxOpen }),
    },
  });
  const settings = { ...config, cwd: dir, configFile: '', selfReportDsn: undefined };
  const view = await viewBranches({ repository, base, publish: settings.publish, dryRun: false });
  const isSource = (file: string): boolean => file.startsWith('src/');
  const text = await repository.readFile(base, 'src/cart.ts');
  const readSource = (file: string): string | undefined => (file === 'src/cart.ts' ? text : undefined);
  const ledger = await openLedger({
    ...{ repository, base, settings, version: '1', view, dryRun: false, warn: () => undefined, now: () => now },
    sources: { isSource, files: [], sources: ['src/cart.ts'], read: readSource },
    sentry: { addNote: async () => true, resolve: async () => undefined, reopen: async () => undefined },
  });
  const files = new Map<string, string>();
  const trialOf = (given: Script | Failure | Error): ReturnType<typeof scriptedTrial> => {
    if (given instanceof Error) throw given;
    return scriptedTrial(given, [PAYS]);
  };
  const sent = script.first?.status === 'passed' ? [] : (script.errors ?? [1]).map((number) => `event${number}`);
  const first = runOf(PAYS, { status: 'failed', eventIds: sent, ...script.first });
  let clock = 0;
  const tools: NightTools = {
    facts: {
      ...{ id: now.toISOString(), command: 'nightly', mendwright: '1', startedAt: now.toISOString() },
      ...{ dryRun: false, base: { sha: base, subject }, dirty: false, notes: [], appName: 'shop', appRoot: '' },
    },
    folder: {
      has: (name) => files.has(name),
      read: <T>(name: string, schema: z.ZodType<T>) => schema.parse(JSON.parse(files.get(name) ?? '')),
      write: (name, schema, value) => void files.set(name, JSON.stringify(schema.parse(value))),
    },
    progress: { stage: () => undefined, line: () => undefined },
    now: () => (clock += 10),
    isoNow: () => now.toISOString(),
    openBaseRun: async () => ({
      ...{ url: 'http://app', appUrl: 'http://app', runSuite: async () => [first], close: async () => undefined },
      ...sentryOf(first, script),
    }),
    reproduce: {
      openBase: async () => trialOf(script.base ?? { isRed: () => true }),
      compare: async () => undefined,
      progress: () => undefined,
      changedRecently: async () => false,
      scenarioHistory: async () => undefined,
      ...script.reproduce,
    },
    localise: {
      isSource,
      readSource: async (file) => readSource(file),
      functionAt: async () => undefined,
      blame: async () => [],
      lastGreen: async () => undefined,
      commitsSince: async () => [],
      hunksOf: async () => [],
      findCommit: async () => undefined,
      listFiles: async () => ['src/cart.ts'],
    },
    findTurn: async () => undefined,
    propose: {
      fixers: script.fixers ?? [CURE],
      readSource: async (file) => readSource(file),
      listFiles: async () => ['src/cart.ts'],
    },
    lastGreenPage: async () => undefined,
    validate: (facts) => ({
      ...{ base: facts, isSource, readSource, checks: ['npm test'], baseCheck: async () => 'green' as const },
      ...{ screenTogether: async () => new Map(), runOnBase: async () => [], passed: () => undefined },
      openTrial: async () => trialOf(script.patched ?? {}),
      now: () => (clock += 10),
      ...{ budget: { candidates: 10, minutes: 10 }, slots: 1, signal: new AbortController().signal },
    }),
    publish: publishTools({ repository, base, settings, ledger, view, dryRun: false, now: () => now }),
    combine: undefined,
    earlierOutcome: ledger.earlierOutcome,
    closeBranches: ledger.life.close,
    earlierBranches: ledger.life.earlier,
    showBranches: async (shown) => shown.outcomes,
    remember: (night) => ledger.remember(night, 'http://app'),
    ...script.changes,
  };
  return runNight({ from: undefined, until: 'publish', onlyIssue: undefined }, tools);
}

/** One event for each issue, thrown in the cart; nothing where the run was green. */
function sentryOf(run: ScenarioRun, { errors = [1], collect }: WholeNight): Omit<CollectTools, 'appUrl'> {
  const at = new Date(Date.parse(run.startedAt) + 50).toISOString();
  const events = (run.status === 'passed' ? [] : errors).map((number) => ({
    ...{ eventId: `event${number}`, issueId: String(number), shortId: `SHOP-${number}`, at, level: 'error' },
    title: titleOf(String(number)),
  }));
  const reported: typeof events = [];
  return {
    waitForEvent: async () => 1,
    listErrorEvents: async () => [...events, ...reported],
    readIssue: async (id) => {
      const { hashes, runtime, reportedByHarness, scenarios, eventIds, event, followers, ...facts } = issueOf();
      return { ...facts, id, shortId: `SHOP-${id}`, title: titleOf(id) };
    },
    readEvent: async (issueId, id) => ({
      ...issueOf().event,
      ...{ id, at, platform: 'node', ...(issueId === '9' && { logger: 'mendwright' }) },
      exceptions: [
        {
          type: 'TypeError',
          value: titleOf(issueId),
          frames: [{ file: 'src/cart.ts', line: 1, column: 5, inApp: true }],
        },
      ],
    }),
    readHashes: async (id) => [id.padStart(32, '0')],
    readSuspectCommits: async () => [],
    reportFinding: async () => {
      const finding = { eventId: 'finding', issueId: '9', shortId: 'SHOP-9', at, level: 'error', title: titleOf('9') };
      reported.push(finding);
      return finding.eventId;
    },
    ...{ isHosted: false, progress: () => undefined },
    ...collect,
  };
}

function titleOf(id: string): string {
  return id === '9'
    ? 'expect(locator).toHaveText'
    : `TypeError: ${['cart', 'order', 'price', 'user', 'total', 'item', 'rate', 'name'][Number(id) - 1]} is undefined`;
}
