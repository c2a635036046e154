/** `npm run bench -- NAME [--json]`: runs one bench and prints its table, or one JSON object. */
import { existsSync, readdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, BenchResult } from './bench.ts';

enableCompileCache(); // As bin/mendwright.js does.

const OWN = new Set(['bench.ts', 'run.ts']);

function names(): string[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !OWN.has(file))
    .map((file) => file.slice(0, -3));
}

function formatTable({ rows, figures }: BenchResult): string {
  const columns = Object.keys(rows[0] ?? {});
  const cells = [columns, ...rows.map((row) => columns.map((column) => formatCell(row[column])))];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const summary = Object.entries(figures).map(([name, value]) => `${name} ${formatCell(value)}`);
  return [...lines, '', summary.join(' · ')].join('\n');
}

function formatCell(value: string | number | undefined): string {
  return typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : (value ?? '');
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const [name] = positionals;
if (name === undefined || !/^[a-z-]+$/.test(name) || !existsSync(join(import.meta.dirname, `${name}.ts`))) {
  process.stderr.write(`npm run bench -- NAME [--json]\nBenches: ${names().join(', ')}\n`);
  process.exitCode = 2;
} else {
  const { bench }: { bench: Bench } = await import(`./${name}.ts`);
  const result = await bench.measure();
  process.stdout.write(
    `${values.json ? JSON.stringify({ name, ...result }) : `${bench.summary}\n\n${formatTable(result)}`}\n`,
  );
}
