/** Shows by hand what the seeded faults do: `node test/faults/try-faults.ts example [id …]`, all without ids. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { freePort } from '../../harness/adapters/app/start-app.ts';
import { applyEdits } from './apply-edits.ts';
import { copyExample, EXAMPLES } from './copy-example.ts';
import type { Fault } from './fault.ts';
import { readFaults } from './read-faults.ts';
import { openSentrySink } from './sentry-sink.ts';
import { untilAnswered } from './until-answered.ts';

/** Below the repository, so that its node_modules are found by walking up. */
const PLACE = join(EXAMPLES, '..', '.demo', 'try');

const [name = '', ...ids] = process.argv.slice(2);
const EXAMPLE = join(EXAMPLES, name);

/** What was seen of one state of the app. */
interface Seen {
  readonly types: 'green' | 'RED';
  /** Titles of red scenarios, and how often each came out green of how many runs. */
  readonly red: ReadonlyMap<string, string>;
  readonly check: 'green' | 'red' | '-';
  readonly errors: readonly string[];
  readonly seconds: number;
}

const HIDDEN = 'hidden-check.spec.ts';
const SuiteReport = z.object({ suites: z.array(z.json()) });
const Spec = z.object({ title: z.string(), file: z.string(), tests: z.array(z.object({ status: z.string() })) });

async function look(folder: string, options: { check?: string; repeat?: number } = {}): Promise<Seen> {
  const { check, repeat = 1 } = options;
  if (check) cpSync(check, join(folder, 'scenarios', HIDDEN));
  const sink = await openSentrySink();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, PORT: String(port), BASE_URL: url, SENTRY_DSN: sink.dsn };
  const log = openSync(join(folder, 'try.log'), 'a');
  const run = (command: string) =>
    spawn(command, { cwd: folder, env, shell: true, detached: true, stdio: ['ignore', log, log] });
  const [types] = await once(run('npm run -s typecheck --if-present'), 'exit');
  const [built] = await once(run('npm run -s build --if-present'), 'exit');
  if (built !== 0) throw new Error(`${folder} does not build; see try.log there`);
  const app = run('npm start');
  try {
    await untilAnswered(`${url}/healthz`);
    const start = performance.now();
    const file = join(folder, 'report.json');
    const suite = run(
      `PLAYWRIGHT_JSON_OUTPUT_NAME=${file} npx playwright test --reporter=json --repeat-each=${repeat}`,
    );
    await once(suite, 'exit');
    const seconds = (performance.now() - start) / 1000;
    await wait(500); // The server's SDK sends in the background.
    const specs = SuiteReport.parse(JSON.parse(readFileSync(file, 'utf8'))).suites.flatMap(specsIn);
    if (specs.length === 0) throw new Error(`No scenario ran; see ${folder}/try.log`);
    const hidden = specs.filter((spec) => spec.file.endsWith(HIDDEN));
    const isGreen = (spec: z.infer<typeof Spec>) => spec.tests.every(({ status }) => status === 'expected');
    return {
      types: types === 0 ? 'green' : 'RED',
      red: countGreens(specs.filter((spec) => !hidden.includes(spec))),
      check: hidden.length === 0 ? '-' : hidden.every(isGreen) ? 'green' : 'red',
      errors: [...new Set(sink.titles)],
      seconds,
    };
  } finally {
    if (app.pid) process.kill(-app.pid, 'SIGTERM');
    await once(app, 'exit');
    sink.close();
  }
}

function specsIn(node: unknown): z.infer<typeof Spec>[] {
  if (Array.isArray(node)) return node.flatMap(specsIn);
  if (typeof node !== 'object' || node === null) return [];
  const spec = Spec.safeParse(node);
  return spec.success ? [spec.data] : Object.values(node).flatMap(specsIn);
}

function countGreens(specs: readonly z.infer<typeof Spec>[]): Map<string, string> {
  const red = new Map<string, string>();
  for (const title of new Set(specs.map((spec) => spec.title))) {
    const tests = specs.filter((spec) => spec.title === title).flatMap((spec) => spec.tests);
    const green = tests.filter(({ status }) => status === 'expected').length;
    if (green < tests.length) red.set(title, `${green}/${tests.length} green`);
  }
  return red;
}

async function tryFault(fault: Fault): Promise<boolean> {
  const folder = join(PLACE, fault.id);
  rmSync(folder, { recursive: true, force: true });
  copyExample(EXAMPLE, folder);
  const checkFile = join(EXAMPLE, 'faults', fault.id, 'check.spec.ts');
  const check = existsSync(checkFile) ? { check: checkFile } : {};

  applyEdits(folder, fault.edits);
  const faulty = await look(folder, check);
  let isAsExpected = faulty.types === 'green' && faulty.red.has(fault.expected.scenario);
  print(fault.id, 'faulty', faulty);
  if (fault.expected.result === 'flaky') {
    const again = await look(folder, { repeat: 4 });
    print(fault.id, 'again', again);
    return isAsExpected && /^[123]\//.test(again.red.get(fault.expected.scenario) ?? '');
  }
  if (fault.mendable || fault.expected.result === 'outage') isAsExpected &&= faulty.errors.length > 0;
  else isAsExpected &&= faulty.errors.length === 0;
  if (fault.mendable) {
    applyEdits(folder, fault.humanFix ?? []);
    const mended = await look(folder, check);
    print(fault.id, 'mended', mended);
    isAsExpected &&= faulty.check === 'red' && mended.check === 'green';
    isAsExpected &&= mended.types === 'green' && mended.red.size === 0 && mended.errors.length === 0;
  }
  return isAsExpected;
}

/** Whether taking the whole commit back would pass the fault's check: if not, the check tells a repair from a revert. */
async function tryHealthy(faults: readonly Fault[]): Promise<boolean> {
  const folder = join(PLACE, 'healthy');
  rmSync(folder, { recursive: true, force: true });
  copyExample(EXAMPLE, folder);
  const healthy = await look(folder);
  print('healthy', 'as it is', healthy);
  for (const { id } of faults.filter(({ mendable }) => mendable)) {
    const { check } = await look(folder, { check: join(EXAMPLE, 'faults', id, 'check.spec.ts') });
    say(`${id.padEnd(24)} reverted  check ${check}`);
  }
  return healthy.types === 'green' && healthy.red.size === 0 && healthy.errors.length === 0;
}

function print(id: string, state: string, { types, red, check, errors, seconds }: Seen): void {
  say(`${id.padEnd(24)} ${state.padEnd(9)} types ${types}, check ${check}, ${seconds.toFixed(1)} s`);
  for (const [title, greens] of red) say(`    red   ${title} (${greens})`);
  for (const error of errors) say(`    error ${error}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

mkdirSync(PLACE, { recursive: true });
const all = await readFaults(EXAMPLE);
const outcomes = new Map<string, boolean>();
if (ids.length === 0 || ids.includes('healthy')) outcomes.set('healthy', await tryHealthy(all));
for (const fault of all) {
  if (ids.length === 0 || ids.includes(fault.id)) outcomes.set(fault.id, await tryFault(fault));
}
say('');
for (const [id, isAsExpected] of outcomes) say(`${isAsExpected ? 'ok  ' : 'FAIL'} ${id}`);
process.exitCode = outcomes.size > 0 && [...outcomes.values()].every(Boolean) ? 0 : 1;
