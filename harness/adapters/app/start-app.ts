/** The app under test: built, started by its own command on a free port, watched until ready, ended as a whole. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../../model/config.ts';
import { Failure } from '../../model/failure.ts';
import type { ThrowState } from '../../model/throw-state.ts';
import { type OutgoingCall, openControlChannel, type SwitchesAsked } from './control-channel.ts';
import { listenLocally } from './listen-locally.ts';
import { type ProcessGroup, runToEnd, startGroup } from './process-group.ts';

export interface AppRequest {
  readonly app: Config['app'];
  /** Absolute path of the app's root in the worktree. */
  readonly root: string;
  /** Absolute path of a folder for logs. */
  readonly logs: string;
  /** The whole environment of build and start, before PORT, SENTRY_* and `app.env` are added. */
  readonly env: Readonly<Record<string, string>>;
  readonly sentry: AppSentry;
  /** False when this very worktree was built in the same environment before. */
  readonly build: boolean;
  readonly signal?: AbortSignal | undefined;
  /** The port on which this app ran before; a free one when left out. */
  readonly port?: number | undefined;
  /** Told where the app will answer, before it is built. */
  readonly onUrl?: (url: string) => void;
}

export interface AppSentry {
  readonly dsn: string;
  readonly environment: string;
  readonly release: string;
  /** Where a Node SDK sends every envelope as well, whatever its DSN (SENTRY_SPOTLIGHT); nowhere when left out. */
  readonly mirror?: string | undefined;
}

export interface RunningApp {
  /** Without a closing slash. */
  readonly url: string;
  readonly port: number;
  /** Calls that the app's server made to other hosts, oldest first. */
  outgoing(): OutgoingCall[];
  /** Raises an error inside every server process that has a Sentry SDK; returns how many there were. */
  raiseControlEvent(text: string): Promise<number>;
  /** Lets every server process copy the values at throws whose message matches a pattern; none without patterns. */
  pauseAtThrow(patterns: readonly string[], expressions?: readonly string[]): Promise<number>;
  /** What they copied so far, oldest first. */
  throws(): ThrowState[];
  /** Lets every server process count the calls of its functions, or count them no more; `coveragePort` hands the counts out. */
  cover(on: boolean): Promise<number>;
  readonly coveragePort: number;
  /** Has every server process run a patch of a switched tree; see ControlChannel. */
  select(name: string, number: number): Promise<number>;
  /** Which switches of a tree its processes asked so far. */
  switches(): SwitchesAsked;
  /** The last lines that the app printed. */
  tail(lines: number): string;
  isAlive(): boolean;
  stop(): Promise<void>;
}

const BUILD_LIMIT_MS = 10 * 60_000;
const FREE_MS = 1_000;

/** Throws a usage Failure: `app-build-failed`, `app-crashed`, `app-not-ready`, `port-taken`. */
export async function startApp(request: AppRequest): Promise<RunningApp> {
  const { app, sentry } = request;
  const port = request.port ?? (await choosePort(app.url));
  if (request.port !== undefined) await isFree(request.port);
  const url = app.url.replaceAll('$PORT', String(port)).replace(/\/$/, '');
  request.onUrl?.(url);
  const control = await openControlChannel();
  const env = { ...request.env, ...control.env, ...appVariables(app, { ...sentry, port }) };
  try {
    if (request.build) await prepare(request, { ...env, NODE_OPTIONS: request.env.NODE_OPTIONS ?? '' });
    const group = startGroup({
      command: app.start,
      cwd: request.root,
      env,
      log: join(request.logs, 'app.log'),
      limits: app.limits,
    });
    try {
      await untilReady(group, `${url}${app.ready}`, request);
    } catch (error) {
      await group.end();
      throw error;
    }
    return {
      url,
      port,
      outgoing: () => control.outgoing().filter((call) => !call.url.startsWith(`${url}/`)),
      raiseControlEvent: (text) => control.raiseControlEvent(text),
      pauseAtThrow: (patterns, expressions) => control.pauseAtThrow(patterns, expressions),
      throws: () => control.throws(),
      cover: (on) => control.cover(on),
      coveragePort: control.port,
      select: (name, number) => control.select(name, number),
      switches: () => control.switches(),
      tail: (lines) => group.tail(lines),
      isAlive: () => group.exitCode() === undefined,
      stop: async () => {
        await group.end();
        await control.close();
      },
    };
  } catch (error) {
    await control.close();
    throw error;
  }
}

