/** A night without a browser: real git, the real ledger and the publish stage, with a confirmed patch handed straight to it. */
import { openRepository } from '../../harness/adapters/git/open-repository.ts';
import { viewBranches } from '../../harness/assembly/branch-view.ts';
import { forgeTools } from '../../harness/assembly/forge-tools.ts';
import { withPullRequests } from '../../harness/assembly/forge-words.ts';
import { openLedger } from '../../harness/assembly/ledger-tools.ts';
import { publishTools } from '../../harness/assembly/publish-tools.ts';
import { sentryNotes } from '../../harness/assembly/sentry-notes.ts';
import { Config } from '../../harness/model/config.ts';
import type { Issue } from '../../harness/model/issue.ts';
import { type EarlierOutcome, type IssueOutcome, RunRecord } from '../../harness/model/run-record.ts';
import { type Publication, type PublishTools, publishBranches } from '../../harness/stages/publish-branches.ts';
import { caseOf, issueOf, patchOf, runOf, scenario } from '../ladder/scripted-trial.ts';

type NoteClient = Parameters<typeof sentryNotes>[0]['client'];

export const PAYS = scenario('pays');

export interface NightScript {
  /** The checkout. */
  readonly dir: string;
  readonly push?: string | false;
  readonly dryRun?: boolean;
  readonly maxBranches?: number;
  readonly maxOpen?: number;
  readonly now: Date;
  /** What was red, each with the text that its patch writes between `cart` and `total`. */
  readonly red: readonly Issue[];
  readonly cure?: string;
  /** Scenarios that were green. */
  readonly green?: readonly (typeof PAYS)[];
  /** A code host, and what the environment holds. */
  readonly forge?: { readonly config: object; readonly env: Readonly<Record<string, string>> };
  readonly client?: NoteClient;
  readonly changes?: Partial<PublishTools>;
}

const NO_SENTRY: NoteClient = { addNote: async () => true, updateIssue: async () => 'unresolved' };

export interface Night {
  readonly outcomes: IssueOutcome[];
  readonly earlier: EarlierOutcome[];
  readonly warnings: string[];
  /** What it did on the code host, in sentences. */
  readonly told: string[];
  readonly record: RunRecord;
}

/** What the night came to, with all that it warned of. */
export async function night(script: NightScript): Promise<Night> {
  const { now, dryRun = false, push = false } = script;
  const repository = await openRepository(script.dir);
  const { sha: base, subject } = await repository.resolveCommit('HEAD');
  const config = Config.parse({
    app: { start: 'node server.js', sources: ['src/**'] },
    publish: {
      push,
      maxBranches: script.maxBranches ?? 5,
      maxOpen: script.maxOpen ?? 20,
      forge: script.forge?.config ?? false,
    },
  });
  const settings = { ...config, cwd: script.dir, configFile: '', selfReportDsn: undefined };
  const warnings: string[] = [];
  const view = await viewBranches({ repository, base, publish: settings.publish, dryRun });
  const told: string[] = [];
  const forge =
    push === false || script.forge === undefined
      ? undefined
      : await forgeTools({
          ...{ repository, publish: settings.publish, remote: push, env: script.forge.env, dryRun },
          warn: (text) => warnings.push(text),
          line: (text) => told.push(text),
        });
  const isSource = (file: string): boolean => file.startsWith('src/');
  const ledger = await openLedger({
    repository,
    base,
    settings,
    sources: { isSource, files: [], sources: [], read: () => undefined },
    version: '1',
    view,
    sentry: sentryNotes({ client: script.client ?? NO_SENTRY, release: base }),
    dryRun,
    ...(forge !== undefined && { fateOf: forge.fateOf }),
    warn: (text) => warnings.push(text),
    now: () => now,
  });
  const outcomes: IssueOutcome[] = [];
  const publications: Publication[] = [];
  for (const issue of script.red) {
    const earlier = await ledger.earlierOutcome(issue);
    if (earlier) outcomes.push(earlier);
    else publications.push(await publicationOf(issue, (await repository.readFile(base, 'src/cart.ts')) ?? '', script));
  }
  const tools = {
    ...publishTools({ repository, base, settings, ledger, view, dryRun, now: () => now }),
    ...script.changes,
  };
  outcomes.push(...(await publishBranches(publications, tools)).items);
  const seen = {
    id: now.toISOString(),
    issues: [...script.red],
    red: script.red.flatMap((issue) => issue.scenarios),
    flaky: [],
    scenarios: [
      ...(script.green ?? []).map((ref) => runOf(ref)),
      ...(script.red.length > 0 ? [runOf(PAYS, { status: 'failed' as const })] : []),
    ],
  };
  outcomes.push(...(await ledger.life.close(seen)));
  const earlier = await ledger.life.earlier(seen);
  const at = now.toISOString();
  const record: RunRecord = {
    ...{
      ...seen,
      version: 1,
      command: 'nightly',
      mendwright: '1',
      startedAt: at,
      finishedAt: at,
      dryRun,
      dirty: false,
    },
    base: { sha: base, subject, branch: 'main' },
    app: { name: 'shop', url: 'http://app' },
    suspects: [],
    patches: publications.map(({ patch }) => patch),
    verdicts: publications.map(({ verdict }) => verdict),
    ...{ outcomes, skipped: [], stages: {}, notes: [] },
  };
  if (forge !== undefined) {
    const tended = await forge.tend({ records: [record], proposals: ledger.life.proposals() });
    record.outcomes = withPullRequests(record, tended);
  }
  if (!dryRun) await ledger.remember(record, 'http://app');
  return { outcomes: record.outcomes, earlier, warnings, told, record: RunRecord.parse(record) };
}

/** Reads the total of the cart with care, wherever its line stands. */
async function publicationOf(issue: Issue, text: string, { cure = '?.' }: NightScript): Promise<Publication> {
  const start = text.indexOf('.total');
  const id = `patch${start}${cure}`;
  return {
    case: caseOf(issueOf(issue)),
    serves: [],
    patch: patchOf(id, {
      issue: issue.shortId,
      edits: [{ file: 'src/cart.ts', start, end: start + 1, text: cure }],
      diff: `-cart.total;\n+cart${cure}total;\n`,
    }),
    verdict: {
      ...{ kind: 'confirmed', patch: id, issue: issue.shortId, rung: 'regress', seconds: 2, base: [], patched: [] },
      ...{ strength: 'weak', pValue: 0.004, controls: [], alsoCures: [], others: 0, checks: [] },
      why: 'Red in 5 of 5 runs, green in 5 of 5.',
    },
    suspect: undefined,
  };
}
