/** Every seeded fault end to end: a night on a repository that holds it, and hidden assertions on the branch that came of it. */
import { appendFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from '../statistics.ts';
import { buildRepository, commitFault } from './build-repository.ts';
import { checkBranch } from './check-branch.ts';
import type { Fault } from './fault.ts';
import { judgedCandidates } from './judged-candidates.ts';
import { lastRecord } from './last-record.ts';
import { listExamples, readFaults } from './read-faults.ts';
import { runMendwright } from './run-mendwright.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const WORK = join(ROOT, '.demo', 'faults');
/** Which candidates were tried, and which was right. */
const LABELS = join(WORK, 'labels.jsonl');

/** A fault and the folder of its example. */
interface Seeded {
  readonly example: string;
  readonly fault: Fault;
}

interface FaultRow {
  readonly fault: string;
  readonly template: string;
  readonly expected: string;
  readonly result: string;
  readonly fixer: string;
  /** For branches: whether the hidden assertions hold. */
  readonly correct: boolean | undefined;
  readonly seconds: number;
  /** Seconds of each stage of the night. */
  readonly stages: Readonly<Record<string, number>>;
  /** Of the branch: whether its scenario sees what the patch wrote. */
  readonly strength: string;
  readonly asExpected: boolean;
  readonly note: string;
}

interface NightIssue {
  readonly shortId: string;
  readonly result: string;
  readonly reason: string | null;
  readonly branch: string | null;
  readonly patch: { readonly fixer: string } | null;
}

/** A night on the healthy app first: later nights know which scenarios were green at which commit. */
async function prepareHealthy(example: string): Promise<string> {
  const healthy = join(WORK, `${basename(example)}-healthy`);
  buildRepository(example, healthy);
  const { issues, text } = await night(healthy);
  if (issues.length > 0) throw new Error(`The healthy app has issues: ${text}`);
  return healthy;
}

async function runFault({ example, fault }: Seeded, healthy: string): Promise<FaultRow> {
  const repository = join(WORK, `${basename(example)}-${fault.id}`);
  rmSync(repository, { recursive: true, force: true });
  cpSync(healthy, repository, { recursive: true });
  commitFault(repository, fault);
  const start = Date.now();
  const { issues, text } = await night(repository);
  const seconds = (Date.now() - start) / 1000;
  const branches = [...new Set(issues.flatMap((issue) => issue.branch ?? []))];
  const branch = issues.find((issue) => issue.branch !== null);
  const result = branch?.result ?? issues.map((issue) => issue.result).join(' ') ?? '';
  const checked = { correct: branches.length > 0, why: '' };
  for (const name of branches) {
    const check = await checkBranch({ repository, branch: name, fault, example });
    if (!check.correct) Object.assign(checked, { correct: false, why: `${name}: ${check.why}` });
  }
  const correct = branches.length === 0 ? undefined : checked.correct;
  for (const judged of judgedCandidates(repository, `${basename(example)}/${fault.id}`, correct === true))
    appendFileSync(LABELS, `${JSON.stringify(judged)}\n`);
  const isBranch = branch !== undefined;
  const asExpected = fault.mendable
    ? isBranch && correct === true
    : !isBranch && issues.some((issue) => issue.result === fault.expected.result);
  const reasons = issues.map((issue) => `${issue.shortId} ${issue.result}/${issue.reason ?? ''}`).join(', ');
  if (!asExpected) writeFileSync(`${repository}.json`, text);
  return {
    fault: `${basename(example)}/${fault.id}`,
    template: fault.template,
    expected: fault.expected.result,
    result: result === '' ? 'no issue' : result,
    fixer: branch?.patch?.fixer ?? '',
    correct,
    seconds,
    stages: lastRecord(repository)?.stages ?? {},
    strength: strengthOf(repository, branch),
    asExpected,
    note: asExpected ? '' : checked.why || reasons,
  };
}

function strengthOf(repository: string, branch: NightIssue | undefined): string {
  const { outcomes = [], verdicts = [] } = lastRecord(repository) ?? {};
  const outcome = outcomes.find(({ shortId }) => shortId === branch?.shortId);
  // One patch may stand for several issues, and was judged for one of them.
  const verdict = verdicts.find(({ patch, kind }) => patch === outcome?.patch && kind === 'confirmed');
  return verdict?.kind === 'confirmed' ? verdict.strength : '';
}

async function night(repository: string): Promise<{ issues: NightIssue[]; text: string }> {
  const text = await runMendwright(['nightly', '--json', '--cwd', repository]);
  const summary: { issues: NightIssue[] } = JSON.parse(text);
  return { issues: summary.issues, text };
}

/** Fixed, so that CI's answer does not depend on chance: of each example one of each kind of place, of one those without a cure. */
function sample(seeded: readonly Seeded[]): Seeded[] {
  const last = seeded.at(-1)?.example;
  return seeded.filter(({ example, fault }, index) => {
    if (!fault.mendable) return example === last;
    const isTaken = ({ fault: other, example: home }: Seeded): boolean =>
      home === example && other.mendable && other.location === fault.location;
    return !seeded.slice(0, index).some(isTaken);
  });
}

async function pick(values: { sample?: boolean; only?: string[]; example?: string[] }): Promise<Seeded[]> {
  const seeded: Seeded[] = [];
  for (const example of listExamples()) {
    if (values.example && !values.example.includes(basename(example))) continue;
    for (const fault of await readFaults(example)) seeded.push({ example, fault });
  }
  if (values.only) return seeded.filter(({ fault }) => values.only?.includes(fault.id));
  return values.sample ? sample(seeded) : seeded;
}

function print(row: FaultRow): void {
  const mark = row.asExpected ? 'ok  ' : 'FAIL';
  const correct = row.correct === undefined ? '-' : row.correct ? 'correct' : 'WRONG';
  const cells = [
    mark,
    row.fault.padEnd(30),
    row.expected.padEnd(15),
    row.result.padEnd(15),
    row.fixer.padEnd(16),
    row.strength.padEnd(6),
  ];
  process.stdout.write(
    `${[...cells, correct.padEnd(8), `${row.seconds.toFixed(1)} s`.padStart(7), row.note].join(' ')}\n`,
  );
}

/** Once the scenarios have run. */
const AFTER_RED = ['reproduce', 'localise', 'propose', 'validate', 'publish'];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sample: { type: 'boolean' },
      only: { type: 'string', multiple: true },
      example: { type: 'string', multiple: true },
    },
  });
  mkdirSync(WORK, { recursive: true });
  rmSync(LABELS, { force: true });
  const seeded = await pick(values);
  const healthy = new Map<string, string>();
  process.stdout.write(
    '     fault                          expected        result          fixer            strong branch     seconds\n',
  );
  const rows: FaultRow[] = [];
  for (const one of seeded) {
    const repository = healthy.get(one.example) ?? (await prepareHealthy(one.example));
    healthy.set(one.example, repository);
    const row = await runFault(one, repository);
    rows.push(row);
    print(row);
  }
  const mendable = rows.filter(({ expected }) => expected.startsWith('branch-'));
  const correct = mendable.filter(({ asExpected }) => asExpected).length;
  const hopeless = rows.filter((row) => !mendable.includes(row));
  const right = hopeless.filter(({ asExpected }) => asExpected).length;
  process.stdout.write(`${correct} of ${mendable.length} mendable faults ended in a correct branch, `);
  process.stdout.write(`${right} of ${hopeless.length} others as expected.\n`);
  const branches = rows.filter(({ correct: isCorrect }) => isCorrect !== undefined);
  for (const kind of ['strong', 'weak']) {
    const own = branches.filter(({ strength }) => strength === kind);
    const wrongOnes = own.filter(({ correct: isCorrect }) => isCorrect === false).length;
    process.stdout.write(`${own.length} ${kind} branches, ${wrongOnes} of them wrong.\n`);
  }
  const fixed = branches.filter(({ fault }) => mendable.some((one) => one.fault === fault));
  const of = (stage: string): string => `${stage} ${median(fixed.map(({ stages }) => stages[stage] ?? 0)).toFixed(1)}`;
  const whole = median(fixed.map(({ stages }) => AFTER_RED.reduce((sum, stage) => sum + (stages[stage] ?? 0), 0)));
  if (fixed.length > 0)
    process.stdout.write(
      `From a red scenario to its branch, median: ${whole.toFixed(1)} s (${AFTER_RED.map(of).join(', ')}).\n`,
    );
  const wrong = rows.filter(({ correct: isCorrect }) => isCorrect === false).length;
  const passed = rows.filter(({ asExpected }) => asExpected).length;
  process.stdout.write(`${passed} passed, ${rows.length - passed} failed\n`);
  const enough =
    values.sample || values.only
      ? passed === rows.length
      : correct >= 0.8 * mendable.length && right === hopeless.length;
  process.exitCode = enough && wrong <= mendable.length - correct ? 0 : 1;
}

if (import.meta.main) await main();
