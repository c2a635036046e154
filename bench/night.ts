/** How long a night takes, stage by stage, on the demo's repository, first and second time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, BenchResult } from './bench.ts';

const ROOT = join(import.meta.dirname, '..');
const REPOSITORY = join(ROOT, '.demo', 'shop');

async function run(args: string[]): Promise<{ stdout: string; seconds: number }> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  await once(child, 'close');
  if (child.exitCode !== 0 && child.exitCode !== 1) throw new Error(`${args.join(' ')} ended with ${child.exitCode}`);
  return { stdout, seconds: (performance.now() - start) / 1000 };
}

async function night(): Promise<{ seconds: number; stages: Record<string, number> }> {
  const { stdout, seconds } = await run(['bin/mendwright.js', 'nightly', '--json', '--cwd', REPOSITORY]);
  const { run: id }: { run: string } = JSON.parse(stdout);
  const file = join(REPOSITORY, '.mendwright', 'runs', id, 'record.json');
  const { stages }: { stages: Record<string, number> } = JSON.parse(readFileSync(file, 'utf8'));
  return { seconds, stages };
}

async function measure(): Promise<BenchResult> {
  await run(['scripts/demo.ts', '--no-night']);
  const first = await night();
  const second = await night();
  const names = Object.keys(first.stages);
  const rows = names.map((stage) => ({ stage, first: first.stages[stage] ?? 0, second: second.stages[stage] ?? 0 }));
  rows.push({ stage: 'whole night', first: first.seconds, second: second.seconds });
  return {
    rows,
    figures: { seconds: first.seconds, secondNight: second.seconds, ratio: second.seconds / first.seconds },
  };
}

export const bench: Bench = { name: 'night', summary: 'seconds of each stage of a night on the demo', measure };
