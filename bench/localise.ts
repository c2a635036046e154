/**
 * How often the suspects name the file and the function that a person would mend, over the seeded faults of all examples,
 * with all evidence and without each source of it.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { functionAt } from '../harness/adapters/sources/function-at.ts';
import { assembleNight } from '../harness/assemble.ts';
import { ownRequests } from '../harness/localisation/own-requests.ts';
import { Case } from '../harness/model/case.ts';
import { RunRecord } from '../harness/model/run-record.ts';
import type { Suspect } from '../harness/model/suspect.ts';
import { readVersion } from '../harness/read-version.ts';
import { readSettings } from '../harness/settings.ts';
import { type LocaliseTools, localiseIssues } from '../harness/stages/localise-issues.ts';
import { buildRepository, commitFault } from '../test/faults/build-repository.ts';
import { readFaults } from '../test/faults/read-faults.ts';
import { runMendwright } from '../test/faults/run-mendwright.ts';
import type { Bench, BenchResult } from './bench.ts';

const ROOT = join(import.meta.dirname, '..');
const WORK = join(ROOT, '.demo', 'localise');

type Fault = Awaited<ReturnType<typeof readFaults>>[number];

interface Truth {
  readonly file: string;
  readonly function: string | undefined;
}

interface Rank {
  /** 1-based place among distinct files or functions; Infinity where it is not there. */
  readonly file: number;
  readonly function: number;
}

type Inputs = { readonly cases: readonly Case[]; readonly tools: LocaliseTools };

/** What is taken away, by name. */
const WITHOUT: Readonly<Record<string, (inputs: Inputs) => Inputs>> = {
  'all evidence': (inputs) => inputs,
  'without the throw': ({ cases, tools }) => ({ tools, cases: cases.map((one) => ({ ...one, throws: [] })) }),
  'without origins': ({ cases, tools }) => ({
    cases,
    tools: { ...tools, listFiles: async () => [], requestsOf: () => [] },
  }),
  'without history': ({ cases, tools }) => ({
    cases,
    tools: { ...tools, lastGreen: async () => undefined, commitsSince: async () => [], blame: async () => [] },
  }),
};

function truthOf(repository: string, { expected }: Fault): Truth | undefined {
  if (expected.file === undefined || expected.line === undefined) return undefined;
  const text = readFileSync(join(repository, expected.file), 'utf8');
  const line = text.split('\n').findIndex((one) => one.trim() === expected.line?.trim()) + 1;
  if (line === 0) throw new Error(`${expected.file} has no line ${expected.line}`);
  return { file: expected.file, function: functionAt(expected.file, text, line) };
}

function rankOf(suspects: readonly Suspect[], truth: Truth): Rank {
  const files = [...new Set(suspects.map(({ file }) => file))];
  const functions = [...new Set(suspects.map((one) => `${one.file} ${one.function ?? ''}`))];
  const place = (list: readonly string[], item: string): number =>
    list.includes(item) ? list.indexOf(item) + 1 : Number.POSITIVE_INFINITY;
  return { file: place(files, truth.file), function: place(functions, `${truth.file} ${truth.function ?? ''}`) };
}

/** The suspects of the first issue, under each set of evidence. */
async function suspectsOf(repository: string): Promise<Map<string, readonly Suspect[]>> {
  const { run }: { run: string } = JSON.parse(await runMendwright(['run', '--json', '--cwd', repository]));
  const settings = await readSettings({ cwd: repository, config: undefined, flags: {}, env: {} });
  const night = await assembleNight({
    command: 'run',
    settings,
    dryRun: true,
    run,
    shard: undefined,
    shards: [],
    version: readVersion(),
    signal: new AbortController().signal,
    progress: { stage: () => undefined, update: () => undefined, line: () => undefined, warn: () => undefined },
  });
  try {
    const { items } = night.folder.read('reproduce.json', z.object({ items: z.array(Case) }));
    const { scenarios, app } = night.folder.read('record.json', RunRecord);
    const tools: LocaliseTools = {
      ...night.tools.localise,
      requestsOf: ownRequests(scenarios, app.url),
      findTurn: async () => undefined, // The healthy app was green a night before.
    };
    const found = new Map<string, readonly Suspect[]>();
    for (const [name, change] of Object.entries(WITHOUT)) {
      const { cases, tools: changed } = change({ cases: items.slice(0, 1), tools });
      found.set(name, (await localiseIssues(cases, changed)).items);
    }
    return found;
  } finally {
    await night.close();
  }
}

function share(ranks: readonly Rank[], kind: keyof Rank, most: number): number {
  return ranks.length === 0 ? 0 : ranks.filter((rank) => rank[kind] <= most).length / ranks.length;
}

async function measure(): Promise<BenchResult> {
  mkdirSync(WORK, { recursive: true });
  const ranks: { fault: Fault; evidence: string; rank: Rank }[] = [];
  for (const example of readdirSync(join(ROOT, 'examples'))) {
    const folder = join(ROOT, 'examples', example);
    if (!existsSync(join(folder, 'faults'))) continue;
    const healthy = join(WORK, `${example}-healthy`);
    buildRepository(folder, healthy);
    await runMendwright(['nightly', '--json', '--cwd', healthy]);
    for (const fault of await readFaults(folder)) {
      if (!fault.mendable) continue;
      const repository = join(WORK, `${example}-${fault.id}`);
      rmSync(repository, { recursive: true, force: true });
      cpSync(healthy, repository, { recursive: true });
      commitFault(repository, fault);
      const truth = truthOf(repository, fault);
      if (truth === undefined) continue;
      const found = await suspectsOf(repository);
      for (const [evidence, suspects] of found) ranks.push({ fault, evidence, rank: rankOf(suspects, truth) });
      const all = rankOf(found.get('all evidence') ?? [], truth);
      process.stderr.write(`${example} ${fault.id}: file ${all.file}, function ${all.function}\n`);
      rmSync(repository, { recursive: true, force: true });
    }
  }
  const rowOf = (name: string, some: typeof ranks) => {
    const own = some.map(({ rank }) => rank);
    return {
      evidence: name,
      faults: own.length,
      'file top 1': share(own, 'file', 1),
      'file top 3': share(own, 'file', 3),
      'function top 5': share(own, 'function', 5),
    };
  };
  const whole = ranks.filter(({ evidence }) => evidence === 'all evidence');
  const rows = [
    ...Object.keys(WITHOUT).map((name) =>
      rowOf(
        name,
        ranks.filter(({ evidence }) => evidence === name),
      ),
    ),
    ...[...new Set(whole.map(({ fault }) => fault.location))].sort().map((location) =>
      rowOf(
        `fault in ${location}`,
        whole.filter(({ fault }) => fault.location === location),
      ),
    ),
    ...[...new Set(whole.map(({ fault }) => fault.template))].sort().map((template) =>
      rowOf(
        `class ${template}`,
        whole.filter(({ fault }) => fault.template === template),
      ),
    ),
  ];
  const all = whole.map(({ rank }) => rank);
  return {
    rows,
    figures: {
      faults: all.length,
      fileTop1: share(all, 'file', 1),
      fileTop3: share(all, 'file', 3),
      functionTop5: share(all, 'function', 5),
    },
  };
}

export const bench: Bench = {
  name: 'localise',
  summary: 'shares of the seeded faults whose true file and function are among the first suspects',
  measure,
};
