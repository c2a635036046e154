/** The order of the stages, stated once: from scenarios to branches, each stage's nouns kept in the run folder. */
import { z } from 'zod';
import type { Turn } from './localisation/find-turn.ts';
import { ownRequests } from './localisation/own-requests.ts';
import { BaseSignals, Case } from './model/case.ts';
import { Combination } from './model/combination.ts';
import { Issue } from './model/issue.ts';
import { Patch } from './model/patch.ts';
import { type EarlierOutcome, Ingestion, IssueOutcome, type RunRecord, type Stage } from './model/run-record.ts';
import { type ScenarioRef, ScenarioRun } from './model/scenario.ts';
import { Skipped, type StageResult } from './model/stage-result.ts';
import { Suspect } from './model/suspect.ts';
import { Verdict } from './model/verdict.ts';
import { choosePatches } from './publishing/choose-patches.ts';
import { leaveOutRejected } from './publishing/leave-out-rejected.ts';
import { settleIssues } from './publishing/settle-issues.ts';
import { type CollectTools, collectIssues } from './stages/collect-issues.ts';
import { type CombineTools, combineBranches, type NightOfBranches } from './stages/combine-branches.ts';
import type { LocaliseTools } from './stages/localise-issues.ts';
import type { ProposeTools } from './stages/propose-patches.ts';
import { type Publication, type PublishTools, publishBranches } from './stages/publish-branches.ts';
import { type ReproduceTools, reproduceIssues } from './stages/reproduce-issues.ts';
import { type RunTools, runScenarios } from './stages/run-scenarios.ts';
import type { ValidateTools } from './stages/validate-patches.ts';
import { hostsOf } from './validation/base-facts.ts';
import type { BaseFacts } from './validation/case.ts';

/** The app at the base commit, talking to the configured Sentry. */
export interface BaseRun extends RunTools, CollectTools {
  readonly url: string;
  close(): Promise<void>;
}

export interface NightTools {
  readonly facts: Pick<
    RunRecord,
    'id' | 'command' | 'mendwright' | 'startedAt' | 'dryRun' | 'base' | 'dirty' | 'notes'
  > & { readonly appName: string; readonly appRoot: string };
  readonly folder: {
    has(name: string): boolean;
    read<T>(name: string, schema: z.ZodType<T>): T;
    write<T>(name: string, schema: z.ZodType<T>, value: T): void;
  };
  readonly progress: NightProgress;
  /** Milliseconds from any start. */
  now(): number;
  isoNow(): string;
  openBaseRun(): Promise<BaseRun>;
  readonly reproduce: ReproduceTools;
  readonly localise: Omit<LocaliseTools, 'requestsOf' | 'findTurn'>;
  /** Where the scenario turned red, by running it at older commits. */
  findTurn(scenario: ScenarioRef): Promise<Turn | undefined>;
  readonly propose: ProposeTools;
  lastGreenPage: BaseFacts['lastGreenPage'];
  validate(base: BaseFacts): ValidateTools;
  readonly publish: PublishTools;
  /** Undefined where no branch is written. */
  readonly combine: ((base: BaseFacts) => CombineTools) | undefined;
  /** The outcome of an earlier night when nothing that it rests on has changed since. */
  earlierOutcome(issue: Issue): Promise<IssueOutcome | undefined>;
  /** What became of the branches of issues that did not come this night: merged, no longer needed, deleted. */
  closeBranches(night: Pick<RunRecord, 'scenarios' | 'red' | 'issues'>): Promise<IssueOutcome[]>;
  /** How the branches of such issues stand after that, for the report. */
  earlierBranches(night: Pick<RunRecord, 'issues'>): Promise<EarlierOutcome[]>;
  /** Pull requests and the dashboard, once the branches are pushed; the outcomes with what came of it. */
  showBranches(night: RunRecord): Promise<IssueOutcome[]>;
  /** Remembers green scenarios and outcomes; does nothing in a dry run. */
  remember(night: RunRecord): Promise<void>;
}

export interface NightProgress {
  stage(name: Stage, detail: string): void;
  line(text: string): void;
}

