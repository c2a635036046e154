/** `run`, `nightly` and `fix`: assembles the stages, runs them, writes the reports, and says how it ended. */
import { join } from 'node:path';
import type { SelfReport } from '../../adapters/sentry/self-report.ts';
import { assembleNight, type NightOptions } from '../../assemble.ts';
import { Failure } from '../../model/failure.ts';
import type { RunRecord, Stage } from '../../model/run-record.ts';
import { runNight } from '../../pipeline.ts';
import { readVersion } from '../../read-version.ts';
import { readSettings } from '../../settings.ts';
import { createProgress } from '../progress.ts';

export interface NightFlags {
  readonly command: 'run' | 'nightly' | 'fix';
  readonly issue: string | undefined;
  readonly cwd: string;
  readonly config: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly dryRun: boolean;
  readonly from: Stage | undefined;
  readonly run: string | undefined;
  readonly shard: string | undefined;
  /** Run folders of shards. */
  readonly shards: readonly string[];
  readonly signal: AbortSignal;
  /** Values of flags by the key of the configuration that they override. */
  readonly overrides: Readonly<Record<string, unknown>>;
}

/** Sentry's SDK takes a quarter of a second to load: only where it is wanted. */
async function selfReport(dsn: string | undefined, release: string): Promise<SelfReport | undefined> {
  if (dsn === undefined) return undefined;
  const { startSelfReport } = await import('../../adapters/sentry/self-report.ts');
  return startSelfReport({ dsn, release });
}

/** Begun while the scenarios run: laying out reports takes libraries that nothing before needs. */
async function loadReports() {
  const [{ writeReports }, { tellNews }, { formatNightJson }, { formatSummary }] = await Promise.all([
    import('../write-reports.ts'),
    import('../tell-news.ts'),
    import('../../report/json.ts'),
    import('../../report/summary.ts'),
  ]);
  return { writeReports, tellNews, formatNightJson, formatSummary };
}

type Reporting = Awaited<ReturnType<typeof loadReports>>;

const LAST_STAGE = { run: 'localise', nightly: 'publish', fix: 'publish' } as const;

/** A part of the scenarios ends with its issues: what follows needs the good runs of all. */
function lastStage({ command, shard }: NightFlags): Stage {
  return command === 'run' && shard !== undefined ? 'collect' : LAST_STAGE[command];
}

/** Patches that a run holds may be another issue's. */
function firstStage({ command, from, run }: NightFlags): Stage | undefined {
  return from ?? (command === 'fix' && run !== undefined ? 'propose' : undefined);
}

/** The text for stdout and the exit code: 0 nothing left to do, 1 errors remain. */
export async function night(flags: NightFlags): Promise<{ text: string; exitCode: 0 | 1 }> {
  if (flags.from !== undefined && flags.run === undefined) {
    throw new Failure('usage', 'from-without-run', '--from needs --run: which run’s stages shall be repeated?', {
      hint: 'Pass --run latest for the newest one.',
    });
  }
  if (flags.shards.length > 0 && (flags.shard !== undefined || flags.run !== undefined)) {
    throw new Failure('usage', 'runs-with-other-run', '--runs starts a run of its own from shards that have ended.', {
      hint: 'Leave out --shard and --run; go on with the merged run by --run latest.',
    });
  }
  const settings = await readSettings({
    cwd: flags.cwd,
    config: flags.config,
    flags: flags.overrides,
    env: process.env,
  });
  const release = `mendwright@${readVersion()}`;
  const self = await selfReport(settings.selfReportDsn, release);
  const progress = createProgress({
    stream: process.stderr,
    isTerminal: process.stderr.isTTY === true && (process.env.CI ?? '') === '',
    isQuiet: flags.quiet,
    now: () => new Date(),
  });
  const options: NightOptions = { ...flags, settings, progress, version: readVersion() };
  self?.checkIn('in_progress');
  try {
    const assembled = await assembleNight(options);
    try {
      const reporting = loadReports();
      const record = await runNight(
        { from: firstStage(flags), until: lastStage(flags), onlyIssue: flags.issue },
        assembled.tools,
      );
      const { writeReports, tellNews, formatNightJson, formatSummary } = await reporting;
      const reports = writeReports(record, assembled.folder, process.env, await assembled.lastGreen());
      for (const trouble of await tellNews(record, assembled.folder, settings, process.env)) progress.warn(trouble);
      progress.done();
      self?.checkIn('ok');
      return {
        text: flags.json ? formatNightJson(record) : summary(record, join(reports, 'report.html'), formatSummary),
        exitCode: exitCodeOf(record),
      };
    } finally {
      await assembled.close();
    }
  } catch (error) {
    progress.stop();
    self?.checkIn('error');
    if (!(error instanceof Failure) && !flags.signal.aborted) self?.captureCrash(error);
    throw error;
  } finally {
    await self?.flush();
  }
}

function summary(record: RunRecord, html: string, formatSummary: Reporting['formatSummary']): string {
  const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
  const text = formatSummary(record, { colour, width: process.stdout.columns ?? 100 });
  return `${text}\nThe whole report: ${html}`;
}

function exitCodeOf(record: RunRecord): 0 | 1 {
  return record.red.length === 0 && record.issues.length === 0 ? 0 : 1;
}
