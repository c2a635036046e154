/** The command line: parses flags, calls one function, prints what it returns, and turns trouble into an exit code. */
import { resolve } from 'node:path';
import process from 'node:process';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { killAllGroups } from '../adapters/app/process-group.ts';
import { Failure } from '../model/failure.ts';
import { Stage } from '../model/run-record.ts';
import { ShardPart } from '../model/shard.ts';
import { readVersion } from '../read-version.ts';

import type { ReviewFlags } from './commands/review.ts';
import type { SentryFlags } from './commands/sentry.ts';

import { CI, type Ci } from './init/ci-names.ts';

import { printError, printResult } from './print.ts';
import type { ErrorFlags } from './told-error.ts';

/** DESIGN's exit codes: 0 nothing left to do, 1 errors remain, 2 usage, 3 upstream, 70 a bug. */
const EXIT = { usage: 2, upstream: 3, bug: 70, interrupted: 130 } as const;

interface Common {
  readonly json?: boolean;
  readonly config?: string;
  readonly cwd: string;
  readonly quiet?: boolean;
}

interface NightFlags extends Common {
  readonly dryRun?: boolean;
  readonly from?: Stage;
  readonly run?: string;
  readonly base?: string;
  readonly push?: string;
  readonly grep?: string;
  readonly shard?: string;
  readonly runs?: string[];
  readonly bisect?: boolean;
  readonly maxBranches?: number;
  readonly budgetCandidates?: number;
  readonly budgetMinutes?: number;
}

interface PublishCommandFlags {
  readonly remote?: string;
  readonly forge?: string;
  readonly url?: string;
  readonly repository?: string;
  readonly tokenName?: string;
  readonly dashboard: boolean;
  readonly dryRun?: boolean;
}

/** How long cleaning up after Ctrl-C may take. */
const CLEANUP_MS = 15_000;

const stop = new AbortController();