export interface NightRequest {
  /** The first stage that is run again; earlier ones are read from the run folder. */
  readonly from: Stage | undefined;
  /** The last stage. */
  readonly until: Stage;
  /** Only this issue is mended: short id, numeric id or permalink. */
  readonly onlyIssue: string | undefined;
}

const ORDER: readonly Stage[] = ['run', 'collect', 'reproduce', 'localise', 'propose', 'validate', 'publish'];

const Collected = z.strictObject({
  items: z.array(Issue),
  skipped: z.array(Skipped),
  red: z.array(z.string()),
  ingestion: Ingestion.optional(),
  url: z.string(),
});
const Reproduced = z.strictObject({
  items: z.array(Case),
  skipped: z.array(Skipped),
  signals: BaseSignals.optional(),
  known: z.array(IssueOutcome),
  traces: z.record(z.string(), z.string()),
});

function stageFile<T>(item: z.ZodType<T>): z.ZodType<{ items: T[]; skipped: z.infer<typeof Skipped>[] }> {
  return z.strictObject({ items: z.array(item), skipped: z.array(Skipped) });
}

/** Runs the stages that are asked for and returns the whole record, which it also leaves in the run folder as `record.json`. */
export async function runNight(request: NightRequest, tools: NightTools): Promise<RunRecord> {
  const seconds: Partial<Record<Stage, number>> = {};
  const isWanted = (stage: Stage): boolean => ORDER.indexOf(stage) <= ORDER.indexOf(request.until);

  /** Reads what an earlier run of this stage left, or runs it and leaves its result. */
  async function step<T>(stage: Stage, schema: z.ZodType<T>, detail: string, work: () => Promise<T>): Promise<T> {
    const file = `${stage}.json`;
    const isRedone = request.from !== undefined && ORDER.indexOf(stage) >= ORDER.indexOf(request.from);
    if (!isRedone && tools.folder.has(file)) return tools.folder.read(file, schema);
    tools.progress.stage(stage, detail);
    const start = tools.now();
    const value = await work();
    seconds[stage] = (tools.now() - start) / 1000;
    tools.folder.write(file, schema, value);
    return value;
  }

  const runs = await withBaseRun(tools, async (base) => {
    const scenarios = await step('run', stageFile(ScenarioRun), 'running every scenario on the base', async () =>
      plain(await runScenarios(await base())),
    );
    const collected = await step('collect', Collected, 'reading the issues from Sentry', async () => {
      const opened = await base();
      const { items, skipped, red, ...rest } = await collectIssues(scenarios.items, opened);
      return { items: [...items], skipped: [...skipped], red: [...red], ...rest, url: opened.url };
    });
    return { scenarios, collected };
  });
  const { scenarios, collected } = runs;
  for (const issue of collected.items) tools.progress.line(`${issue.shortId}  ${issue.title}`);

  const wanted = select(collected.items, request.onlyIssue);
  const wantedIds = new Set(wanted.map(({ shortId }) => shortId));
  const reproduce = async (): Promise<z.infer<typeof Reproduced>> => {
    const known = await knownOutcomes(wanted, tools);
    const done = new Set([...known, ...collected.skipped.filter(({ result }) => result)].map(subjectOf));
    const open = wanted.filter(({ shortId }) => !done.has(shortId));
    const { items, skipped, signals, traces } = await reproduceIssues(open, scenarios.items, tools.reproduce);
    return { items: [...items], skipped: [...skipped], ...(signals && { signals }), known, traces: { ...traces } };
  };
  const everything = isWanted('reproduce')
    ? await step('reproduce', Reproduced, 'running the red scenarios again', reproduce)
    : { ...NOTHING, known: [], traces: {} };
  // A run that is gone on with may hold more than the one issue that is asked for.
  const reproduced = { ...everything, items: everything.items.filter(({ issue }) => wantedIds.has(issue.shortId)) };

  const suspected = isWanted('localise')
    ? await step('localise', stageFile(Suspect), 'finding the place in the source', async () => {
        // Reading sources takes a parser that a green night does not need.
        if (reproduced.items.length === 0) return NOTHING;
        const { localiseIssues } = await import('./stages/localise-issues.ts');
        return plain(
          await localiseIssues(reproduced.items, {
            ...tools.localise,
            requestsOf: ownRequests(scenarios.items, collected.url),
            findTurn: async (id) => {
              const ref = scenarios.items.find(({ scenario }) => scenario.id === id)?.scenario;
              return ref && tools.findTurn(ref);
            },
          }),
        );
      })
    : NOTHING;
  const localised = { ...suspected, items: suspected.items.filter(({ issue }) => wantedIds.has(issue)) };
  const proposed = isWanted('propose')
    ? await step('propose', stageFile(Patch), 'asking the fixers', async () => {
        if (localised.items.length === 0) return NOTHING;
        const { proposePatches } = await import('./stages/propose-patches.ts');
        return plain(leaveOutRejected(await proposePatches(localised.items, tools.propose), tools.publish.rejectionOf));
      })
    : NOTHING;

  const base: BaseFacts = {
    ...(reproduced.signals ?? { controls: [], issues: [] }),
    green: scenarios.items.map(({ scenario }) => scenario).filter(({ id }) => !collected.red.includes(id)),
    hosts: hostsOf(scenarios.items),
    baseRun: ({ id }) => scenarios.items.find(({ scenario }) => scenario.id === id),
    lastGreenPage: tools.lastGreenPage,
  };
  const validated = isWanted('validate')
    ? await step('validate', stageFile(Verdict), `judging ${proposed.items.length} candidates`, async () => {
        if (reproduced.items.length === 0) return NOTHING;
        const { validatePatches } = await import('./stages/validate-patches.ts');
        return plain(await validatePatches(reproduced.items, proposed.items, tools.validate(base)));
      })
    : NOTHING;
  const published = isWanted('publish')
    ? await step('publish', stageFile(IssueOutcome), 'writing branches', async () =>
        plain(
          await publishBranches(
            publications(reproduced.items, localised.items, proposed.items, validated.items),
            tools.publish,
          ),
        ),
      )
    : NOTHING;

  const skipped = [collected, reproduced, localised, proposed, validated].flatMap((stage) => stage.skipped);
  const outcomes = isWanted('validate')
    ? settleIssues({
        issues: wanted,
        skipped,
        patches: proposed.items,
        verdicts: validated.items,
        known: [...reproduced.known, ...published.items],
      })
    : settledAlready(wanted, skipped, reproduced.known);
  const { red } = collected;
  const green = base.green.map(({ id }) => id);
  const combination = isWanted('publish')
    ? await combined(
        { issues: collected.items, outcomes, scenarios: scenarios.items.map(({ scenario }) => scenario), green },
        published.items,
        { ...tools, base },
      )
    : undefined;
  const closed = isWanted('publish')
    ? await tools.closeBranches({ scenarios: scenarios.items, red, issues: collected.items })
    : [];
  const earlier = isWanted('publish') ? await tools.earlierBranches({ issues: collected.items }) : undefined;
  const { appName, appRoot, ...facts } = tools.facts;
  const record: RunRecord = {
    version: 1,
    ...facts,
    finishedAt: tools.isoNow(),
    app: { name: appName, url: collected.url, root: appRoot },
    scenarios: scenarios.items.map((run) => withTrace(run, reproduced.traces)),
    red,
    flaky: flakyScenarios(wanted, outcomes),
    issues: collected.items,
    suspects: localised.items,
    patches: proposed.items,
    verdicts: validated.items,
    outcomes: [...outcomes, ...closed],
    ...(earlier && { earlier }),
    skipped,
    ...(combination && { combination }),
    ...(collected.ingestion && { ingestion: collected.ingestion }),
    stages: seconds,
  };
  if (!isWanted('publish')) return record;
  const shown: RunRecord = { ...record, outcomes: await tools.showBranches(record) };
  await tools.remember(shown);
  return shown;
}

