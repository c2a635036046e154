/** Nothing in, scenario runs out: the suite once on the base, every error that it provokes sighted. */
import { Failure } from '../model/failure.ts';
import type { ScenarioRun } from '../model/scenario.ts';
import type { StageResult } from '../model/stage-result.ts';

export interface RunTools {
  /** Runs the whole suite once against the app at the base commit. */
  runSuite(): Promise<readonly ScenarioRun[]>;
  /** A shard of a suite may be left without scenarios. */
  readonly isPart?: boolean;
}

/** One run of every scenario, sorted by id. Throws the usage Failure `no-scenarios` where none ran. */
export async function runScenarios(tools: RunTools): Promise<StageResult<ScenarioRun>> {
  const runs = await tools.runSuite();
  const ran = runs.filter((run) => run.status !== 'skipped');
  if (ran.length === 0 && tools.isPart !== true) {
    throw new Failure('usage', 'no-scenarios', 'No scenario ran: all are skipped, or none matches.', {
      hint: 'Check scenarios.config and scenarios.grep.',
    });
  }
  const items = [...ran].sort((a, b) => a.scenario.id.localeCompare(b.scenario.id));
  return { items, skipped: [] };
}
