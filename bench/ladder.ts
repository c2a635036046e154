/**
 * Many candidates judged plainly, one after the other, each with a worktree, a build, a start and a Playwright process of its own,
 * against all of them screened together; of a fault of the page and one of the server, built and in development. What cannot be
 * screened together is screened alone in the ladder's time as well. Both sides share node_modules, browser and warm caches.
 */
import { readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { openTrial } from '../harness/assembly/open-trial.ts';
import { screenTogether } from '../harness/assembly/screen-together.ts';
import type { Sources } from '../harness/assembly/source-tools.ts';
import { loadFixers } from '../harness/load-fixers.ts';
import { Case } from '../harness/model/case.ts';
import type { Patch } from '../harness/model/patch.ts';
import { RunRecord } from '../harness/model/run-record.ts';
import type { Suspect } from '../harness/model/suspect.ts';
import type { Settings } from '../harness/settings.ts';
import { proposePatches } from '../harness/stages/propose-patches.ts';
import { type Candidate, screenedKey } from '../harness/validation/together/screened.ts';
import { buildRepository, commitFault } from '../test/faults/build-repository.ts';
import { listExamples, readFaults } from '../test/faults/read-faults.ts';
import { runMendwright } from '../test/faults/run-mendwright.ts';
import { openGround } from '../test/ladder/trial-ground.ts';
import { median } from '../test/statistics.ts';
import type { Bench, BenchResult } from './bench.ts';

const WORK = join(import.meta.dirname, '..', '.demo', 'ladder');
const EXAMPLE = 'shop';
const FAULTS = { page: 'product-weight', server: 'carrier-service' };
const CANDIDATES = 40;
interface Faulty {
  readonly dir: string;
  readonly app: Settings['app'];
  readonly candidates: readonly Candidate[];
}

async function seed(id: string): Promise<Faulty> {
  const example = listExamples().find((one) => basename(one) === EXAMPLE) ?? '';
  const fault = (await readFaults(example)).find((one) => one.id === id);
  if (fault === undefined) throw new Error(`There is no fault ${id} of ${EXAMPLE}.`);
  const dir = join(WORK, id);
  buildRepository(example, dir);
  commitFault(dir, fault);
  const { run }: { run: string } = JSON.parse(await runMendwright(['run', '--json', '--no-bisect', '--cwd', dir]));
  const read = (name: string): unknown => JSON.parse(readFileSync(join(dir, '.mendwright', 'runs', run, name), 'utf8'));
  const [one] = z.object({ items: z.array(Case) }).parse(read('reproduce.json')).items;
  if (one === undefined) throw new Error(`${id} was not seen.`);
  const { settings, sources, close } = await openGround(dir, { workers: 1 });
  await close();
  const own = RunRecord.parse(read('record.json')).suspects.filter(({ issue }) => issue === one.issue.shortId);
  const patches = await enoughPatches(own, sources);
  const candidates = patches.map((patch) => ({
    patch,
    issue: one.issue.shortId,
    scenarios: one.scenarios.slice(0, 1),
  }));
  return { dir, app: settings.app, candidates };
}

/** Those of the engine, and then what it would propose if a value were missing at the places around. */
async function enoughPatches(suspects: readonly Suspect[], sources: Sources): Promise<Patch[]> {
  const tools = {
    fixers: await loadFixers([]),
    readSource: async (file: string) => sources.read(file),
    listFiles: async () => sources.sources,
    limit: CANDIDATES,
  };
  const found = new Map<string, Patch>();
  for (const asked of [suspects, ...suspects.flatMap((suspect) => around(suspect, sources).map((one) => [one]))]) {
    for (const patch of (await proposePatches(asked, tools)).items) {
      if (found.size < CANDIDATES && !found.has(patch.id)) found.set(patch.id, patch);
    }
  }
  return [...found.values()];
}

/** Every read of a property in the suspect's file, the nearest lines first. */
function around(suspect: Suspect, sources: Sources): Suspect[] {
  const reads = (sources.read(suspect.file) ?? '').split('\n').flatMap((text, index) =>
    [...text.matchAll(/[\w)\]]\.([a-z]\w*)/g)].map(({ 1: name = '', index: at }) => ({
      ...suspect,
      id: `${suspect.id}-${index}-${at}`,
      message: `Cannot read properties of undefined (reading '${name}')`,
      errorType: 'TypeError',
      line: index + 1,
      column: at + 3,
    })),
  );
  return reads.sort((a, b) => Math.abs(a.line - suspect.line) - Math.abs(b.line - suspect.line));
}

