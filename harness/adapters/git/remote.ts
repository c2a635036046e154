/** The remote, asked and told by explicit references alone: no tracking reference, tag, setting or hook of the user's is touched. */
import { Failure } from '../../model/failure.ts';
import type { Repository } from './open-repository.ts';
import { GitError, plumb, withoutCredentials } from './run-git.ts';

/** A remote that does not answer must not hold up the night. */
const PATIENCE_MS = 120_000;

/** References of the remote that match a pattern such as `refs/heads/mend/*`, with their tips. Throws `remote-unreachable`. */
export async function readRemoteRefs(
  { top }: Repository,
  remote: string,
  patterns: readonly string[],
): Promise<Map<string, string>> {
  const out = await reach(top, remote, (at) => ['ls-remote', '--quiet', '--refs', '--', at, ...patterns]);
  const lines = out.toString('utf8').split('\n').filter(Boolean);
  return new Map(
    lines.map((line): [string, string] => [line.slice(line.indexOf('\t') + 1), line.split('\t')[0] ?? '']),
  );
}

/** Brings what those references of the remote hold, and writes no reference for it here. Throws `remote-unreachable`. */
export async function fetchObjects({ top }: Repository, remote: string, refs: readonly string[]): Promise<void> {
  if (refs.length === 0) return;
  const alone = ['--no-write-fetch-head', '--no-tags', '--no-prune', '--refmap=', '--recurse-submodules=no'];
  const quiet = ['--quiet', '--no-auto-maintenance', '--no-write-commit-graph'];
  await reach(top, remote, (at) => ['fetch', ...quiet, ...alone, '--', at, ...refs]);
}

/** Its address as git would use it; the name itself where it is none, as of an address. It may hold a password. */
export async function remoteAddress({ top }: Repository, remote: string): Promise<string> {
  try {
    return (await plumb(top, ['remote', 'get-url', '--', remote])).toString('utf8').trim();
  } catch (error) {
    if (error instanceof GitError) return remote;
    throw error;
  }
}

export interface Pushed {
  readonly ref: string;
  /** Where the remote's reference has to be for it; undefined: nowhere. */
  readonly expected: string | undefined;
  /** The local reference of that name where left out; null removes it at the remote. */
  readonly to?: string | null;
}

/** Pushes references; one that moved at the remote meanwhile is left as it is. Throws `push-refused`. */
export async function pushRefs(repository: Repository, remote: string, refs: readonly Pushed[]): Promise<void> {
  if (await tryPush(repository, remote, refs)) return;
  throw new Failure('upstream', 'push-refused', `A branch moved on ${withoutCredentials(remote)} meanwhile.`, {
    hint: 'Nothing was overwritten there; the next night looks at it again.',
  });
}

/** False where one of them is not where it was expected. Throws `push-refused` where the remote does not take them. */
export async function tryPush({ top }: Repository, remote: string, refs: readonly Pushed[]): Promise<boolean> {
  if (refs.length === 0) return true;
  const leases = refs.map(({ ref, expected }) => `--force-with-lease=${ref}:${expected ?? ''}`);
  // The user's settings may push tags and submodules along; these references are all that we answer for.
  const alone = ['--no-verify', '--no-follow-tags', '--recurse-submodules=no'];
  const specs = refs.map(({ ref, to }) => `${to === null ? '' : (to ?? ref)}:${ref}`);
  try {
    await plumbAt(top, remote, (at) => ['push', '--quiet', ...alone, ...leases, '--', at, ...specs]);
    return true;
  } catch (error) {
    if (error instanceof GitError && /stale info|fetch first|cannot lock ref|incorrect old value/.test(error.stderr))
      return false;
    throw new Failure(
      'upstream',
      'push-refused',
      `The remote ${withoutCredentials(remote)} did not take the branches${said(error)}`,
      {
        hint: 'Check publish.push, the remote’s address and its permissions; the branches are in the local repository.',
        cause: error,
      },
    );
  }
}

async function reach(top: string, remote: string, args: (remote: string) => string[]): Promise<Buffer> {
  try {
    return await plumbAt(top, remote, args);
  } catch (error) {
    throw new Failure(
      'upstream',
      'remote-unreachable',
      `The remote ${withoutCredentials(remote)} cannot be read${said(error)}`,
      {
        hint: 'Check publish.push, the remote’s address and the network.',
        cause: error,
      },
    );
  }
}

function said(error: unknown): string {
  const lines = error instanceof GitError ? error.stderr.split('\n').filter(Boolean) : [];
  const line = lines.find((one) => /^(?:fatal|error|remote|!| !)/.test(one)) ?? lines[0];
  return line === undefined ? '.' : `: ${line.trim().slice(0, 300)}`;
}

async function plumbAt(top: string, remote: string, args: (remote: string) => string[]): Promise<Buffer> {
  const { name, env } = await untracked(top, remote);
  return plumb(top, args(name), { env: { ...(await noPrompt(top)), ...env }, timeoutMs: PATIENCE_MS });
}

const UNTRACKED = 'mendwright-untracked';
const TRACKING = new Set(['fetch', 'push', 'mirror', 'prune', 'prunetags', 'tagopt', 'followremotehead']);

/**
 * The user's remote under a name that exists for one command alone, without what maps its branches to references: a push to
 * `origin` would move `refs/remotes/origin/…`. It goes through the environment, since an address may hold a token.
 */
async function untracked(top: string, remote: string): Promise<{ name: string; env: Record<string, string> }> {
  const listed = (await plumb(top, ['config', '--list', '-z'])).toString('utf8').split('\0');
  const prefix = `remote.${remote}.`;
  const own = listed.flatMap((line) => {
    const [key = '', ...value] = line.split('\n');
    const setting = key.startsWith(prefix) ? key.slice(prefix.length) : '';
    return setting === '' || TRACKING.has(setting) ? [] : [[`remote.${UNTRACKED}.${setting}`, value.join('\n')]];
  });
  if (own.length === 0) return { name: remote, env: {} };
  const first = Number(process.env.GIT_CONFIG_COUNT ?? 0);
  const env: Record<string, string> = { GIT_CONFIG_COUNT: String(first + own.length) };
  for (const [index, [key = '', value = '']] of own.entries()) {
    env[`GIT_CONFIG_KEY_${first + index}`] = key;
    env[`GIT_CONFIG_VALUE_${first + index}`] = value;
  }
  return { name: UNTRACKED, env };
}

/** An ssh that asks for a password at the terminal would wait all night; whoever chose an ssh of their own keeps it. */
async function noPrompt(top: string): Promise<Record<string, string>> {
  const { GIT_SSH, GIT_SSH_COMMAND } = process.env;
  if (GIT_SSH !== undefined || GIT_SSH_COMMAND !== undefined) return {};
  const own = await plumb(top, ['config', '--default', '', '--get', 'core.sshCommand']);
  return own.toString('utf8').trim() === '' ? { GIT_SSH_COMMAND: 'ssh -o BatchMode=yes -o ConnectTimeout=15' } : {};
}
