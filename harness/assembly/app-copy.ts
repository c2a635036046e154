/** A copy of the app for one worker of a screening: runs the patch that it is told to, from where its data began. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SwitchesAsked } from '../adapters/app/control-channel.ts';
import { runToEnd } from '../adapters/app/process-group.ts';
import { type AppRequest, type RunningApp, startApp } from '../adapters/app/start-app.ts';
import { SELECT } from '../validation/together/switched-tree.ts';
import type { TrialGround } from './open-trial.ts';
import type { TrialProject } from './trial-sentry.ts';

const RESET_LIMIT_MS = 60_000;

export interface AppCopy {
  readonly url: string;
  switches(): Omit<SwitchesAsked, 'recent'>;
  /** Whether the server came by one of these patches once and, in the last turn, by none: what it made there, it keeps. */
  keeps(numbers: readonly number[]): boolean;
  /** Runs a patch from now on; `isFresh`: in a server that is started with it. True where it was. */
  take(number: number, isFresh: boolean): Promise<boolean>;
  /** A scenario may have changed its data. */
  soil(): void;
  close(): Promise<void>;
}

/**
 * A copy of the app that puts its data back where it began, or starts anew, after a scenario that wrote; it also starts anew
 * for a patch of what the server runs while it starts, or once.
 */
export async function openCopy(
  ground: TrialGround,
  {
    project,
    root,
    logs,
    port,
    build,
  }: { project: TrialProject; root: string; logs: string; port: number | undefined; build: boolean },
): Promise<AppCopy> {
  await mkdir(logs, { recursive: true });
  const request: AppRequest = {
    app: ground.config.app,
    root,
    logs,
    env: { ...ground.env, MENDWRIGHT_SELECT: `${SELECT} -1` },
    sentry: {
      dsn: project.dsn,
      environment: 'mendwright',
      release: ground.release,
      mirror: ground.mirrors ? project.mirror : undefined,
    },
    build,
    port,
    signal: ground.signal,
  };
  let app = await startApp(request);
  let isSoiled = false;
  /** What it chose while it started stays chosen until it starts anew. */
  let hasChosen = false;
  const seen = { reached: new Set<number>(), asked: new Set<number>(), early: new Set<number>() };
  const switches = (): typeof seen => {
    const now = app.switches();
    for (const kind of ['reached', 'asked', 'early'] as const) for (const one of now[kind]) seen[kind].add(one);
    return seen;
  };
  return {
    url: app.url,
    switches,
    keeps: (numbers) => {
      const { asked, recent } = app.switches();
      return numbers.some((one) => asked.has(one)) && !numbers.some((one) => recent.has(one));
    },
    take: async (number, isFresh) => {
      const isEarly = isFresh || switches().early.has(number);
      if (isEarly || hasChosen) {
        await app.stop();
        const chosen = `${SELECT} ${isEarly ? number : -1}`;
        app = await startAnew({ ...request, env: { ...request.env, MENDWRIGHT_SELECT: chosen } }, app);
      } else if (isSoiled || !app.isAlive()) app = await putBack(ground, { app, request });
      hasChosen = isEarly;
      isSoiled = false;
      await app.select(SELECT, number);
      return isEarly;
    },
    soil: () => {
      isSoiled = true;
    },
    close: () => app.stop(),
  };
}

function startAnew(request: AppRequest, { port }: RunningApp): Promise<RunningApp> {
  return startApp({ ...request, build: false, port });
}

/** By `app.reset` where there is one and it works, else by a new start at the same address. */
async function putBack(
  ground: TrialGround,
  { app, request }: { app: RunningApp; request: AppRequest },
): Promise<RunningApp> {
  // What puts the data back is the app as it was.
  if (app.isAlive()) await app.select(SELECT, -1);
  if (app.isAlive() && (await hasReset(ground.config.app.reset, { app, request }))) return app;
  await app.stop();
  return startAnew(request, app);
}

async function hasReset(
  reset: string | undefined,
  { app, request }: { app: RunningApp; request: AppRequest },
): Promise<boolean> {
  if (reset === undefined) return false;
  if (!reset.startsWith('/')) {
    const log = join(request.logs, 'reset.log');
    const env = { ...request.env, PORT: String(app.port) };
    return (await runToEnd({ command: reset, cwd: request.root, env, log }, { timeoutMs: RESET_LIMIT_MS })) === 0;
  }
  const signal = AbortSignal.timeout(RESET_LIMIT_MS);
  return fetch(`${app.url}${reset}`, { method: 'POST', signal }).then(
    ({ ok }) => ok,
    () => false,
  );
}
