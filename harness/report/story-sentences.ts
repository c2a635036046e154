/** What all reports say of an issue in plain sentences: its cause, its place, and the evidence for its patch. */
import type { RunRecord } from '../model/run-record.ts';
import type { ScenarioRef, ScenarioRun } from '../model/scenario.ts';
import type { SourcePosition } from '../model/suspect.ts';
import type { Tally, Verdict } from '../model/verdict.ts';
import type { Confirmed, IssueStory } from './issue-story.ts';
import { count, formatDay, formatSeconds, listing, RUNGS, VERDICTS } from './night-words.ts';

/** `src/cart.ts:42` */
export function placeOf({ file, line }: SourcePosition): string {
  return `${file}:${line}`;
}

/** Where Sentry saw it thrown, unmapped; else its culprit. Used where no suspect is known. */
export function seenPlaceOf({ issue }: IssueStory): string | undefined {
  const frame = issue.event.exceptions.at(-1)?.frames.findLast(({ inApp }) => inApp);
  if (frame?.line !== undefined) return `${frame.file}:${frame.line}`;
  return issue.culprit === '' ? undefined : issue.culprit;
}

/** One or two sentences: where it was thrown and when, and what is held to have brought it. */
export function causeOf(story: IssueStory, names: ReadonlyMap<string, string>): string[] {
  const [suspect] = story.suspects;
  const [first, ...more] = story.issue.scenarios.map((id) => names.get(id) ?? id);
  const others = more.length === 0 ? '' : ` and ${count(more.length, 'other')}`;
  const when = first === undefined ? '' : ` while “${titleIn(first)}”${others} ran`;
  if (suspect === undefined) {
    const place = seenPlaceOf(story);
    const verb = story.issue.runtime === 'scenario' ? 'The scenario failed' : 'Thrown';
    return [place === undefined ? `It came${when}.` : `${verb} at ${place}${when}.`];
  }
  const thrown = story.thrownAt ?? suspect;
  const inFunction = thrown.function === undefined ? '' : ` in ${thrown.function}()`;
  const where = `Thrown${inFunction} at ${placeOf(thrown)}${when}.`;
  const { commit } = suspect;
  if (commit) {
    const brought = story.thrownAt ? `The cause is held to lie in ${placeOf(suspect)}, changed by` : 'It came with';
    return [
      where,
      `${brought} commit ${shortSha(commit.sha)} “${commit.subject}” (${commit.author}, ${formatDay(commit.at)}).`,
    ];
  }
  const reason = suspect.reasons[0] ?? 'It is the best place that the stack names.';
  return [where, story.thrownAt ? `The cause is held to lie in ${placeOf(suspect)}: ${reason}` : reason];
}

export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}

/** `cart.spec.ts › pays with an empty cart`, with the project where there is one. */
export function scenarioName({ file, titlePath, project }: ScenarioRef): string {
  const name = [file.split('/').at(-1) ?? file, ...titlePath].join(' › ');
  return project === '' ? name : `${name} [${project}]`;
}

const namesOf = new WeakMap<RunRecord['scenarios'], ReadonlyMap<string, string>>();

/** By id; made once for a record, since each of its issues asks for it. */
export function scenarioNames({ scenarios }: RunRecord): ReadonlyMap<string, string> {
  const known = namesOf.get(scenarios);
  if (known !== undefined) return known;
  const names = new Map(scenarios.map(({ scenario }) => [scenario.id, scenarioName(scenario)]));
  namesOf.set(scenarios, names);
  return names;
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
    ...(proof.likeness === undefined
      ? []
      : [
          {
            what: 'Likeness',
            seen: `the page is ${Math.round(proof.likeness * 100)} % like the one of the last green run`,
            isGood: proof.likeness >= 0.5,
          },
        ]),
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

/** What looking for the patch took. */
export function effortOf({ proposed, screened, confirmed, outcome }: IssueStory): string {
  const counts = `${count(proposed, 'candidate')} proposed, ${screened} run, ${confirmed} confirmed`;
  return `${counts}, in ${formatSeconds(outcome?.seconds ?? 0)}`;
}

/** Nothing to type where no branch was written. */
export function commandsOf(story: IssueStory, record: RunRecord): string[] {
  const branch = story.outcome?.branch;
  if (branch === undefined || isOnlyPlanned(record)) return [];
  return [`git show ${branch}`, `git switch ${branch}`, `npx mendwright prove ${branch}`];
}

/** A dry run names the branch it would have written. */
export function isOnlyPlanned(record: RunRecord): boolean {
  return record.dryRun;
}

/** The night in one sentence. */
export function headlineOf(record: RunRecord): string {
  const { red, flaky, total } = countScenarios(record);
  const issues = record.issues.length;
  if (issues === 0) {
    if (red + flaky > 0) return `${count(red + flaky, 'scenario')} red, but no issue came of it.`;
    return `${total === 1 ? 'The scenario is' : `All ${total} scenarios are`} green: nothing to mend.`;
  }
  if (record.command === 'run') return `${count(issues, 'issue')} found; this run proposes no patches.`;
  // A title stands where the issue did not come this night.
  const mended = record.outcomes.filter(({ branch, title }) => branch !== undefined && title === undefined);
  const branches = new Set(mended.map(({ branch }) => branch)).size;
  if (branches === 0) return `${count(issues, 'issue')} found, ${issues === 1 ? 'not' : 'none'} mended.`;
  const of = `${mended.length} of ${count(issues, 'issue')}`;
  if (isOnlyPlanned(record)) return `${count(branches, 'proven patch', 'proven patches')} would mend ${of}.`;
  return `${count(branches, 'proven branch', 'proven branches')} ${branches === 1 ? 'mends' : 'mend'} ${of}.`;
}

/** Nobody asks about less, unless Sentry is somebody else's. */
const LONG_MS = 2_000;

/** The night's own notes, and how long Sentry took where that is worth telling. */
export function notesOf({ notes, ingestion }: RunRecord): string[] {
  if (ingestion === undefined || !(ingestion.isHosted || ingestion.slowestMs > LONG_MS)) return notes;
  const { events, medianMs, slowestMs } = ingestion;
  const slowest = formatSeconds(slowestMs / 1000);
  if (events === 1) return [...notes, `After the scenarios had ended, Sentry took ${slowest} to know the event.`];
  return [
    ...notes,
    `After the scenarios had ended, Sentry took up to ${slowest} to know an event, ${formatSeconds(medianMs / 1000)} in the median of ${events}.`,
  ];
}

/** `confirmed (weak)`; `not confirmed, fell at its first run`. */
export function verdictWords(verdict: Verdict): string {
  if (verdict.kind === 'confirmed') return `${VERDICTS.confirmed} (${verdict.strength})`;
  return `${VERDICTS[verdict.kind]}, fell ${RUNGS[verdict.rung]}`;
}

/** The test's own title in what `scenarioName` made. */
function titleIn(name: string): string {
  return (name.split(' › ').at(-1) ?? name).replace(/ \[[^\]]*\]$/, '');
}

/** What waits for another night and why, by short id. */
export function deferredOf({ outcomes, issues }: RunRecord): { shortId: string; title: string; why: string }[] {
  return outcomes
    .filter(({ result }) => result === 'limit-reached')
    .map(({ shortId, detail }) => {
      const title = issues.find((issue) => issue.shortId === shortId)?.title ?? '';
      return { shortId, title, why: detail };
    });
}