const COMBINATION_FILE = 'combination.json';
const Combined = z.strictObject({ of: z.array(z.string()), combination: Combination.optional() });

/** A night that is gone on with does not run the merged tree again, unless it wrote other branches. */
async function combined(
  night: NightOfBranches,
  published: readonly IssueOutcome[],
  { combine, folder, base }: Pick<NightTools, 'combine' | 'folder'> & { readonly base: BaseFacts },
): Promise<Combination | undefined> {
  if (combine === undefined || published.length === 0) return undefined;
  const of = night.outcomes.flatMap(({ branch, commit }) => (branch && commit ? `${branch} ${commit}` : [])).sort();
  if (folder.has(COMBINATION_FILE)) {
    const kept = folder.read(COMBINATION_FILE, Combined);
    if (kept.of.join() === of.join()) return kept.combination;
  }
  const combination = await combineBranches(night, combine(base));
  folder.write(COMBINATION_FILE, Combined, { of, ...(combination && { combination }) });
  return combination;
}

const NOTHING: { items: never[]; skipped: never[] } = { items: [], skipped: [] };

function withTrace(run: ScenarioRun, traces: Readonly<Record<string, string>>): ScenarioRun {
  const trace = traces[run.scenario.id];
  return trace === undefined ? run : { ...run, trace };
}

