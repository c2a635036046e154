/** What the base shows once for all cases of a night: which control events arrive, and which issues it raises by itself. */
import type { BaseSignals, ControlRuntime } from '../model/case.ts';
import type { ScenarioRef, ScenarioRun } from '../model/scenario.ts';
import { signatureOf } from './same-error.ts';
import type { Trial } from './trial.ts';

/** Text that marks every control event's title. */
export const CONTROL = 'mendwright control event';

const BROWSER = `${CONTROL} base browser`;
const SERVER = `${CONTROL} base server`;

export interface ControlRun {
  readonly scenario: ScenarioRef;
  readonly controlEvent: string;
}

/** The scenario to run with `controlEvent` on the base, undefined where no page has a Sentry SDK. */
export function controlRun(runs: readonly ScenarioRun[]): ControlRun | undefined {
  const [quickest] = runs.filter(({ browserSdk }) => browserSdk === true).sort((a, b) => rank(a) - rank(b));
  return quickest && { scenario: quickest.scenario, controlEvent: BROWSER };
}

/** Asked after the control run. A runtime of the unpatched app whose control event does not arrive is not asked of patches. */
export async function readBaseSignals(trial: Trial, control: ControlRun | undefined): Promise<BaseSignals> {
  const controls: ControlRuntime[] = [];
  const raised = await trial.raiseServerControl(SERVER);
  if (control !== undefined && (await trial.waitForTitle(control.controlEvent))) controls.push('browser');
  if (raised > 0 && (await trial.waitForTitle(SERVER))) controls.push('server');
  const issues = (await trial.issues()).filter(({ title }) => !title.includes(CONTROL)).map(signatureOf);
  return { controls, issues };
}

/** Hosts without ports; undefined of runs that an older version recorded. */
export function hostsOf(runs: readonly ScenarioRun[]): string[] | undefined {
  if (runs.every(({ hosts }) => hosts === undefined)) return undefined;
  // What a policy blocked may be what it ought to allow.
  const blocked = runs.flatMap(({ sightings }) => sightings.flatMap(({ policy }) => hostOf(policy?.blocked)));
  return [...new Set([...runs.flatMap(({ hosts = [] }) => hosts), ...blocked])].sort();
}

function hostOf(url = ''): string[] {
  const host = URL.parse(url)?.hostname;
  return host ? [host] : [];
}

/** Green scenarios first, then short ones. */
function rank(run: ScenarioRun): number {
  return (run.status === 'passed' ? 0 : 1_000_000) + run.durationMs;
}
