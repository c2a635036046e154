/** Runs the red scenarios of an issue beside good ones, with everything noted that may differ. */
import { contrastOf, type SeenRun } from '../localisation/contrast.ts';
import type { Case } from '../model/case.ts';
import type { ScenarioRef, ScenarioRun } from '../model/scenario.ts';
import type { Commit } from '../model/suspect.ts';
import type { Contrast } from '../model/witness.ts';
import type { Trial } from '../validation/trial.ts';
import { type CommitGround, runAtCommit } from './run-at-commit.ts';

export interface CompareGround extends CommitGround {
  /** The unpatched app, on which the scenarios are red. */
  readonly base: Trial;
  /** Tonight's first runs of scenarios that are green. */
  readonly green: readonly ScenarioRun[];
  /** Tonight's first runs of the red ones. */
  readonly red: readonly ScenarioRun[];
  /** The commit at which an earlier night saw the scenario green. */
  lastGreen(scenario: string): Promise<Commit | undefined>;
}

const MOST_NEIGHBOURS = 3;

/** Undefined where there is no good run to compare with. */
export async function compareRuns(one: Case, ground: CompareGround): Promise<Contrast | undefined> {
  const neighbours = nearest(one.scenarios, ground);
  const past = await lastGreenRuns(one, ground);
  if (past === undefined && neighbours.length === 0) return undefined;
  const only = past ? one.scenarios : [...one.scenarios, ...neighbours];
  const runs = await ground.base.run({ only, compare: true });
  const own = new Set(one.scenarios.map(({ id }) => id));
  const seen = (wanted: (id: string) => boolean): Promise<SeenRun[]> =>
    Promise.all(runs.filter(({ run }) => wanted(run.scenario.id)).map(({ run }) => ground.base.readWitness(run)));
  const red = await seen((id) => own.has(id));
  const green = past ?? (await seen((id) => !own.has(id)));
  if (red.length === 0 || green.length === 0) return undefined;
  return contrastOf({ against: past ? 'last-green' : 'neighbours', red, green });
}

/** The same scenarios, as they are today, at the commit where they were last green; undefined where they are not, or cannot run. */
async function lastGreenRuns({ scenarios }: Case, ground: CompareGround): Promise<SeenRun[] | undefined> {
  const [first] = scenarios;
  const commit = first && (await ground.lastGreen(first.id));
  if (commit === undefined) return undefined;
  return runAtCommit(commit, { only: scenarios, compare: true }, ground, (runs, { readWitness }) => {
    if (runs.length === 0 || runs.some(({ red }) => red)) return undefined;
    return Promise.all(runs.map(({ run }) => readWitness(run)));
  });
}

/** Green scenarios that ask the server for the same things, best first. */
function nearest(scenarios: readonly ScenarioRef[], { green, red }: CompareGround): ScenarioRef[] {
  const ids = new Set(scenarios.map(({ id }) => id));
  const wanted = new Set(red.filter(({ scenario }) => ids.has(scenario.id)).flatMap(routesOf));
  const files = new Set(scenarios.map(({ file }) => file));
  const projects = new Set(scenarios.map(({ project }) => project));
  const likeness = (run: ScenarioRun): number => {
    const own = new Set(routesOf(run));
    const common = [...own].filter((route) => wanted.has(route)).length;
    const all = new Set([...own, ...wanted]).size;
    return (all === 0 ? 0 : common / all) + (files.has(run.scenario.file) ? 0.5 : 0);
  };
  return green
    .filter(({ scenario }) => projects.has(scenario.project))
    .map((run) => ({ ref: run.scenario, rank: likeness(run) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || a.ref.id.localeCompare(b.ref.id))
    .slice(0, MOST_NEIGHBOURS)
    .map(({ ref }) => ref);
}

function routesOf({ requests }: ScenarioRun): string[] {
  return requests.map(({ method, url }) => `${method} ${URL.parse(url)?.pathname ?? url}`);
}
