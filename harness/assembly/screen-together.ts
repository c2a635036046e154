/** Screens many patches at once: one switched tree, one build, a copy of the app for each worker, one Playwright run. */
import { join } from 'node:path';
import { openTurns } from '../adapters/app/screening-turns.ts';
import { freePort } from '../adapters/app/start-app.ts';
import { writeTexts } from '../adapters/git/worktrees.ts';
import { runSuite, type SuiteResult } from '../adapters/playwright/run-suite.ts';
import { networkArgs } from '../adapters/relay/network-rules.ts';
import { Failure } from '../model/failure.ts';
import type { Patch } from '../model/patch.ts';
import { distinctScenarios } from '../model/scenario.ts';
import { ScreeningEvidence } from '../validation/together/evidence.ts';
import { type Candidate, type Screened, screenedKey } from '../validation/together/screened.ts';
import { SELECT, type SwitchedTree, switchedTree } from '../validation/together/switched-tree.ts';
import type { TrialRun } from '../validation/trial.ts';
import { type AppCopy, openCopy } from './app-copy.ts';
import { openWindow } from './event-window.ts';
import { type TrialGround, withEvents } from './open-trial.ts';
import type { TrialProject } from './trial-sentry.ts';

export interface ScreeningTools {
  readonly ground: TrialGround;
  readonly readSource: (file: string) => string | undefined;
  /** How many copies of the app may run beside each other. */
  readonly copies: number;
}

/** After so many halvings nothing is told of what is left: each costs a build. */
const MOST_HALVED = 4;

/**
 * What is known of each candidate afterwards; nothing of those that cannot share a tree or never ran what they changed. A
 * batch that does not build or start is halved until the patch is found that keeps it from it.
 */
export async function screenTogether(
  candidates: readonly Candidate[],
  tools: ScreeningTools,
  { name = 'together', failed = 0 }: { name?: string; failed?: number } = {},
): Promise<Screened> {
  const tree = switchedTree(distinctPatches(candidates), tools.readSource);
  const { shared } = tree;
  const own = candidates.filter(({ patch }) => shared.some(({ id }) => id === patch.id));
  if (own.filter(({ after }) => after === undefined).length < 2) return new Map();
  try {
    return await screenBatch(own, tree, { tools, name });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // What another process took is nobody's fault.
    if (error.code === 'port-taken' || failed >= MOST_HALVED) return new Map();
    const half = Math.ceil(shared.length / 2);
    const isFirst = ({ patch }: Candidate): boolean => shared.findIndex(({ id }) => id === patch.id) < half;
    const parts = [own.filter(isFirst), own.filter((one) => !isFirst(one))];
    const known = new Map<string, readonly TrialRun[]>();
    for (const [index, part] of parts.entries()) {
      const told = await screenTogether(part, tools, { name: `${name}-${index + 1}`, failed: failed + 1 });
      for (const [key, runs] of told) known.set(key, runs);
    }
    return known;
  }
}

/** Throws the Failures of `startApp` and `runSuite`. */
async function screenBatch(
  candidates: readonly Candidate[],
  tree: SwitchedTree,
  { tools, name }: { tools: ScreeningTools; name: string },
): Promise<Screened> {
  const { ground } = tools;
  const place = await ground.worktree(name);
  const root = join(place.dir, ground.config.app.root);
  const project = ground.sentry.project(name);
  const window = openWindow();
  const opening: Promise<AppCopy>[] = [];
  const release = await ground.apps.alone();
  try {
    await writeTexts(root, new Map([...tree.files].map(([file, text]) => [file, uncheckedText(file, text)])));
    const ports = await portsFor(ground, tools.copies);
    const built = openCopy(ground, { project, root, logs: ground.folder(`${name}/1`), port: ports[0], build: true });
    opening.push(built);
    for (const [index, port] of ports.entries()) {
      const logs = ground.folder(`${name}/${index + 1}`);
      if (index > 0) opening.push(built.then(() => openCopy(ground, { project, root, logs, port, build: false })));
    }
    const copies = Promise.all(opening);
    copies.catch(() => undefined); // The suite, which waits for them, is told.
    const { suite, evidence } = await runCandidates(candidates, { ground, root, name, project, ports, copies, tree });
    const runs = await withEvents(suite.runs, { ground, project, window, isScreening: true });
    return new Map(
      candidates.flatMap((one) => {
        const own = evidence.runsOf(one, runs);
        return own ? [[screenedKey(one.patch, one.issue), own] as const] : [];
      }),
    );
  } finally {
    for (const copy of await Promise.allSettled(opening)) if (copy.status === 'fulfilled') await copy.value.close();
    release();
    await place.release();
  }
}

