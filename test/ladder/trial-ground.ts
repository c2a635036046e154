/** What a night gives its trials, for tests and benches that open them by themselves. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { appTurns } from '../../harness/adapters/app/app-turns.ts';
import { childEnvironment } from '../../harness/adapters/app/child-environment.ts';
import { HOME, openRepository } from '../../harness/adapters/git/open-repository.ts';
import { addWorktree, removeWorktree, sweepWorktrees } from '../../harness/adapters/git/worktrees.ts';
import { findChromium } from '../../harness/adapters/playwright/find-browser.ts';
import type { TrialGround } from '../../harness/assembly/open-trial.ts';
import { permits } from '../../harness/assembly/permits.ts';
import { readSources, type Sources } from '../../harness/assembly/source-tools.ts';
import { startTrialSentry } from '../../harness/assembly/trial-sentry.ts';
import { readSettings, type Settings } from '../../harness/settings.ts';

export interface OpenGround {
  readonly ground: TrialGround;
  readonly settings: Settings;
  readonly sources: Sources;
  close(): Promise<void>;
}

/** On HEAD of the repository at `dir`; `app` stands in for the one of its configuration, logs go to `.mendwright/<logs>`. */
export async function openGround(
  dir: string,
  { app, workers, logs = 'bench' }: { app?: Settings['app']; workers: number; logs?: string },
): Promise<OpenGround> {
  const settings = await readSettings({ cwd: dir, config: undefined, flags: {}, env: {} });
  const repository = await openRepository(dir, settings.app.root);
  const { sha } = await repository.resolveCommit('HEAD');
  const sources = await readSources(repository, sha, picomatch([...settings.app.sources], { dot: true }));
  const sentry = await startTrialSentry();
  const ground: TrialGround = {
    config: { ...settings, app: app ?? settings.app },
    worktree: async (name) => {
      const tree = await addWorktree(repository, name, sha);
      return { dir: tree, release: () => removeWorktree(repository, tree) };
    },
    apps: appTurns((app ?? settings.app).url),
    folder: (name) => {
      const folder = join(repository.top, HOME, logs, name);
      mkdirSync(folder, { recursive: true });
      return folder;
    },
    folderName: (name) => name,
    sentry,
    files: sources.files,
    chromium: findChromium(repository.top),
    suites: { permit: permits(1), workers },
    env: childEnvironment(process.env, `${repository.top}:${logs}`),
    release: sha,
    mirrors: false,
    openRelay: undefined,
    signal: new AbortController().signal,
  };
  const close = async (): Promise<void> => {
    await sentry.close();
    await sweepWorktrees(repository);
  };
  return { ground, settings, sources, close };
}
