/** The ladder for one patch: build and start it, screen it, confirm it, listen for its errors, look for what it broke. */
import type { Case } from '../model/case.ts';
import { Failure } from '../model/failure.ts';
import type { Patch } from '../model/patch.ts';
import { distinctScenarios, type ScenarioRun } from '../model/scenario.ts';
import type { Rung, Tally, Verdict } from '../model/verdict.ts';
import { CONTROL } from './base-facts.ts';
import { type BaseFacts, likeness, sortIssues, tally, totals } from './case.ts';
import { fisherExact } from './fisher.ts';
import type { JudgeTools } from './judge-tools.ts';
import { lostControl, withoutControls } from './oracle.ts';
import { runChecks, sortOthers } from './regress.ts';
import { signatureOf } from './same-error.ts';
import { strengthOf } from './strength.ts';
import type { Trial, TrialRun } from './trial.ts';
import { vanishedDeed } from './vanished.ts';

type Regression = Extract<Verdict, { kind: 'regressed' }>['reason'];

export interface Judgement {
  readonly verdict: Verdict;
  /** Green, but put back because the page looks less like that of the last green run than was asked; 0 to 1. */
  readonly putBack?: number;
}

/** Runs of every red scenario with the patch, and on the base: 5 against 5 give p = 1/252. */
export const RUNS_EACH = 5;
export const LUCK = 0.01;

/** Screens first, and goes on to the costly rungs only with `confirm`. */
export async function judgePatch(one: Case, patch: Patch, base: BaseFacts, tools: JudgeTools): Promise<Judgement> {
  const start = tools.now();
  const say = (kind: 'unconfirmed' | 'flaky', rung: Rung, why: string, patched: readonly Tally[] = []): Judgement => ({
    verdict: { kind, rung, why, ...shared(), patched: [...patched] },
  });
  const regressed = (reason: Regression, why: string, patched: readonly Tally[]): Judgement => ({
    verdict: {
      kind: 'regressed',
      rung: reason === 'raised-new-issue' ? 'oracle' : 'regress',
      reason,
      why,
      ...shared(),
      patched: [...patched],
    },
  });
  const shared = () => ({
    patch: patch.id,
    issue: one.issue.shortId,
    base: [...one.base],
    seconds: (tools.now() - start) / 1000,
  });

  const hides = (rung: Rung, rule: string, why: string, patched: readonly Tally[]): Judgement => ({
    verdict: { kind: 'hides-error', rung, rule, why, ...shared(), patched: [...patched] },
  });

  const unlike = (alike: number, patched: readonly Tally[]): Judgement => {
    const why = `Green, but its page is ${Math.round(alike * 100)} % like the one of the last green run.`;
    return { ...say('unconfirmed', 'screen', why, patched), putBack: alike };
  };
  /** Undefined for a patch that goes on. */
  const screen = async (runs: readonly TrialRun[]): Promise<Judgement | undefined> => {
    const fallen = runs.find(({ red }) => red);
    if (fallen || runs.length < one.scenarios.length) {
      return say('unconfirmed', 'screen', stillRed(fallen), tally(runs));
    }
    const alike = await leastAlike(runs, base);
    if (alike === undefined || alike >= tools.leastLikeness) return undefined;
    return unlike(alike, tally(runs));
  };

  const together = tools.screened(patch);
  const out = together && (await screen(together));
  if (out) return out;
  let trial: Trial;
  try {
    trial = await tools.openTrial(patch);
  } catch (error) {
    if (error instanceof Failure) return say('unconfirmed', 'build', `${error.message}`);
    throw error;
  }
  try {
    // What was green together goes on to the repetitions at once.
    const screened = together ? [] : await trial.run({ only: one.scenarios, stopAtError: true });
    const fallen = together ? undefined : await screen(screened);
    if (fallen) return fallen;
    tools.passed(patch, 'screen');

    // One run for the repetitions of the red scenarios and for everything that ought to be green beside them.
    const control = `${CONTROL} ${patch.id}`;
    const expected = [...one.further, ...base.green];
    const only = distinctScenarios([
      ...one.scenarios,
      ...expected,
      ...tools.others.flatMap(({ scenarios }) => scenarios),
    ]);
    const [all, checks] = await Promise.all([
      trial.run({
        only,
        repeat: together ? RUNS_EACH : RUNS_EACH - 1,
        repeated: one.scenarios,
        controlEvent: `${control} browser`,
        stopAtError: true,
        trace: true,
      }),
      runChecks(trial, tools),
    ]);
    const own = new Set(one.scenarios.map(({ id }) => id));
    const repeated = [...screened, ...all.filter(({ run }) => own.has(run.scenario.id))];
    const patched = tally(repeated);
    const { green, runs } = totals(patched);
    if (green === 0) return say('unconfirmed', 'screen', stillRed(repeated[0]), patched);
    if (green < runs) return say('flaky', 'confirm', `Green in ${green} of ${runs} runs only.`, patched);
    const pValue = fisherExact(totals(one.base), { green, runs });
    if (pValue >= LUCK) {
      return say('unconfirmed', 'confirm', `Could be luck: p = ${pValue.toFixed(3)} for ${green} of ${runs}.`, patched);
    }
    const alike = await leastAlike(
      repeated.filter(({ run }) => run.repetition === 0),
      base,
    );
    if (together && alike !== undefined && alike < tools.leastLikeness) return unlike(alike, patched);
    const deed = await missingDeed(repeated, base);
    if (deed !== undefined)
      return hides('confirm', 'request-gone', `With the patch, ${deed} is no longer sent.`, patched);
    tools.passed(patch, 'confirm');

    const { broken, cured, gone } = await sortOthers(trial, all, { expected, others: tools.others, base }, tools);
    const lost = await lostControl(trial, control, base);
    if (lost !== undefined) {
      const why = `With the patch, an error raised in the ${lost}’s own runtime no longer reaches Sentry.`;
      return hides('oracle', 'control-event', why, patched);
    }
    const known = { ...base, issues: [...base.issues, ...tools.others.map(({ issue }) => signatureOf(issue))] };
    const { old, fresh } = sortIssues(withoutControls(await trial.issues(), control), one, known);
    if (old[0]) return say('unconfirmed', 'oracle', `The old error still arrives: ${old[0].title}`, patched);
    if (fresh[0]) return regressed('raised-new-issue', `A new error arrives: ${fresh[0].title}`, patched);
    tools.passed(patch, 'oracle');

    if (broken[0]) return regressed('broke-other-scenario', `Red with the patch: ${broken.join(', ')}.`, patched);
    const failed = checks.find((check) => check.base === 'green' && check.patched === 'red');
    if (failed) return regressed('broke-check', `The check ${failed.command} was green and is red.`, patched);
    if (gone) return hides('regress', gone.rule, `With the patch, ${gone.what} in ${gone.scenario}.`, patched);
    tools.passed(patch, 'regress');

    return {
      verdict: {
        kind: 'confirmed',
        strength: await strengthOf(one, patch, tools),
        rung: 'regress',
        why: `Red in ${totals(one.base).runs - totals(one.base).green} of ${totals(one.base).runs} runs before, green in ${green} of ${runs} with the patch.`,
        ...shared(),
        patched,
        pValue,
        controls: [...base.controls],
        alsoCures: cured,
        ...(alike !== undefined && { likeness: alike }),
        ...greenRun(repeated),
        others: base.green.length,
        checks,
      },
    };
  } finally {
    await trial.close();
  }
}

