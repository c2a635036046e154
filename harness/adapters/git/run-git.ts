/** Git in the app's repository, called so that nothing of the user's can be run, locked or asked for. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type SimpleGit, simpleGit } from 'simple-git';
import { Failure } from '../../model/failure.ts';

/** How a remote is reached, and what git may trust, is the user's to say; where the repository lies is ours. */
const KEPT =
  /^GIT_(?:ASKPASS|CONFIG_(?:COUNT|GLOBAL|KEY_\d+|NOSYSTEM|SYSTEM|VALUE_\d+)|HTTP_\w+|PROXY_\w+|SSH\w*|SSL_\w+)$/;

/** No optional locks (the user's index is not even refreshed), no prompt, no editor, no pager; paths are no patterns. */
function gitEnvironment(own: NodeJS.ProcessEnv, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(own)) {
    const isOurs = name.startsWith('GIT_') ? !KEPT.test(name) : /^(?:EDITOR|PAGER|VISUAL)$/.test(name);
    if (value !== undefined && !isOurs) env[name] = value;
  }
  return {
    ...env,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
    ...more,
  };
}

/** Hooks, file monitors and signing of the repository do not run in what we do, and no setting bends what git prints. */
const CONFIG = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.quotePath=false',
  'core.splitIndex=false', // It would leave shared index files in the user's git folder.
  'commit.gpgSign=false',
  'push.gpgSign=false',
  'log.showSignature=false',
  'i18n.commitEncoding=UTF-8',
  'i18n.logOutputEncoding=UTF-8',
  'submodule.recurse=false',
  'core.filesRefLockTimeout=2000', // Two nights may write the ledger at once.
  'gc.auto=0',
];

export function gitAt(dir: string): SimpleGit {
  // Nothing that is asked through simple-git reaches a network, so that none of the user's GIT_ variables is needed.
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  return simpleGit({
    baseDir: dir,
    config: CONFIG,
    maxConcurrentProcesses: 4,
    allowEnvironment: ['GIT_OPTIONAL_LOCKS', 'GIT_TERMINAL_PROMPT', 'GIT_LITERAL_PATHSPECS'],
    unsafe: { allowUnsafeHooksPath: true, allowUnsafeFsMonitor: true },
  }).env(gitEnvironment(own));
}

/** A plumbing command with bytes on its standard input or an index of its own, which simple-git does not offer. */
export async function plumb(
  dir: string,
  args: readonly string[],
  options: {
    input?: string | Buffer;
    env?: Readonly<Record<string, string>>;
    timeoutMs?: number;
    /** Exit codes that are answers as well. */
    accept?: readonly number[];
  } = {},
): Promise<Buffer> {
  const config = CONFIG.flatMap((entry) => ['-c', entry]);
  const child = spawn('git', [...config, ...args], {
    cwd: dir,
    env: gitEnvironment(process.env, options.env),
    stdio: 'pipe',
    timeout: options.timeoutMs,
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => undefined); // Git ended early; its exit code says why.
  child.stdin.end(options.input);
  const [code] = await once(child, 'close');
  if (code === 0 || options.accept?.includes(Number(code))) return Buffer.concat(out);
  throw new GitError(args, Number(code), Buffer.concat(err).toString('utf8').trim());
}

/** Addresses of remotes may hold a user and a token. */
export function withoutCredentials(text: string): string {
  return text.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@'"]*@/gi, '$1***@');
}

/** Git ended with another exit code than 0, or was ended since it took too long. */
export class GitError extends Error {
  readonly code: number;
  readonly stderr: string;

  constructor(args: readonly string[], code: number, stderr: string) {
    const told = withoutCredentials(stderr);
    super(`git ${args[0]} ended with ${code}: ${told}`);
    this.name = 'GitError';
    this.code = code;
    this.stderr = told;
  }
}

/** What a write to the repository failed with: a full disk, a read-only folder, a lock of somebody else. */
export function notWritable(cause: unknown): Failure {
  const stderr = cause instanceof GitError ? cause.stderr.split('\n')[0] : String(cause);
  return new Failure('upstream', 'repository-not-writable', `Git could not write to the repository: ${stderr}`, {
    hint: 'Check the free space and the permissions of .git, then run the publish stage again: --run latest --from publish.',
    cause,
  });
}
