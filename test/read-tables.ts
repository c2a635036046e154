/** Every row of every fixer's table, without running the tables. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { AnyFixer } from '../harness/kit/fixer.ts';
import type { FixerTable, Told } from '../harness/kit/fixer-table.ts';

export interface TableRow {
  readonly fixer: AnyFixer;
  readonly name: string;
  readonly told: Told;
  readonly before: string;
}

const FIXES = join(import.meta.dirname, '..', 'fixes');

/** To be called while the tests of a file are registered: those that stand beside a table are registered, too. */
export async function readTables(): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  vi.doMock('../harness/kit/fixer-table.ts', async (original) => ({
    ...(await original<object>()),
    fixerTable(fixer: AnyFixer, { cures, best = [], offers = [], leaves }: FixerTable) {
      for (const [name, told, before] of [...cures, ...best, ...offers, ...leaves]) {
        rows.push({ fixer, name, told, before });
      }
    },
  }));
  for (const name of readdirSync(FIXES)) if (name.endsWith('.test.ts')) await import(join(FIXES, name));
  vi.doUnmock('../harness/kit/fixer-table.ts');
  return rows;
}
