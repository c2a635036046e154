/**
 * How often the engine finds a right edit by itself: each seeded fault's error, with the place, stack and values that a run
 * saw, goes to `propose`, which reads the files alone; its candidates are built, started and checked one by one, best first,
 * against all scenarios and the hidden assertions, until one is right.
 */
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { Case } from '../harness/model/case.ts';
import { Evidence } from '../harness/model/patch.ts';
import { RunRecord } from '../harness/model/run-record.ts';
import { buildRepository, commitFault, git } from '../test/faults/build-repository.ts';
import { checkBranch } from '../test/faults/check-branch.ts';
import type { Fault } from '../test/faults/fault.ts';
import { listExamples, readFaults } from '../test/faults/read-faults.ts';
import { runMendwright } from '../test/faults/run-mendwright.ts';
import { median } from '../test/statistics.ts';
import type { Bench, BenchResult } from './bench.ts';

const ROOT = join(import.meta.dirname, '..');
const WORK = join(ROOT, '.demo', 'fixes');
/** Which candidates were right: for scripts/fit-ranking.ts. */
const LABELS = join(WORK, 'labels.jsonl');
const MOST = 40;
/** What comes later hardly ever is right, and each costs a build and a suite. */
const MOST_CHECKED = 15;

const Proposal = z.object({
  candidates: z.array(z.object({ fixer: z.string(), title: z.string(), diff: z.string(), evidence: Evidence })),
});
type Candidate = z.infer<typeof Proposal>['candidates'][number];

interface Row {
  readonly example: string;
  readonly fault: Fault;
  readonly candidates: number;
  /** 1-based place of the first right one; Infinity where none is. */
  readonly rank: number;
  readonly fixer: string;
  readonly milliseconds: number;
}

/** What a run tells of the error: its text, its place, the frames and what they held. */
async function toldBy(repository: string, fault: Fault): Promise<string[]> {
  const { run }: { run: string } = JSON.parse(
    await runMendwright(['run', '--json', '--no-bisect', '--cwd', repository]),
  );
  const folder = join(repository, '.mendwright', 'runs', run);
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const [one] = z.object({ items: z.array(Case) }).parse(read('reproduce.json')).items;
  const record = RunRecord.parse(read('record.json'));
  const thrown = one?.issue.event.exceptions.at(-1);
  const stack = record.suspects.find(({ issue }) => issue === one?.issue.shortId)?.stack ?? [];
  const valuesAt = (file: string, line: number): Record<string, unknown> | undefined =>
    one?.throws.flatMap(({ frames }) => frames).find((frame) => frame.file === file && Math.abs(frame.line - line) <= 1)
      ?.values;
  const frames = stack.map((frame) => ({ ...frame, values: valuesAt(frame.file, frame.line) }));
  writeFileSync(join(folder, 'stack.json'), JSON.stringify(frames));
  const [top] = stack;
  const place = top ? `${top.file}:${top.line}${top.column ? `:${top.column}` : ''}` : expectedPlace(repository, fault);
  const error = thrown ? `${thrown.type}: ${thrown.value}` : fault.title;
  return ['--error', error, '--at', place, '--stack', join(folder, 'stack.json')];
}

/** For a scenario that fails without an error: where a person would look. */
function expectedPlace(repository: string, { expected }: Fault): string {
  const file = expected.file ?? '';
  const lines = readFileSync(join(repository, file), 'utf8').split('\n');
  return `${file}:${lines.findIndex((line) => line.trim() === expected.line?.trim()) + 1}`;
}

/** A branch with the candidate's diff applied; undefined where it does not apply. */
function branchWith(repository: string, { diff }: Candidate, name: string): string | undefined {
  const tree = join(repository, '.mendwright', 'worktrees', name);
  const patch = join(repository, '.mendwright', `${name}.patch`);
  writeFileSync(patch, diff);
  git(repository, 'worktree', 'add', '--quiet', '--force', '-B', name, tree);
  try {
    git(tree, 'apply', patch);
    git(tree, 'commit', '--quiet', '--no-verify', '--all', '-m', name);
    return name;
  } catch {
    return undefined; // Counted as a candidate that is not right.
  } finally {
    git(repository, 'worktree', 'remove', '--force', tree);
  }
}

