/** `prove`: runs base and branch again, as the night did, and says whether the proof holds. */
import { resolve } from 'node:path';
import { openRepository } from '../../adapters/git/open-repository.ts';
import { readClaim } from '../../adapters/git/read-claim.ts';
import { assembleNight } from '../../assemble.ts';
import { readVersion } from '../../read-version.ts';
import { formatP } from '../../report/story-sentences.ts';
import { readSettings } from '../../settings.ts';
import { type Proof, proveBranch } from '../../validation/prove-branch.ts';
import { createProgress } from '../progress.ts';

export interface ProveFlags {
  readonly branch: string;
  readonly cwd: string;
  readonly config: string | undefined;
  readonly quiet: boolean;
  readonly signal: AbortSignal;
}

/** Exit code 0: the proof holds; 1: it does not. Writes nothing outside the run folder. Throws the Failures of `readClaim`. */
export async function prove(
  flags: ProveFlags,
): Promise<{ text: string; data: Proof & { branch: string; commit: string }; exitCode: 0 | 1 }> {
  const { branch, cwd, config, quiet, signal } = flags;
  const claim = await readClaim(await openRepository(resolve(cwd)), branch);
  // Neither a remote nor anybody's Sentry is needed for it.
  const overrides = { 'publish.base': claim.base, 'publish.push': false, sentry: 'embedded' };
  const settings = await readSettings({ cwd, config, flags: overrides, env: process.env });
  const progress = createProgress({
    stream: process.stderr,
    isTerminal: process.stderr.isTTY === true && (process.env.CI ?? '') === '',
    isQuiet: quiet,
    now: () => new Date(),
  });
  const options = { command: 'fix', settings, dryRun: true, version: readVersion(), signal, progress } as const;
  const assembled = await assembleNight({ ...options, run: undefined, shard: undefined, shards: [] });
  try {
    const proof = await proveBranch(claim, {
      checks: settings.checks,
      now: () => performance.now(),
      openTrial: (commit) => assembled.openTrialAt(commit, commit === claim.base ? 'proof-base' : 'proof-branch'),
      progress: (text) => progress.line(text),
    });
    progress.done();
    return {
      text: formatProof(branch, proof),
      data: { branch, commit: claim.commit, ...proof },
      exitCode: proof.isRepeated ? 0 : 1,
    };
  } catch (error) {
    progress.stop();
    throw error;
  } finally {
    await assembled.close();
  }
}

function formatProof(branch: string, { isRepeated, why, pValue, others, seconds }: Proof): string {
  const said = isRepeated ? `The proof of ${branch} holds.` : `The proof of ${branch} does not hold.`;
  return `${said} ${why}\n${formatP(pValue)} (Fisher’s exact test). Other scenarios green: ${others}. ${seconds.toFixed(0)} s.`;
}