/** PORT, SENTRY_* and `app.env` with its placeholders replaced. */
function appVariables(app: Config['app'], given: AppSentry & { readonly port: number }): Record<string, string> {
  const values: Record<string, string> = {
    PORT: String(given.port),
    SENTRY_DSN: given.dsn,
    SENTRY_ENVIRONMENT: given.environment,
    SENTRY_RELEASE: given.release,
  };
  const filled = Object.entries(app.env).map(([name, text]): [string, string] => [
    name,
    text.replace(
      /\$(PORT|SENTRY_DSN|SENTRY_ENVIRONMENT|SENTRY_RELEASE)\b/g,
      (whole, key: string) => values[key] ?? whole,
    ),
  ]);
  const mirror = given.mirror === undefined ? {} : { SENTRY_SPOTLIGHT: given.mirror };
  return { ...values, ...mirror, ...Object.fromEntries(filled) };
}

async function prepare(request: AppRequest, env: Readonly<Record<string, string>>): Promise<void> {
  const steps = [
    { name: 'install', command: request.app.install },
    { name: 'build', command: request.app.build },
  ];
  for (const { name, command } of steps) {
    if (command === undefined) continue;
    const log = join(request.logs, `${name}.log`);
    const limits = { timeoutMs: BUILD_LIMIT_MS, ...(request.signal && { signal: request.signal }) };
    const code = await runToEnd({ command, cwd: request.root, env, log, limits: request.app.limits }, limits);
    request.signal?.throwIfAborted();
    if (code === 0) continue;
    throw new Failure('usage', `app-${name}-failed`, `app.${name} (${command}) ended with exit code ${code}.`, {
      hint: code === 127 ? 'The command was not found; is it installed?' : `Its output is in ${log}.`,
    });
  }
}

async function choosePort(url: string): Promise<number> {
  const fixed = /^https?:\/\/(?:\[[^\]]+\]|[^/:]+):(\d+)/.exec(url)?.[1];
  if (fixed === undefined) return url.includes('$PORT') ? await freePort() : 0;
  const port = Number(fixed);
  if (!(await isFree(port))) {
    throw new Failure('usage', 'port-taken', `Port ${port} of app.url is taken by another process.`, {
      hint: 'Stop that process, or write app.url with $PORT so that a free port is chosen.',
    });
  }
  return port;
}

/** One that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenLocally(server);
  server.close();
  await once(server, 'close');
  return port;
}

/** An app that was ended just now may hold its port until the last of its threads is gone. */
async function isFree(port: number): Promise<boolean> {
  for (const deadline = performance.now() + FREE_MS; performance.now() < deadline; await wait(25)) {
    if (!(await isAnswered(port))) return true;
  }
  return !(await isAnswered(port));
}

function isAnswered(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function untilReady(group: ProcessGroup, url: string, { app, signal, logs }: AppRequest): Promise<void> {
  const deadline = performance.now() + app.readySeconds * 1_000;
  let seen = 'no answer';
  while (performance.now() < deadline) {
    signal?.throwIfAborted();
    const code = group.exitCode();
    if (code !== undefined) throw crashed(code, { app, group, logs });
    const status = await statusOf(url);
    if (status !== undefined && status >= 200 && status < 300) return;
    if (status !== undefined) seen = `status ${status}`;
    await wait(25);
  }
  throw new Failure(
    'usage',
    'app-not-ready',
    `The app did not answer ${url} with 2xx within ${app.readySeconds} s (${seen}).`,
    { hint: `Check app.ready and app.url; the app’s output is in ${join(logs, 'app.log')}.` },
  );
}

function crashed(code: number, at: { app: Config['app']; group: ProcessGroup; logs: string }): Failure {
  const printed = at.group
    .tail(60)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const last = printed.findLast((line) => /error|cannot|not found|failed/i.test(line)) ?? printed.at(-1) ?? '';
  const taken = /EADDRINUSE/.test(at.group.tail(40));
  if (taken) {
    return new Failure('usage', 'port-taken', 'The app could not take its port: EADDRINUSE.', {
      hint: 'Let app.start use the PORT that it is given.',
    });
  }
  return new Failure(
    'usage',
    'app-crashed',
    `The app (${at.app.start}) ended with exit code ${code} before it was ready.`,
    {
      hint: last === '' ? 'It printed nothing.' : `It printed: ${last} (all of it in ${join(at.logs, 'app.log')}).`,
    },
  );
}

async function statusOf(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}