async function measureFault(example: string, fault: Fault, healthy: string): Promise<Row> {
  const repository = join(WORK, `${basename(example)}-${fault.id}`);
  rmSync(repository, { recursive: true, force: true });
  cpSync(healthy, repository, { recursive: true });
  commitFault(repository, fault);
  const told = await toldBy(repository, fault);
  const start = performance.now();
  const printed = await runMendwright(['propose', '--json', '--cwd', repository, '--limit', String(MOST), ...told]);
  const milliseconds = performance.now() - start;
  const { candidates } = Proposal.parse(JSON.parse(printed));
  const judged: { fixer: string; evidence: Evidence; right: number }[] = [];
  let rank = Number.POSITIVE_INFINITY;
  let fixer = '';
  for (const [index, candidate] of candidates.slice(0, MOST_CHECKED).entries()) {
    const branch = branchWith(repository, candidate, `candidate-${index}`);
    const isRight = branch !== undefined && (await checkBranch({ repository, branch, fault, example })).correct;
    judged.push({ fixer: candidate.fixer, evidence: candidate.evidence, right: isRight ? 1 : 0 });
    if (!isRight) continue;
    rank = index + 1;
    fixer = candidate.fixer;
    break;
  }
  appendFileSync(LABELS, `${JSON.stringify({ id: `${basename(example)}/${fault.id}`, candidates: judged })}\n`);
  rmSync(repository, { recursive: true, force: true });
  return { example: basename(example), fault, candidates: candidates.length, rank, fixer, milliseconds };
}

function share(rows: readonly Row[], most: number): number {
  return rows.length === 0 ? 0 : rows.filter(({ rank }) => rank <= most).length / rows.length;
}

async function measure(): Promise<BenchResult> {
  mkdirSync(WORK, { recursive: true });
  rmSync(LABELS, { force: true });
  const rows: Row[] = [];
  for (const example of listExamples()) {
    const healthy = join(WORK, `${basename(example)}-healthy`);
    buildRepository(example, healthy);
    for (const fault of await readFaults(example)) {
      if (!fault.mendable) continue;
      const row = await measureFault(example, fault, healthy);
      rows.push(row);
      process.stderr.write(
        `${row.example} ${fault.id}: ${row.rank} of ${row.candidates} ${row.fixer}, ${Math.round(row.milliseconds)} ms\n`,
      );
    }
  }
  const rowOf = (kind: string, some: readonly Row[]) => ({
    faults: kind,
    number: some.length,
    contained: share(some, Number.MAX_SAFE_INTEGER),
    'top 5': share(some, 5),
    'top 1': share(some, 1),
    candidates: median(some.map(({ candidates }) => candidates)),
  });
  const by = (kind: (row: Row) => string) =>
    [...new Set(rows.map(kind))].sort().map((name) =>
      rowOf(
        name,
        rows.filter((row) => kind(row) === name),
      ),
    );
  return {
    rows: [
      rowOf('all', rows),
      ...by(({ fault }) => `fix in ${fault.location}`),
      ...by(({ fault }) => `class ${fault.template}`),
    ],
    figures: {
      contained: share(rows, Number.MAX_SAFE_INTEGER),
      top5: share(rows, 5),
      top1: share(rows, 1),
      candidatesMedian: median(rows.map(({ candidates }) => candidates)),
      millisecondsMedian: median(rows.map(({ milliseconds }) => milliseconds)),
    },
  };
}

export const bench: Bench = {
  name: 'fixes',
  summary: 'shares of the seeded faults for which a right edit is among the candidates of the files alone',
  measure,
};
