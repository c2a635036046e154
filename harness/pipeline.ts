/** The order of the stages, stated once: from scenarios to branches, each stage's nouns kept in the run folder. */
import { z } from 'zod';
import { Issue } from './model/issue.ts';
import { Patch } from './model/patch.ts';
import type { IssueOutcome, RunRecord, Stage } from './model/run-record.ts';
import { ScenarioRef, ScenarioRun } from './model/scenario.ts';
import { Skipped, type StageResult } from './model/stage-result.ts';
import { Suspect } from './model/suspect.ts';
import { Tally, Verdict } from './model/verdict.ts';
import { type Settlement, settleIssues } from './settle-issues.ts';
import { type Collected, type CollectTools, collectIssues } from './stages/collect-issues.ts';
import { type LocaliseTools, localiseIssues } from './stages/localise-issues.ts';
import { type ProposeTools, proposePatches } from './stages/propose-patches.ts';
import { type PublishTools, publishBranches } from './stages/publish-branches.ts';
import { type Reproduced, type ReproduceTools, reproduceIssues } from './stages/reproduce-issues.ts';
import { type RunTools, runScenarios } from './stages/run-scenarios.ts';
import { type ValidateTools, validatePatches } from './stages/validate-patches.ts';
import type { BaseFacts, Case } from './validation/case.ts';