function plain<T>({ items, skipped }: StageResult<T>): { items: T[]; skipped: z.infer<typeof Skipped>[] } {
  return { items: [...items], skipped: [...skipped] };
}

/** Opens the base app at its first use only, and closes it whatever happens. */
async function withBaseRun<T>(tools: NightTools, use: (base: () => Promise<BaseRun>) => Promise<T>): Promise<T> {
  let opened: Promise<BaseRun> | undefined;
  try {
    return await use(() => {
      opened ??= tools.openBaseRun();
      return opened;
    });
  } finally {
    await (await opened)?.close();
  }
}

function select(issues: readonly Issue[], wanted: string | undefined): Issue[] {
  if (wanted === undefined) return [...issues];
  return issues.filter(
    ({ shortId, id, permalink }) => [shortId, id, permalink].includes(wanted) || wanted.includes(`/issues/${id}`),
  );
}

async function knownOutcomes(issues: readonly Issue[], tools: NightTools): Promise<IssueOutcome[]> {
  const known: IssueOutcome[] = [];
  for (const issue of issues) {
    const outcome = await tools.earlierOutcome(issue);
    if (outcome) known.push(outcome);
  }
  return known;
}

function subjectOf(entry: { shortId: string } | { subject: string }): string {
  return 'shortId' in entry ? entry.shortId : entry.subject;
}

function publications(
  cases: readonly Case[],
  suspects: readonly Suspect[],
  patches: readonly Patch[],
  verdicts: readonly Verdict[],
): Publication[] {
  return choosePatches(verdicts, patches).flatMap(({ verdict, serves }) => {
    const one = cases.find(({ issue }) => issue.shortId === verdict.issue);
    const patch = patches.find(({ id, issue }) => id === verdict.patch && issue === verdict.issue);
    if (one === undefined || patch === undefined) return [];
    const followers = cases
      .filter(({ issue }) => [verdict.issue, ...serves].includes(issue.shortId))
      .flatMap(({ issue }) => issue.followers);
    const named = [...new Set([...serves, ...followers])].filter((shortId) => shortId !== verdict.issue);
    return [{ case: one, serves: named, patch, verdict, suspect: suspects.find(({ id }) => id === patch.suspect) }];
  });
}

/** `run` proposes nothing: only what needs no patch has an outcome. */
function settledAlready(
  issues: readonly Issue[],
  skipped: readonly Skipped[],
  known: readonly IssueOutcome[],
): IssueOutcome[] {
  const settled = issues.filter(({ shortId }) => skipped.some(({ subject, result }) => subject === shortId && result));
  return settleIssues({ issues: settled, skipped, patches: [], verdicts: [], known });
}

function flakyScenarios(issues: readonly Issue[], outcomes: readonly IssueOutcome[]): string[] {
  const flaky = new Set(
    outcomes.filter(({ result, reason }) => result === 'flaky' || reason === 'flaky').map(({ shortId }) => shortId),
  );
  return [...new Set(issues.filter(({ shortId }) => flaky.has(shortId)).flatMap(({ scenarios }) => scenarios))].sort();
}
