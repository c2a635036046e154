import { describe, expect, test } from 'vitest';
import { isGuarded } from './guards.ts';
import { SourceText } from './source-text.ts';
import { isAccess, pathOf } from './syntax.ts';

/** Whether the last read of `a` or `a.b` in the text is guarded. */
function guardedIn(text: string, path: string): boolean {
  const source = new SourceText('x.tsx', text);
  const read = source.find(isAccess).findLast((node) => pathOf(source, node.expression) === path);
  if (read === undefined) throw new Error(`${text} reads nothing of ${path}`);
  return isGuarded(source, read, path);
}

describe('knows that a value is there', () => {
  test.each([
    ['behind &&', 'a && a.c', 'a'],
    ['behind && further left', 'a && b() && a.c', 'a'],
    ['behind a negation and ||', '!a || a.c', 'a'],
    ['in the true branch', 'a ? a.c : 0', 'a'],
    ['in the false branch of a negation', '!a ? 0 : a.c', 'a'],
    ['in an if', 'if (a) { a.c; }', 'a'],
    ['in an else', 'if (a == null) { x; } else { a.c; }', 'a'],
    ['behind an exit', 'function f() { if (!a) return; a.c; }', 'a'],
    ['behind an exit of a block', 'function f() { if (!a) { log(); throw x; } a.c; }', 'a'],
    ['behind a comparison with nothing', 'a != null && a.c', 'a'],
    ['behind a type', "typeof a === 'string' && a.c", 'a'],
    ['behind a test of its member', 'a.b.d && a.b.c', 'a.b'],
    ['behind the length of its list', 'list.length > 0 && list[0].c', 'list.0'],
    ['in a function, for a plain name', 'a && run(() => a.c)', 'a'],
  ])('%s', (_, text, path) => {
    expect(guardedIn(text, path)).toBe(true);
  });
});

describe('does not take for a guard', () => {
  test.each([
    ['nothing', 'a.c', 'a'],
    ['a test of another value', 'b && a.c', 'a'],
    ['a test behind it', 'a.c && a', 'a'],
    ['the false branch', 'a ? 0 : a.c', 'a'],
    ['the left side of ||', 'a || a.c', 'a'],
    ['a comparison that lets undefined through', 'a !== null && a.c', 'a'],
    ['a type that null has', "typeof a === 'object' && a.c", 'a'],
    ['an if without an exit', 'function f() { if (!a) log(); a.c; }', 'a'],
    ['a test before a function that is called later', 'a.b && later(() => a.b.c)', 'a.b'],
    ['a test of the holder', 'a && a.b.c', 'a.b'],
  ])('%s', (_, text, path) => {
    expect(guardedIn(text, path)).toBe(false);
  });
});
