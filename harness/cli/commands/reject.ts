/** `reject`: a person's no to a branch, with its reason, into the ledger. */
import { type Rejected, rejectBranch } from '../../assembly/reject-branch.ts';
import { hasConfig, readSettings } from '../../settings.ts';

export interface RejectFlags {
  readonly branch: string;
  readonly why: string;
  readonly cwd: string;
  readonly config: string | undefined;
  readonly dryRun: boolean;
  /** A remote's name; `publish.push` where left out. */
  readonly push: string | undefined;
}

/** Throws the usage Failures of `rejectBranch`. */
export async function reject(flags: RejectFlags): Promise<{ text: string; data: Rejected }> {
  const { branch, why, cwd, dryRun } = flags;
  const data = await rejectBranch({ cwd, branch, why, push: await remoteOf(flags), dryRun, now: new Date() });
  return { text: formatRejected(data, dryRun), data };
}

/** Without a configuration the ledger stays here, where it is read first. */
async function remoteOf({ cwd, config, push }: RejectFlags): Promise<string | false> {
  if (push !== undefined) return push;
  if (config === undefined && !hasConfig(cwd)) return false;
  return (await readSettings({ cwd, config, flags: {}, env: process.env })).publish.push;
}

function formatRejected({ rejection, pushed, trouble }: Rejected, dryRun: boolean): string {
  const { branch, shortId, patch } = rejection;
  if (dryRun) return `Would reject ${branch} (${shortId}, patch ${patch}); nothing was written.`;
  const where = pushed
    ? 'The ledger was pushed.'
    : trouble === undefined
      ? 'The ledger is in this repository (publish.push is off).'
      : `The ledger is in this repository only: ${trouble} The next night that can push takes it along.`;
  return `${branch} is rejected: its patch will not be proposed again. ${where}\nThe branch itself was left as it is; delete it when you like.`;
}