interface Measured {
  readonly plain: number;
  readonly ladder: number;
  readonly together: number;
  readonly same: number;
  /** Median seconds of the scenario itself, divided by the workers. */
  readonly limit: number;
}

async function compare(faulty: Faulty, app: Settings['app'], name: string): Promise<Measured> {
  const { dir, candidates } = faulty;
  const cores = availableParallelism();
  const { ground, sources, close } = await openGround(dir, { app, workers: cores, logs: `bench-${name}` });
  const alone = async (one: Candidate, trial: string, stopAtError: boolean): Promise<boolean> => {
    const opened = await openTrial(ground, trial, one.patch).catch(() => undefined);
    if (opened === undefined) return true;
    try {
      return (await opened.run({ only: one.scenarios, stopAtError })).some(({ red }) => red);
    } finally {
      await opened.close();
    }
  };
  try {
    const [first] = candidates;
    if (first) await alone(first, 'warm', false); // Neither side shall pay for cold caches.
    const start = performance.now();
    const screened = await screenTogether(candidates, { ground, readSource: sources.read, copies: cores });
    const isRed = new Map<Candidate, boolean>();
    for (const [index, one] of candidates.entries()) {
      const runs = screened.get(screenedKey(one.patch, one.issue));
      isRed.set(one, runs ? runs.some(({ red }) => red) : await alone(one, `alone-${index}`, true));
    }
    const ladder = (performance.now() - start) / 1_000;
    const times = [...screened.values()].flatMap((runs) => runs.map(({ run }) => run.durationMs / 1_000));
    const plainStart = performance.now();
    let same = 0;
    for (const [index, one] of candidates.entries()) {
      const isRedAlone = await alone(one, `plain-${index}`, false);
      if (isRedAlone === isRed.get(one)) same++;
      else
        process.stderr.write(`${name}: ${one.patch.title}: alone ${isRedAlone ? 'red' : 'green'}\n${one.patch.diff}\n`);
    }
    const plain = (performance.now() - plainStart) / 1_000;
    return { plain, ladder, together: screened.size, same, limit: median(times) / cores };
  } finally {
    await close();
  }
}

async function measure(): Promise<BenchResult> {
  rmSync(WORK, { recursive: true, force: true });
  const rows: Record<string, string | number>[] = [];
  const seconds = { build: { plain: 0, ladder: 0 }, dev: { plain: 0, ladder: 0 } };
  for (const [where, id] of Object.entries(FAULTS)) {
    const faulty = await seed(id);
    const { build: _, ...unbuilt } = faulty.app;
    const cache = join(WORK, 'vite-cache');
    const modes = {
      build: faulty.app,
      dev: { ...unbuilt, start: 'node local/dev.ts', env: { ...unbuilt.env, VITE_CACHE: cache } },
    };
    for (const mode of ['build', 'dev'] as const) {
      const one = await compare(faulty, modes[mode], mode);
      seconds[mode].plain += one.plain;
      seconds[mode].ladder += one.ladder;
      const number = faulty.candidates.length;
      rows.push({
        fault: where,
        mode,
        candidates: number,
        together: one.together,
        'same verdict': one.same,
        'plain, s each': one.plain / number,
        'ladder, s each': one.ladder / number,
        'limit, s each': one.limit,
        ratio: one.plain / one.ladder,
      });
      process.stderr.write(`${JSON.stringify(rows.at(-1))}\n`);
    }
  }
  const ratio = ({ plain, ladder }: { plain: number; ladder: number }): number => plain / ladder;
  return { rows, figures: { ratioBuild: ratio(seconds.build), ratioDev: ratio(seconds.dev) } };
}

export const bench: Bench = {
  name: 'ladder',
  summary: 'seconds a candidate, each judged in an app of its own against all screened together',
  measure,
};