/** For people to compare with the red one: what only the search for the cause needs is left out. */
function greenRun(runs: readonly TrialRun[]): { greenRun?: ScenarioRun } {
  const green = runs.filter(({ red }) => !red).map(({ run }) => run);
  const found = green.find(({ trace }) => trace !== undefined) ?? green[0];
  if (found === undefined) return {};
  const { throws: _, witness: __, ...kept } = found;
  return { greenRun: kept };
}

/** Likeness of the scenario whose page differs most; undefined where no last green page is known. */
export async function leastAlike(screened: readonly TrialRun[], base: BaseFacts): Promise<number | undefined> {
  const all = await Promise.all(screened.map(async ({ run }) => likeness(run, await base.lastGreenPage(run.scenario))));
  const known = all.filter((one) => one !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** What a scenario sent before, green or red, and in none of its runs with the patch. */
async function missingDeed(runs: readonly TrialRun[], base: BaseFacts): Promise<string | undefined> {
  for (const ref of distinctScenarios(runs.map(({ run }) => run.scenario))) {
    const green = await base.lastGreenPage(ref);
    const own = runs.filter(({ run }) => run.scenario.id === ref.id);
    const deeds = own.map(({ run }) => vanishedDeed(green, base.baseRun(ref), run));
    if (deeds.every((deed) => deed !== undefined)) return deeds[0];
  }
  return undefined;
}

function stillRed(fallen: TrialRun | undefined): string {
  if (fallen === undefined) return 'The scenario did not run.';
  const [event] = fallen.events;
  const [sighting] = fallen.run.sightings;
  const what = event?.title ?? sighting?.message ?? fallen.run.status;
  return `Still red: ${(what.split('\n', 1)[0] ?? '').slice(0, 200)}`;
}
