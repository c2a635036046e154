import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { KeptAnswers } from './kept-answers.ts';
import { ensureProject, projectOfKey } from './projects.ts';

let db: Database;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  db = openDatabase(':memory:');
});
afterEach(() => {
  db.close();
  vi.useRealTimers();
});

/** Asks for each key in turn; what was read anew, in order. */
function asked(kept: KeptAnswers<string>, keys: readonly string[], between: () => void): string[] {
  const read: string[] = [];
  for (const key of keys) {
    const answer = kept.of(db, key, () => {
      read.push(key);
      return key === 'nothing' ? undefined : `of ${key}`;
    });
    expect(answer).toBe(key === 'nothing' ? undefined : `of ${key}`);
    between();
  }
  return read;
}

test.each<[string, readonly string[], () => void, readonly string[]]>([
  ['the same question is asked once', ['a', 'b', 'a', 'b'], () => undefined, ['a', 'b']],
  ['what has no answer is asked again', ['nothing', 'nothing'], () => undefined, ['nothing', 'nothing']],
  ['after a write all is asked again', ['a', 'a'], () => db.run("UPDATE projects SET name = 'x'"), ['a', 'a']],
  ['after half a second it is kept', ['a', 'a'], () => vi.advanceTimersByTime(500), ['a']],
  ['after a second it is asked again', ['a', 'a'], () => vi.advanceTimersByTime(1000), ['a', 'a']],
])('%s', (_, keys, between, read) => {
  expect(asked(new KeptAnswers<string>(), keys, between)).toEqual(read);
});

test('a key that is switched off is refused at once', () => {
  const { project, key } = ensureProject(db, { slug: 'shop' }, 0);
  const isKnown = () => projectOfKey(db, String(project.id), key.public) !== undefined;

  const before = isKnown();
  db.run('UPDATE keys SET is_active = 0');

  expect([before, isKnown()]).toEqual([true, false]);
});
