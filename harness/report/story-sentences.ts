/** What all reports say of an issue in plain sentences: its cause, its place, and the evidence for its patch. */
import type { RunRecord } from '../model/run-record.ts';
import type { ScenarioRef, ScenarioRun } from '../model/scenario.ts';
import type { SourcePosition } from '../model/suspect.ts';
import type { Tally } from '../model/verdict.ts';
import type { Confirmed, IssueStory } from './issue-story.ts';
import { count, formatDay, listing } from './night-words.ts';

/** `src/cart.ts:42` */
export function placeOf({ file, line }: SourcePosition): string {
  return `${file}:${line}`;
}

/** Two sentences: what happened and where, and what is held to have brought it. */
export function causeOf(story: IssueStory): [string, string] {
  const [suspect] = story.suspects;
  if (suspect === undefined)
    return [`${story.issue.title}.`, story.outcome?.detail ?? 'No place in the source was found.'];
  const error = [suspect.errorType, suspect.message].filter(Boolean).join(': ') || story.issue.title;
  const thrown = story.thrownAt ?? suspect;
  const inFunction = thrown.function === undefined ? '' : ` in ${thrown.function}()`;
  const first = `${error.replace(/[.\s]+$/, '')}, thrown${inFunction} at ${placeOf(thrown)}.`;
  const { commit } = suspect;
  if (commit) {
    const brought = story.thrownAt ? `The cause is held to lie in ${placeOf(suspect)}, brought by` : 'It came with';
    return [
      first,
      `${brought} commit ${shortSha(commit.sha)} “${commit.subject}” (${commit.author}, ${formatDay(commit.at)}).`,
    ];
  }
  const reason = suspect.reasons[0] ?? 'It is the best place that the stack names.';
  return [first, story.thrownAt ? `The cause is held to lie in ${placeOf(suspect)}: ${reason}` : reason];
}

export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

/** `cart.spec.ts › pays with an empty cart`, with the project where there is one. */
export function scenarioName({ file, titlePath, project }: ScenarioRef): string {
  const name = [file.split('/').at(-1) ?? file, ...titlePath].join(' › ');
  return project === '' ? name : `${name} [${project}]`;
}

export function scenarioNames(record: RunRecord): Map<string, string> {
  return new Map(record.scenarios.map(({ scenario }) => [scenario.id, scenarioName(scenario)]));
}

export type ScenarioColour = 'red' | 'green' | 'flaky' | 'skipped';

export function colourOf(run: ScenarioRun, record: RunRecord): ScenarioColour {
  if (record.flaky.includes(run.scenario.id)) return 'flaky';
  if (record.red.includes(run.scenario.id)) return 'red';
  return run.status === 'skipped' ? 'skipped' : 'green';
}

/** Scenarios by colour; skipped ones are in none of the numbers. */
export function countScenarios(record: RunRecord): { total: number; red: number; green: number; flaky: number } {
  const colours = record.scenarios.map((run) => colourOf(run, record));
  const of = (colour: ScenarioColour): number => colours.filter((one) => one === colour).length;
  return { total: colours.length - of('skipped'), red: of('red'), green: of('green'), flaky: of('flaky') };
}

export interface Evidence {
  readonly what: string;
  readonly seen: string;
  /** False for what a reviewer should look at. */
  readonly isGood: boolean;
}

export function sum(tallies: readonly Tally[]): { green: number; red: number; runs: number } {
  const green = tallies.reduce((all, tally) => all + tally.green, 0);
  const runs = tallies.reduce((all, tally) => all + tally.runs, 0);
  return { green, runs, red: runs - green };
}

/** What was seen of a confirmed patch, in the order in which a reviewer doubts it. */
export function evidenceOf(proof: Confirmed): Evidence[] {
  const [base, patched] = [sum(proof.base), sum(proof.patched)];
  const control =
    proof.controls.length > 0
      ? `an error raised on purpose in ${listing(proof.controls)} still arrives`
      : 'not shown: on the base, no control event arrived either';
  return [
    { what: 'Before', seen: `red in ${base.red} of ${base.runs} runs`, isGood: base.red === base.runs },
    {
      what: 'With the patch',
      seen: `green in ${patched.green} of ${patched.runs} runs`,
      isGood: patched.green === patched.runs,
    },
    { what: 'By chance', seen: `${formatP(proof.pValue)} (Fisher’s exact test)`, isGood: proof.pValue < 0.01 },
    { what: 'At Sentry', seen: 'the old error no longer arrives, no new one does', isGood: true },
    { what: 'Monitoring', seen: control, isGood: proof.controls.length > 0 },
    { what: 'Other scenarios', seen: others(proof.others), isGood: true },
    ...proof.checks.map(({ command, base: before, patched: after }) => ({
      what: 'Check',
      seen: `${command}: ${after}${before === after ? ', as before' : `, was ${before}`}`,
      isGood: after === 'green',
    })),
    proof.strength === 'strong'
      ? { what: 'Strength', seen: 'strong: undoing the patched value turns it red again', isGood: true }
      : { what: 'Strength', seen: 'weak: not shown that undoing the patched value turns it red again', isGood: false },
  ];
}

function others(number: number): string {
  return number === 0 ? 'there are none' : `${count(number, 'other one', 'other ones')} as green as before`;
}

export function formatP(pValue: number): string {
  return pValue < 0.001 ? 'p < 0.001' : `p = ${pValue.toFixed(3)}`;
}

/** Nothing to type where no branch was written. */
export function commandsOf(story: IssueStory, record: RunRecord): string[] {
  const branch = story.outcome?.branch;
  if (branch === undefined || isOnlyPlanned(record)) return [];
  return [`git show ${branch}`, `git switch ${branch}`];
}

/** A dry run names the branch it would have written. */
export function isOnlyPlanned(record: RunRecord): boolean {
  return record.dryRun;
}

/** The night in one sentence. */
export function headlineOf(record: RunRecord, stories: readonly IssueStory[]): string {
  const { red, flaky, total } = countScenarios(record);
  if (stories.length === 0) {
    return red + flaky === 0
      ? `All ${count(total, 'scenario')} green: nothing to mend.`
      : `${count(red + flaky, 'scenario')} red, but no issue came of it.`;
  }
  const withBranch = stories.filter(({ outcome }) => outcome?.branch !== undefined).length;
  const found = `${count(stories.length, 'issue')} found`;
  if (record.command === 'run') return `${found} in ${count(total, 'scenario')}; this run proposes no patches.`;
  if (withBranch === 0) return `${found}, none mended.`;
  const verb = record.dryRun ? 'would get' : withBranch === 1 ? 'has' : 'have';
  return `${found}, ${withBranch} of them ${verb} a proven branch.`;
}
