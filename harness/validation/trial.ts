/** A trial: the app at the base commit, with or without a patch, running against a Sentry project of its own. */
import type { ErrorEvent } from '../model/red.ts';
import type { ScenarioRef, ScenarioRun } from '../model/scenario.ts';
import type { SeenThrow, ThrowState } from '../model/throw-state.ts';
import type { AnswerShape, CalledFunction } from '../model/witness.ts';

export interface TrialRunRequest {
  /** Just these scenarios; all when left out. */
  readonly only?: readonly ScenarioRef[];
  /** All scenarios of one spec file instead. */
  readonly file?: string;
  /** How often each; once when left out. */
  readonly repeat?: number;
  /** Just these are repeated, the others run once; all when left out. */
  readonly repeated?: readonly ScenarioRef[];
  /** End a scenario at its first app error: used where red is expected, to learn it sooner. */
  readonly stopAtError?: boolean;
  /** Text of an uncaught error that is raised in the page when a scenario has ended. */
  readonly controlEvent?: string;
  /** Patterns of error messages: the debugger copies the values at such throws, in page and server. */
  readonly atThrow?: readonly string[];
  /** Expressions to evaluate in the throwing frame then, without side effects; see ThrowState.evaluated. */
  readonly evaluate?: readonly string[];
  /** Note what a comparison of runs needs: called functions, and the form of answers. */
  readonly compare?: boolean;
  /** Keep a trace, and a screenshot also where it is green, of the first repetition of each that is repeated. */
  readonly trace?: boolean;
  /** Spec files to put in place for this run only, path relative to the app's root -> text. */
  readonly replacedFiles?: ReadonlyMap<string, string>;
}

/** One run with the Sentry events that it caused. */
export interface TrialRun {
  readonly run: ScenarioRun;
  readonly events: readonly ErrorEvent[];
  readonly red: boolean;
}

/** An issue in the trial's own Sentry. */
export interface SeenIssue {
  readonly issueId: string;
  readonly shortId: string;
  readonly title: string;
  readonly hashes: readonly string[];
}

/** A call that the app's server made to another host. */
export interface ServiceCall {
  readonly method: string;
  readonly url: string;
  readonly status?: number | undefined;
  readonly error?: string | undefined;
  readonly at: string;
  /** The request that the server was answering when it made this call, where somebody saw it. */
  readonly during?: { readonly method: string; readonly path: string } | undefined;
}

export interface Trial {
  /** Address of this trial's app, without a closing slash. */
  readonly url: string;
  run(request: TrialRunRequest): Promise<readonly TrialRun[]>;
  /** Every issue of level error or fatal that arrived so far, control events included. */
  issues(): Promise<readonly SeenIssue[]>;
  serviceCalls(): readonly ServiceCall[];
  /** Throws of the server that the debugger looked at; those of pages are with their runs. */
  serverThrows(): readonly ThrowState[];
  /** The same in the repository's own files and names; asked while the trial is open. */
  readThrow(state: ThrowState): Promise<SeenThrow>;
  /** What a run that was compared called and was answered, in the repository's own names; asked while the trial is open. */
  readWitness(
    run: ScenarioRun,
  ): Promise<{ readonly called: readonly CalledFunction[]; readonly answers: readonly AnswerShape[] }>;
  /** Raises `text` in the server's own runtime; returns the number of processes that did. */
  raiseServerControl(text: string): Promise<number>;
  /** Waits until an event whose title contains `text` was ingested; false after a bounded time. */
  waitForTitle(text: string): Promise<boolean>;
  check(command: string): Promise<'green' | 'red'>;
  close(): Promise<void>;
}