/** Each command loads what it needs itself: a parser or a server takes longer to load than most commands to run. */
function program(): Command {
  const root = new Command('mendwright')
    .description(
      'From a red browser scenario to a proven branch: runs a web app’s Playwright scenarios, reads the Sentry issues that their errors became, finds the cause, proposes patches, and leaves a branch for each patch that was seen to turn red into green.',
    )
    .version(readVersion())
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      '\nStart here:\n  $ npx mendwright init       writes a configuration, an example scenario and a CI workflow\n  $ npx mendwright nightly    the whole night\n\nExit codes: 0 nothing left to do, 1 errors remain, 2 usage or configuration, 3 an outside service failed, 70 a bug.',
    );

  common(root.command('init').description('write a configuration, an example scenario and a CI workflow'))
    .option('--force', 'overwrite files that are there')
    .addOption(
      new Option('--ci <host>', 'which CI to write for; chosen by what the repository has when left out').choices(CI),
    )
    .option('--shards <n>', 'split the scenarios into so many jobs', positiveInteger)
    .action(async (flags: Common & { force?: boolean; ci?: Ci; shards?: number }) => {
      const { initProject } = await import('./commands/init.ts');
      const { ci, shards } = flags;
      const { text, data } = await initProject({ cwd: flags.cwd, force: flags.force ?? false, ci, shards });
      printResult(flags.json ? JSON.stringify(data, null, 2) : text);
    });

  nightFlags(common(root.command('run').description('scenarios -> issues -> suspects, no patches'))).action(
    (flags: NightFlags) => runNightCommand('run', flags),
  );
  nightFlags(common(root.command('nightly').description('the whole night: scenarios -> issues -> patches -> branches')))
    .option('--dry-run', 'write nothing outside the run folder')
    .action((flags: NightFlags) => runNightCommand('nightly', flags));
  nightFlags(common(root.command('fix <issue>').description('the same for one issue: short id, numeric id or URL')))
    .option('--dry-run', 'write nothing outside the run folder')
    .action((issue: string, flags: NightFlags) => runNightCommand('fix', flags, issue));

  common(root.command('propose').description('ranked candidate patches for one error, without running anything'))
    .requiredOption('--error <message>', 'the error as the browser or Node printed it')
    .requiredOption('--at <file:line[:column]>', 'where it was thrown')
    .option(
      '--stack <file>',
      'the stack as it was printed, or as JSON: [{ file, line, column, values }], throwing frame first',
    )
    .option('--values <file>', 'variables at the throw as JSON: { name: value }')
    .option('--limit <n>', 'at most this many candidates', positiveInteger, 10)
    .option('--types', 'ask TypeScript too: its own fixes, and whether a candidate brings an error; takes seconds')
    .action(async (flags: Common & ErrorFlags & { limit: number; types?: boolean }) => {
      const { propose } = await import('./commands/propose.ts');
      const { text, data } = await propose(flags);
      printResult(flags.json ? JSON.stringify(data) : text);
    });

  common(root.command('report [run]').description('write a run’s reports again: HTML, Markdown, JSON, JUnit')).action(
    async (run: string | undefined, flags: Common) => {
      const { report } = await import('./commands/report.ts');
      printResult(await report({ ...flags, run: run ?? 'latest' }));
    },
  );

  common(
    root.command('prove <branch>').description('repeat a branch’s proof: base and branch, run beside each other'),
  ).action(async (branch: string, flags: Common) => {
    const { prove } = await import('./commands/prove.ts');
    const { cwd, config, quiet = false } = flags;
    const { text, data, exitCode } = await prove({ branch, cwd, config, quiet, signal: stop.signal });
    printResult(flags.json ? JSON.stringify(data, null, 2) : text);
    process.exitCode = exitCode;
  });

  common(
    root.command('reject <branch>').description('never propose this branch’s patch again; written into the ledger'),
  )
    .requiredOption('--why <text>', 'the reason, for whoever asks later')
    .option('--push <remote>', 'push the ledger there (publish.push)')
    .option('--dry-run', 'write nothing, say what would be written')
    .action(async (branch: string, flags: Common & { why: string; push?: string; dryRun?: boolean }) => {
      const { reject } = await import('./commands/reject.ts');
      const { config, cwd, why, push, dryRun = false } = flags;
      const { text, data } = await reject({ branch, why, cwd, config, push, dryRun });
      printResult(flags.json ? JSON.stringify(data, null, 2) : text);
    });

  common(
    root
      .command('publish [runs...]')
      .description(
        'pull requests and dashboard of run folders whose branches are pushed; runs nothing of the repository',
      ),
  )
    .option('--remote <name>', 'where the branches are; publish.push or origin when left out')
    .option(
      '--forge <kind>',
      'github, gitlab, bitbucket, azure or gitea; told from the remote and the CI when left out',
    )
    .option('--url <address>', 'the host’s web address, with its path')
    .option('--repository <path>', 'owner/name on the host')
    .option('--token-name <variable>', 'the environment variable that holds the token')
    .option('--no-dashboard', 'no issue that lists what waits')
    .option('--dry-run', 'write nothing, say what would be written')
    .action(async (runs: string[], flags: Common & PublishCommandFlags) => {
      const { publish } = await import('./commands/publish.ts');
      const { config, remote, forge, url, repository, tokenName, dashboard, quiet = false, dryRun = false } = flags;
      const target = { cwd: flags.cwd, config, remote, forge, url, repository, tokenName };
      const { text, data } = await publish({ ...target, runs, dashboard, quiet, dryRun, signal: stop.signal });
      printResult(flags.json ? JSON.stringify(data, null, 2) : text);
    });

  common(
    root
      .command('review [run]')
      .description('read a night, its proofs and its progress in a browser; approve or reject its branches'),
  )
    .option('--port <n>', 'a free port when left out', positiveInteger)
    .option('--host <address>', 'address to bind to; any but loopback demands --token', '127.0.0.1')
    .option('--token <token>', 'token that other browsers may enter with, 16 letters or more')
    .option('--open', 'open the page in the browser')
    .option('--static [folder]', 'write the pages as files instead, into the run’s folder when left out')
    .addOption(
      new Option('--approve <how>', 'what approving does (review.approve)').choices(['merge', 'push'] as const),
    )
    .option('--into <branch>', 'the branch to merge into (review.into)')
    .option('--push <remote>', 'the remote to merge at or push to (publish.push)')
    .option('--dry-run', 'approving and rejecting write nothing, and say what they would do')
    .addHelpText('after', REVIEW_HELP)
    .action(async (run: string | undefined, flags: Common & Omit<ReviewFlags, keyof Common | 'run'>) => {
      const { review } = await import('./commands/review.ts');
      await review({ ...flags, run }, stop.signal, printResult);
    });

  common(root.command('sentry').description('the embedded Sentry on a port, on its own'))
    .option('--port <n>', 'a free port when left out', positiveInteger)
    .option('--host <address>', 'address to bind to; any but loopback demands --token', '127.0.0.1')
    .option('--token <token>', 'bearer token that API callers must send')
    .option('--file <file>', 'SQLite file; .mendwright/sentry.db when left out')
    .option('--project <slug>', 'project to open', 'app')
    .option('--filter <names>', 'inbound filters, separated by commas: localhost, network-errors …')
    .option('--no-scrub', 'keep passwords, tokens, cookies and card numbers of events')
    .option('--sensitive-fields <names>', 'further names whose values are filtered, separated by commas')
    .option('--safe-fields <names>', 'names whose values are never filtered, separated by commas')
    .option('--rate-limit <n/seconds>', 'at most n errors of a client key in so many seconds')
    .action(async (flags: Common & Omit<SentryFlags, keyof Common>) => {
      const { serveSentry } = await import('./commands/sentry.ts');
      const { boundYoungHeap } = await import('../sentry-server/bound-young-heap.ts');
      boundYoungHeap();
      await serveSentry(flags, stop.signal, printResult);
    });
  return root;
}

