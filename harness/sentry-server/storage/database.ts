/** A SQLite file with checked rows, cached statements and one transaction at a time. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { z } from 'zod';
import { Failure } from '../../model/failure.ts';
import { migrations } from './migrations.ts';

export interface Database {
  all<T>(row: z.ZodType<T>, sql: string, ...values: SQLInputValue[]): T[];
  one<T>(row: z.ZodType<T>, sql: string, ...values: SQLInputValue[]): T | undefined;
  /** Returns how many rows changed and the id of the last one inserted. */
  run(sql: string, ...values: SQLInputValue[]): { changes: number; id: number };
  /** All or nothing; when it returns, what was written survives the death of this process. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** Throws a usage Failure where the file is no database of ours or was written by a newer version. */
export function openDatabase(file: string): Database {
  const sqlite = openFile(file);
  try {
    // In WAL mode NORMAL survives kill -9; only a power cut could lose the last commits.
    sqlite.exec('PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    migrate(sqlite, file);
  } catch (error) {
    sqlite.close();
    if (error instanceof Failure) throw error;
    throw unreadable(file, error);
  }
  return wrap(sqlite);
}

function openFile(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, cause: unknown): Failure {
  return new Failure('usage', 'sentry-file-unreadable', `The embedded Sentry cannot use its file ${file}.`, {
    hint: 'Check that the folder exists and is writable, or move the file away to start with an empty one.',
    cause,
  });
}

function migrate(sqlite: DatabaseSync, file: string): void {
  sqlite.exec('BEGIN IMMEDIATE');
  const version = Number(sqlite.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  if (version > migrations.length) {
    throw new Failure('usage', 'sentry-file-newer', `${file} was written by a newer Mendwright.`, {
      hint: 'Update Mendwright, or move the file away to start with an empty one.',
    });
  }
  for (const step of migrations.slice(version)) sqlite.exec(step);
  sqlite.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`);
}

function wrap(sqlite: DatabaseSync): Database {
  const statements = new Map<string, StatementSync>();
  let isInside = false;
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = sqlite.prepare(sql);
    if (statements.size < 500) statements.set(sql, statement);
    return statement;
  };
  return {
    all: (row, sql, ...values) =>
      prepare(sql)
        .all(...values)
        .map((found) => row.parse(found)),
    one: (row, sql, ...values) => {
      const found = prepare(sql).get(...values);
      return found === undefined ? undefined : row.parse(found);
    },
    run: (sql, ...values) => {
      const { changes, lastInsertRowid } = prepare(sql).run(...values);
      return { changes: Number(changes), id: Number(lastInsertRowid) };
    },
    transaction: (work) => {
      if (isInside) return work();
      sqlite.exec('BEGIN IMMEDIATE');
      isInside = true;
      try {
        const result = work();
        sqlite.exec('COMMIT');
        return result;
      } catch (error) {
        if (sqlite.isTransaction) sqlite.exec('ROLLBACK');
        throw error;
      } finally {
        isInside = false;
      }
    },
    close: () => {
      statements.clear();
      if (sqlite.isOpen) sqlite.close();
    },
  };
}
