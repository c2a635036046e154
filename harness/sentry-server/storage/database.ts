/** A SQLite file with checked rows, cached statements and one transaction at a time. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { z } from 'zod';
import { Failure } from '../../model/failure.ts';
import { type Checkpointer, checkpointer } from './checkpointer.ts';
import { migrations } from './migrations.ts';
import { userHash } from './user-hash.ts';

export interface Database {
  all<T>(row: z.ZodType<T>, sql: string, ...values: SQLInputValue[]): T[];
  one<T>(row: z.ZodType<T>, sql: string, ...values: SQLInputValue[]): T | undefined;
  /** Returns how many rows changed and the id of the last one inserted. */
  run(sql: string, ...values: SQLInputValue[]): { changes: number; id: number };
  /** All or nothing; when it returns, what was written survives the death of this process. */
  transaction<T>(work: () => T): T;
  /** The same, but undefined at once where another process is writing. */
  tryTransaction<T>(work: () => T): T | undefined;
  /** Grows with every statement that writes through this connection. */
  readonly writes: () => number;
  close(): void;
}

export interface DatabaseOptions {
  /** Whether another thread moves the log to its place, or the one that writes, which then stands still for it. */
  readonly checkpoints?: 'thread' | 'writer';
  /** Told before a write begins and when it has ended. */
  readonly turn?: { take(): void; give(): void };
}

const NO_TURN = { take: () => undefined, give: () => undefined };
const BUSY_MS = 10_000;
const CACHE_KIB = 8 * 1024;
const PAGE_BYTES = 4096;
/** A page that is written often goes from the log to its place once, when the log has that many. */
const WAL_PAGES = 16_000;
const STATEMENTS = 200;
const SQLITE_BUSY = 5;

/** Throws a usage Failure where the file is no database of ours or was written by a newer version. */
export function openDatabase(file: string, options: DatabaseOptions = {}): Database {
  const sqlite = openFile(file);
  try {
    // In WAL mode NORMAL survives kill -9; only a power cut could lose the last commits.
    sqlite.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;`);
    sqlite.exec(`PRAGMA cache_size = -${CACHE_KIB}; PRAGMA wal_autocheckpoint = ${WAL_PAGES};`);
    sqlite.exec(`PRAGMA journal_size_limit = ${WAL_PAGES * PAGE_BYTES}`);
    sqlite.function('user_hash', { deterministic: true }, (key) => userHash(String(key)));
    migrate(sqlite, file);
  } catch (error) {
    sqlite.close();
    if (error instanceof Failure) throw error;
    throw unreadable(file, error);
  }
  const isThreaded = isOnDisk(file) && options.checkpoints !== 'writer';
  return wrap(sqlite, isThreaded ? checkpointer(file) : undefined, options.turn ?? NO_TURN);
}

export function isOnDisk(file: string): boolean {
  return file !== ':memory:' && file !== '';
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

function wrap(
  sqlite: DatabaseSync,
  checkpoints: Checkpointer | undefined,
  turn: NonNullable<DatabaseOptions['turn']>,
): Database {
  const statements = new Map<string, StatementSync>();
  let isInside = false;
  let writes = 0;
  let isTurn = false;
  const take = (): void => {
    if (!isTurn) turn.take();
    isTurn = true;
  };
  const give = (): void => {
    if (isTurn) turn.give();
    isTurn = false;
  };
  /** Searches are statements without end: the ones used longest ago make room. */
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql);
    const statement = known ?? sqlite.prepare(sql);
    if (known !== undefined) statements.delete(sql);
    else if (statements.size >= STATEMENTS) {
      for (const oldest of statements.keys()) {
        statements.delete(oldest);
        break;
      }
    }
    statements.set(sql, statement);
    return statement;
  };
  const run = <T>(work: () => T): T => {
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
      give();
    }
  };
  const beginAtOnce = (): boolean => {
    sqlite.exec('PRAGMA busy_timeout = 0');
    try {
      sqlite.exec('BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      if (isBusy(error)) return false;
      throw error;
    } finally {
      sqlite.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    }
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
      if (!isInside) take();
      try {
        const { changes, lastInsertRowid } = prepare(sql).run(...values);
        writes += 1;
        checkpoints?.wrote();
        return { changes: Number(changes), id: Number(lastInsertRowid) };
      } finally {
        if (!isInside) give();
      }
    },
    transaction: (work) => {
      if (isInside) return work();
      take();
      sqlite.exec('BEGIN IMMEDIATE');
      return run(work);
    },
    // Where it cannot begin the turn stays taken: it will be tried again.
    tryTransaction: (work) => {
      take();
      return beginAtOnce() ? run(work) : undefined;
    },
    writes: () => writes,
    close: () => {
      statements.clear();
      checkpoints?.close();
      if (sqlite.isOpen) sqlite.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}