const REVIEW_HELP = `
The address that is printed opens one browser, once. In the page: j and k for the next and previous issue, a approves, r rejects
with a reason, e opens the place in your editor (review.editor, MENDWRIGHT_EDITOR, VISUAL, EDITOR), c copies the command that
repeats the proof, ? shows all keys. Approving asks first. It merges at the remote that publish.push names, else into a branch
that nobody has checked out; your checkout, index and stash are never touched, and where that is not possible you get the
command. Rejecting writes the ledger, as \`mendwright reject\` does. While a night runs, the page shows how far it is.

  $ npx mendwright review                 the newest night
  $ npx mendwright review --static site   the same as files, for a CI’s artefacts`;

function common(command: Command): Command {
  return command
    .option('--json', 'print one JSON object on stdout')
    .option('--config <file>', 'configuration file; mendwright.config.{ts,mts,mjs,js} when left out')
    .option('--cwd <dir>', 'the app’s repository', process.cwd())
    .option('--quiet', 'no progress on stderr');
}

function nightFlags(command: Command): Command {
  return command
    .option('--base <ref>', 'the commit to work on (publish.base)')
    .option('--grep <pattern>', 'only scenarios whose title matches (scenarios.grep)')
    .option('--no-bisect', 'do not run red scenarios at older commits to find when they were green (bisect)')
    .option('--shard <i/n>', 'only this part of the scenarios; `run` then leaves what `--runs` merges', shardPart)
    .option('--runs <folders...>', 'one night over the run folders of shards, instead of running the suite')
    .option('--push <remote>', 'push branches and ledger there (publish.push)')
    .option('--max-branches <n>', 'at most this many branches (publish.maxBranches)', positiveInteger)
    .option('--budget-candidates <n>', 'candidates tried per issue', positiveInteger)
    .option('--budget-minutes <n>', 'minutes per issue', Number)
    .option('--run <id>', 'go on with this run, or repeat stages of it; `latest` for the newest')
    .addOption(new Option('--from <stage>', 'with --run: repeat from this stage on').choices(Stage.options));
}

function shardPart(text: string): string {
  const [index = 0, total = 0] = ShardPart.safeParse(text).data?.split('/').map(Number) ?? [];
  if (index < 1 || index > total) throw new InvalidArgumentError('It must look like 2/8: the second of eight parts.');
  return text;
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number above 0.');
  return value;
}

async function runNightCommand(command: 'run' | 'nightly' | 'fix', flags: NightFlags, issue?: string): Promise<void> {
  const { night } = await import('./commands/night.ts');
  const { text, exitCode } = await night({
    command,
    issue,
    cwd: flags.cwd,
    config: flags.config,
    json: flags.json ?? false,
    quiet: flags.quiet ?? false,
    dryRun: flags.dryRun ?? false,
    from: flags.from,
    run: flags.run,
    shard: flags.shard,
    shards: (flags.runs ?? []).map((folder) => resolve(flags.cwd, folder)),
    signal: stop.signal,
    overrides: {
      'publish.base': flags.base,
      'publish.push': flags.push,
      'publish.maxBranches': flags.maxBranches,
      'scenarios.grep': flags.grep,
      bisect: flags.bisect === false ? false : undefined,
      'fixers.budget.candidates': flags.budgetCandidates,
      'fixers.budget.minutes': flags.budgetMinutes,
    },
  });
  printResult(text);
  process.exitCode = exitCode;
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  if (stop.signal.aborted) {
    printError('Interrupted. Everything that was started has been ended; the repository is as it was.');
    return EXIT.interrupted;
  }
  if (isDiskFull(error)) {
    const hint = 'Make room and start again; old runs lie in .mendwright/runs, and what was found so far stays.';
    printError(`There is no space left on the disk.\n  ${hint}`, 'disk-full');
    return EXIT.upstream;
  }
  if (error instanceof Failure) {
    printError(`${error.message}${error.hint ? `\n  ${error.hint}` : ''}`, error.code);
    return EXIT[error.kind];
  }
  printError(error instanceof Error ? (error.stack ?? error.message) : String(error), 'bug');
  return EXIT.bug;
}

function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isFull = ('code' in error && error.code === 'ENOSPC') || /database or disk is full/.test(error.message);
  return isFull || isDiskFull(error.cause);
}

function onSignal(signal: NodeJS.Signals): void {
  if (stop.signal.aborted) {
    killAllGroups();
    process.exit(EXIT.interrupted);
  }
  printError(`${signal}: ending what was started; once more ends at once.`);
  stop.abort(new Error(`interrupted by ${signal}`));
  // Cleaning up takes seconds; if it hangs, what was started is killed all the same.
  setTimeout(() => process.exit(EXIT.interrupted), CLEANUP_MS).unref();
}

process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);
process.on('exit', killAllGroups);
try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}