/** An address without `$PORT` can be had once; and what `app.reset` puts back is likely to be one database for all copies. */
async function portsFor({ config }: TrialGround, most: number): Promise<(number | undefined)[]> {
  if (!config.app.url.includes('$PORT')) return [undefined];
  return Promise.all(Array.from({ length: config.app.reset === undefined ? most : 1 }, freePort));
}

interface Batch {
  readonly ground: TrialGround;
  readonly root: string;
  readonly name: string;
  readonly project: TrialProject;
  readonly ports: readonly (number | undefined)[];
  readonly copies: Promise<readonly AppCopy[]>;
  readonly tree: SwitchedTree;
}

/** Playwright is loaded while the app is built and starts. */
async function runCandidates(
  candidates: readonly Candidate[],
  { ground, root, name, project, ports, copies, tree }: Batch,
): Promise<{ suite: SuiteResult; evidence: ScreeningEvidence }> {
  const { app, scenarios } = ground.config;
  let opened: readonly AppCopy[] = [];
  const evidence = new ScreeningEvidence({
    tree,
    candidates,
    servers: () => opened.map(({ switches }) => switches()),
    hasReset: app.reset !== undefined,
  });
  const copyAt = async (index: number): Promise<AppCopy> => {
    opened = await copies;
    const copy = opened[index];
    if (copy === undefined) throw new Error(`There is no copy ${index} of the app.`);
    return copy;
  };
  const turns = await openTurns({
    take: async (turn) => {
      const copy = await copyAt(turn.app);
      if (!evidence.isOpen(turn.number, turn.title)) return false;
      if (copy.keeps(evidence.leadsOf(turn.number))) evidence.madeOnce(evidence.placesOf(turn.number));
      if (await copy.take(turn.number, evidence.isMadeOnce(turn.number))) evidence.startedWith(turn.number);
      return true;
    },
    end: async (turn) => {
      evidence.ended(turn);
      if (turn.wrote) (await copyAt(turn.app)).soil();
    },
  });
  const relay = await ground.openRelay?.(project.dsn);
  const urls = ports.map((port) => app.url.replaceAll('$PORT', String(port)).replace(/\/$/, ''));
  try {
    const suite = await ground.suites.permit(() =>
      runSuite({
        root,
        config: scenarios.config,
        baseUrl: urls[0] ?? '',
        until: copies,
        outputDir: ground.folder(`${name}/suite`),
        only: distinctScenarios(candidates.flatMap((one) => one.scenarios)),
        screening: {
          candidates: tree.shared.map((patch, number) => ({
            number,
            scenarios: candidates.filter((one) => one.patch.id === patch.id).flatMap((one) => one.scenarios),
          })),
          apps: urls,
          turns: turns.url,
          select: SELECT,
        },
        stopAtError: true,
        retries: 0,
        workers: urls.length,
        mute: scenarios.mute,
        chromium: ground.chromium,
        browserArgs: networkArgs(relay, ground.browserHosts),
        env: { ...ground.env },
        signal: ground.signal,
      }),
    );
    return { suite, evidence };
  } finally {
    await relay?.close();
    await turns.close();
  }
}

/** Types are judged where the patch stands alone: here one patch's would keep all the others from being built. */
function uncheckedText(file: string, text: string): string {
  if (!/\.[cm]?tsx?$/.test(file)) return text;
  const first = /^#!.*\n/.exec(text)?.[0] ?? '';
  return `${first}// @ts-nocheck\n${text.slice(first.length)}`;
}

function distinctPatches(candidates: readonly Candidate[]): Patch[] {
  return [...new Map(candidates.map(({ patch }) => [patch.id, patch])).values()];
}
