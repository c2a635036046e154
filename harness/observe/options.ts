/** What the harness tells the watching fixture, as JSON in one environment variable. */
import type { Screening } from './screening.ts';

export const OPTIONS_VARIABLE = 'MENDWRIGHT_OBSERVE';

export interface ObserveOptions {
  /** Absolute path of the app's root: scenario files are named relative to it. */
  readonly root: string;
  /** Absolute path of the suite's configuration. */
  readonly config: string;
  /** Absolute path of the folder that takes records and screenshots. */
  readonly folder: string;
  /** Address of the app; every other origin is a third party. */
  readonly baseUrl: string;
  /** Chromium to use where the suite's own Playwright has none. */
  readonly executablePath?: string;
  /** Flags that Chromium is started with besides. */
  readonly browserArgs?: readonly string[];
  /** A file that comes to be when the app is ready; the suite loads meanwhile, and begins then. */
  readonly until?: string;
  /** False where Chromium's sandbox cannot work. */
  readonly sandbox: boolean;
  /** End a scenario at the first error of the app. */
  readonly stopAtError: boolean;
  /** Let a failed scenario not cost its worker and browser. */
  readonly keepWorkers: boolean;
  /** How often each scenario is registered. */
  readonly repeat: number;
  /** Titles of those that are repeated; all when left out. */
  readonly repeated?: readonly string[];
  /** Patterns of what is overlooked. */
  readonly mute?: readonly string[];
  /** Text of an uncaught error to raise when a scenario has ended, in its last page if a Sentry SDK is there. */
  readonly controlEvent?: string;
  /** Patterns of messages: the debugger copies the values at such throws, in the first repetition of each scenario. */
  readonly atThrow?: readonly string[];
  /** Expressions to evaluate in the throwing frame then, without side effects. */
  readonly evaluate?: readonly string[];
  /** Note called functions and the form of answers; servers are asked for theirs at this port of the harness. */
  readonly compare?: { readonly port: number };
  /** Keep a trace of the first repetition of each scenario that is repeated, and a screenshot also where it is green. */
  readonly trace?: boolean;
  /** Patches to screen in one run; each worker has an app of its own. */
  readonly screening?: Screening;
}

/** Undefined outside of a run of the harness. Written by run-suite.ts, so its form is trusted. */
export function readOptions(env: NodeJS.ProcessEnv): ObserveOptions | undefined {
  const text = env[OPTIONS_VARIABLE];
  if (text === undefined) return undefined;
  const options: ObserveOptions = JSON.parse(text);
  const app = options.screening?.apps[Number(env.TEST_PARALLEL_INDEX)];
  return app === undefined ? options : { ...options, baseUrl: app };
}
