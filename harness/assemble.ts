/** The only place that builds adapters and hands them to the stages. */
import { randomInt } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { childEnvironment } from './adapters/app/child-environment.ts';
import { sweepProcesses } from './adapters/app/sweep-processes.ts';
import { openRepository, type Repository } from './adapters/git/open-repository.ts';
import { addWorktree, removeWorktree, sweepWorktrees } from './adapters/git/worktrees.ts';
import { findChromium } from './adapters/playwright/find-browser.ts';
import { takeNightLock } from './adapters/run-folder/night-lock.ts';
import { createRunFolder, openRunFolder, type RunFolder, runId } from './adapters/run-folder/run-folder.ts';
import { openBaseRun } from './assembly/base-run.ts';
import { openTrial, type TrialGround } from './assembly/open-trial.ts';
import { linkSentry } from './assembly/sentry-link.ts';
import { startTrialSentry } from './assembly/trial-sentry.ts';
import { loadFixers } from './load-fixers.ts';
import type { RunRecord, Stage } from './model/run-record.ts';
import type { NightTools } from './pipeline.ts';
import type { Settings } from './settings.ts';

export interface NightOptions {
  readonly command: RunRecord['command'];
  readonly settings: Settings;
  readonly dryRun: boolean;
  /** A run to go on with. */
  readonly run: string | undefined;
  readonly shard: string | undefined;
  readonly version: string;
  readonly signal: AbortSignal;
  readonly progress: {
    stage(name: string, detail?: string): void;
    update(detail: string): void;
    line(text: string): void;
    warn(text: string): void;
  };
}

export interface AssembledNight {
  readonly tools: NightTools;
  readonly folder: RunFolder;
  /** Ends and removes whatever the night started; safe to call after any failure. */
  close(): Promise<void>;
}

/** Throws Failures for everything a person has to mend before a night can begin; nothing is left behind then. */
export async function assembleNight(options: NightOptions): Promise<AssembledNight> {
  const { settings, progress, signal } = options;
  const cleanups: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    return { ...(await build(options, cleanups)), close };
  } catch (error) {
    await close();
    throw error;
  }
}
