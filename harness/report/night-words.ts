/** The words that all reports share: what each result means to a person, and what to do next. */
import type { EarlierOutcome, Stage } from '../model/run-record.ts';
import type { IssueResult } from '../model/stage-result.ts';
import type { Rung, Verdict } from '../model/verdict.ts';

/** `mended`: a branch waits. `open`: an error remains. `aside`: nothing to mend here tonight. */
export type Tone = 'mended' | 'open' | 'aside';

export interface ResultWords {
  readonly label: string;
  readonly tone: Tone;
  /** The next step of a person, as a sentence. */
  readonly next: string;
}

export const RESULTS: Readonly<Record<IssueResult, ResultWords>> = {
  'branch-created': { label: 'branch created', tone: 'mended', next: 'Review the branch and merge it.' },
  'branch-updated': { label: 'branch updated', tone: 'mended', next: 'Review the branch and merge it.' },
  'no-work': {
    label: 'unchanged',
    tone: 'aside',
    next: 'Nothing it rests on has changed since an earlier night; that night’s result still holds.',
  },
  'no-patch': {
    label: 'no patch',
    tone: 'open',
    next: 'Start at the place named above; the fallen candidates show what does not help.',
  },
  'hides-error': {
    label: 'hides the error',
    tone: 'open',
    next: 'Mend the cause by hand: what turned it green only kept the error out of sight.',
  },
  regressed: {
    label: 'would break something',
    tone: 'open',
    next: 'Mend it by hand: what turned it green broke something else, named above.',
  },
  'not-reproduced': {
    label: 'not reproduced',
    tone: 'aside',
    next: 'Wait for it to come again, or look at the event: it may depend on data or time.',
  },
  flaky: {
    label: 'flaky',
    tone: 'aside',
    next: 'Make the scenario, or what it waits for, certain; until then no cure can be told from luck.',
  },
  outage: {
    label: 'outage',
    tone: 'aside',
    next: 'Ask whoever runs that service; decide whether the app should bear its absence.',
  },
  'scenario-wrong': {
    label: 'expectation in doubt',
    tone: 'aside',
    next: 'Decide which is right: the scenario or the app.',
  },
  'fixed-on-base': { label: 'fixed on the base', tone: 'mended', next: 'Delete the branch; the base is mended.' },
  'edited-by-human': {
    label: 'edited by a person',
    tone: 'aside',
    next: 'The branch holds somebody’s commits and was left alone; finish it, or delete it.',
  },
  'rejected-before': {
    label: 'rejected before',
    tone: 'open',
    next: 'Mend it by hand; the rejected patch is not proposed again while the evidence is the same.',
  },
  'limit-reached': {
    label: 'deferred',
    tone: 'open',
    next: 'Merge or reject branches that wait, or raise publish.maxBranches or publish.maxOpen; the next night goes on with it.',
  },
  'pipeline-broken': {
    label: 'monitoring is blind',
    tone: 'open',
    next: 'Look at DSN, Content-Security-Policy and tunnel: the error never reached Sentry.',
  },
  errored: {
    label: 'harness failed',
    tone: 'open',
    next: 'Run `mendwright fix` for this issue again; if it fails again, report it with this run’s folder.',
  },
};

/** Shown where a night did not come to a result, as in `mendwright run`. */
export const NOT_MENDED: ResultWords = {
  label: 'found',
  tone: 'open',
  next: 'Run `mendwright nightly` to have patches proposed and tried.',
};

/** How a branch of an earlier night stands. */
export const EARLIER: Readonly<Record<EarlierOutcome['state'], Pick<ResultWords, 'label' | 'tone'>>> = {
  waiting: { label: 'waits for review', tone: 'mended' },
  'edited-by-human': { label: 'edited by a person', tone: 'aside' },
  merged: { label: 'merged', tone: 'mended' },
  released: { label: 'merged and green', tone: 'mended' },
  'green-again': { label: 'green without it', tone: 'aside' },
  blocked: { label: 'rejected', tone: 'aside' },
  regressed: { label: 'came again', tone: 'open' },
};

export const RUNGS: Readonly<Record<Rung, string>> = {
  static: 'at sight',
  build: 'at build or start',
  screen: 'at its first run',
  confirm: 'when repeated',
  oracle: 'by what Sentry received',
  regress: 'by what it broke',
};

/** The order of the ladder. */
export const RUNG_ORDER: readonly Rung[] = ['static', 'build', 'screen', 'confirm', 'oracle', 'regress'];

export const VERDICTS: Readonly<Record<Verdict['kind'], string>> = {
  confirmed: 'confirmed',
  unconfirmed: 'not confirmed',
  'hides-error': 'hides the error',
  regressed: 'breaks something',
  flaky: 'green only sometimes',
  errored: 'could not be tried',
};

export const STAGES: Readonly<Record<Stage, string>> = {
  run: 'Run the scenarios',
  collect: 'Collect the issues',
  reproduce: 'Reproduce them',
  localise: 'Find the place',
  propose: 'Propose patches',
  validate: 'Prove one',
  publish: 'Write branches',
};

/** `1 branch`, `3 branches`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `0.4 s`, `52 s`, `3 min 05 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const MINUTE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** `23 Nov 2026`; what is no date stays as it is. */
export function formatDay(at: string): string {
  return Number.isNaN(Date.parse(at)) ? at : DAY.format(new Date(at));
}

/** `23 Nov 2026, 02:00 UTC`. */
export function formatMinute(at: string): string {
  return Number.isNaN(Date.parse(at)) ? at : `${MINUTE.format(new Date(at))} UTC`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listing(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
