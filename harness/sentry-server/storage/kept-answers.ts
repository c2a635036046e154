/** Keeps answers of a database for what is asked with each event: until something is written, and no longer than a second. */
import type { Database } from './database.ts';

interface Kept<T> {
  /** Of the connection, when the answers were read: a write through it may have changed any of them. */
  readonly writes: number;
  readonly until: number;
  readonly answers: Map<string, T>;
}

/** How long a write by another process may go unnoticed. */
const KEPT_MS = 1000;
const MOST = 1000;

/** Answers to one kind of question. */
export class KeptAnswers<T> {
  readonly #kept = new WeakMap<Database, Kept<T>>();

  /** `key` tells what is asked; undefined is no answer, and is not kept. */
  of(db: Database, key: string, read: () => T | undefined): T | undefined {
    const { answers } = this.#current(db);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = read();
    if (answer !== undefined && answers.size < MOST) answers.set(key, answer);
    return answer;
  }

  #current(db: Database): Kept<T> {
    const kept = this.#kept.get(db);
    const now = performance.now();
    if (kept !== undefined && kept.writes === db.writes() && now < kept.until) return kept;
    const fresh = { writes: db.writes(), until: now + KEPT_MS, answers: new Map<string, T>() };
    this.#kept.set(db, fresh);
    return fresh;
  }
}
