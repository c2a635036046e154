import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { applyEdits, breaksSyntax, syntaxErrors } from './apply-edits.ts';
import { exitText, withConjunct, withDefault, withTernary } from './edits.ts';
import { SourceText } from './source-text.ts';

/** The expression whose text is given, innermost. */
function expressionIn(source: SourceText, text: string): ts.Expression {
  const found = source.find(ts.isExpression).findLast((node) => source.textOf(node) === text);
  if (found === undefined) throw new Error(`no ${text} in ${source.text}`);
  return found;
}

describe('puts parentheses where they are needed, and only there', () => {
  test.each([
    ['a default alone', 'const x = a;', 'a', withDefault, '[]', 'const x = a ?? [];'],
    ['a default before a member', 'a.map(f);', 'a', withDefault, '[]', '(a ?? []).map(f);'],
    ['a default as an argument', 'f(a, b);', 'a', withDefault, '[]', 'f(a ?? [], b);'],
    ['a default in a sum', 'x = a + 1;', 'a', withDefault, '0', 'x = (a ?? 0) + 1;'],
    ['a default beside ||', 'x = a || b;', 'a', withDefault, '0', 'x = (a ?? 0) || b;'],
    ['a default of an await', 'x = await a;', 'await a', withDefault, '[]', 'x = await a ?? [];'],
    ['a default of a choice', 'x = a ? b : c;', 'a ? b : c', withDefault, '0', 'x = (a ? b : c) ?? 0;'],
    ['a default that is spread', 'x = [...a];', 'a', withDefault, '[]', 'x = [...(a ?? [])];'],
    ['a conjunct in a condition', 'if (a.b) c();', 'a.b', withConjunct, 'a', 'if (a && a.b) c();'],
    ['a conjunct of an or', 'if (a.b || a.c) d();', 'a.b || a.c', withConjunct, 'a', 'if (a && (a.b || a.c)) d();'],
    ['a conjunct in an or', 'if (a.b || c) d();', 'a.b', withConjunct, 'a', 'if ((a && a.b) || c) d();'],
    ['a conjunct beside ??', 'x = a.b ?? c;', 'a.b', withConjunct, 'a', 'x = (a && a.b) ?? c;'],
  ] as const)('%s', (_, text, part, edit, value, after) => {
    const source = new SourceText('x.ts', text);

    const result = applyEdits(text, edit(source, expressionIn(source, part), value));

    expect(result).toBe(after);
    expect(syntaxErrors('x.ts', result ?? '')).toBe(0);
  });

  test('of a choice', () => {
    const source = new SourceText('x.ts', 'x = a.b + 1;');

    const edits = withTernary(source, expressionIn(source, 'a.b'), { test: 'a', otherwise: '0' });

    expect(applyEdits(source.text, edits)).toBe('x = (a ? a.b : 0) + 1;');
  });
});

test.each([
  ['in one line without a semicolon', 'if (b) return\nconst c = 1\n', 'if (!a) return'],
  ['in braces, by tabs', 'if (b) {\n\treturn;\n}\n', 'if (!a) {\n\t\treturn;\n\t}'],
])('writes an exit as the file does: %s', (_, text, expected) => {
  const source = new SourceText('x.js', text);

  expect(exitText(source, { test: '!a', exit: 'return', indent: source.style.braces ? '\t' : '' })).toBe(expected);
});

describe('edits break the syntax', () => {
  test.each([
    ['when they open what nothing closes', 'f(a);\ng(b);', { start: 2, end: 3, text: '(a' }, true],
    ['not when they are whole', 'f(a);\ng(b);', { start: 2, end: 3, text: 'a ?? 0' }, false],
    ['not by an error that was there', 'f(;\ng(b);', { start: 6, end: 7, text: 'c' }, false],
    ['not by an await of a module', 'const a = load();', { start: 10, end: 10, text: 'await ' }, false],
  ])('%s', (_, text, edit, breaks) => {
    expect(breaksSyntax(new SourceText('x.ts', text), [edit])).toBe(breaks);
  });
});

test.each([
  [
    'overlap',
    [
      { start: 0, end: 3, text: 'x' },
      { start: 2, end: 4, text: 'y' },
    ],
  ],
  ['lie behind the end', [{ start: 9, end: 9, text: 'x' }]],
  ['run backwards', [{ start: 3, end: 1, text: 'x' }]],
])('gives nothing for edits that %s', (_, edits) => {
  expect(applyEdits('f(a);', edits)).toBeUndefined();
});
