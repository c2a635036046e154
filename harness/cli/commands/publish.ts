/** `publish`: pull requests and the dashboard of nights whose branches another job pushed. */
import { type PublishedRun, publishRun } from '../../assembly/publish-run.ts';
import { Config } from '../../model/config.ts';
import { Failure } from '../../model/failure.ts';
import { deepest, readSettings } from '../../settings.ts';
import { createProgress } from '../progress.ts';

export interface PublishFlags {
  readonly cwd: string;
  /** Loaded only where it is named: it is code of the repository. */
  readonly config: string | undefined;
  readonly runs: readonly string[];
  readonly remote: string | undefined;
  readonly forge: string | undefined;
  readonly url: string | undefined;
  readonly repository: string | undefined;
  readonly tokenName: string | undefined;
  readonly dashboard: boolean;
  readonly quiet: boolean;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

/** The text for stdout. Throws the usage Failures of `publishRun`. */
export async function publish(flags: PublishFlags): Promise<{ text: string; data: PublishedRun }> {
  const { cwd, runs, dryRun, quiet, signal } = flags;
  const settings = await publishSettings(flags);
  const progress = createProgress({ stream: process.stderr, isTerminal: false, isQuiet: quiet, now: () => new Date() });
  const data = await publishRun({
    ...{ cwd, runs, dryRun, signal, publish: settings, env: process.env, now: new Date() },
    remote: flags.remote ?? (settings.push === false ? 'origin' : settings.push),
    warn: (text) => progress.warn(text),
    line: (text) => progress.line(text),
  });
  progress.done();
  return { text: formatPublished(data), data };
}

async function publishSettings(flags: PublishFlags): Promise<Config['publish']> {
  const named = {
    ...(flags.forge !== undefined && { kind: flags.forge }),
    ...(flags.url !== undefined && { url: flags.url }),
    ...(flags.repository !== undefined && { repository: flags.repository }),
    ...(flags.tokenName !== undefined && { token: flags.tokenName }),
    ...(!flags.dashboard && { dashboard: false }),
  };
  if (flags.config !== undefined) {
    const overrides = Object.fromEntries(Object.entries(named).map(([key, value]) => [`publish.forge.${key}`, value]));
    const settings = { cwd: flags.cwd, config: flags.config, flags: overrides, env: process.env };
    return (await readSettings(settings)).publish;
  }
  const parsed = Config.shape.publish.safeParse({ forge: named });
  if (parsed.success) return parsed.data;
  const issue = deepest(parsed.error.issues);
  throw new Failure(
    'usage',
    'config-wrong',
    `A flag is wrong: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`,
  );
}

function formatPublished({ branches, closed, merged }: PublishedRun): string {
  const lines = [
    ...branches.map(({ branch, words }) => `${branch}: ${words}`),
    ...closed.map(
      (branch) => `${branch}: closed without having been merged; not proposed again until its evidence changes.`,
    ),
    ...merged.map((branch) => `${branch}: merged.`),
  ];
  return lines.length === 0 ? 'No branch of ours waits on the remote.' : lines.join('\n');
}
