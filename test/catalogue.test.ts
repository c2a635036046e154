/** Has every fixer its id, its example, its table and its row in the documentation? */
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTypes as typesOver } from '../harness/adapters/types/open-types.ts';
import { resultsOf } from '../harness/kit/fixer-table.ts';
import { loadFixers } from '../harness/load-fixers.ts';
import { formatFixers } from '../scripts/fixers-doc.ts';

const ROOT = join(import.meta.dirname, '..');
const fixers = await loadFixers([]);

test('finds every fixer', () => {
  expect(fixers.map(({ id }) => id)).toEqual([
    'bind-this',
    'browser-compat',
    'code-fix',
    'compare-types',
    'csp-source',
    'default-value',
    'early-return',
    'empty-list',
    'escaped-rejection',
    'fallback-value',
    'filter-null',
    'guard',
    'inherited-key',
    'invalid-format',
    'missing-argument',
    'missing-await',
    'missing-entry',
    'missing-import',
    'missing-key',
    'missing-prop',
    'negated-operand',
    'network-failure',
    'optional-chain',
    'parse-fallback',
    'python-coercion',
    'python-first-element',
    'python-missing-attribute',
    'python-missing-key',
    'python-name',
    'python-none',
    'python-safe-division',
    'react-child',
    'response-schema',
    'revert-hunk',
    'safe-division',
    'sibling-sites',
    'type-coercion',
    'update-loop',
    'widen-check',
    'wrong-name',
    'wrong-operator',
  ]);
});

test('prints every fixer in docs/fixers.md', () => {
  expect(readFileSync(join(ROOT, 'docs', 'fixers.md'), 'utf8')).toBe(formatFixers(fixers));
});

describe.each(fixers.map((fixer) => ({ id: fixer.id, fixer })))('$id', ({ id, fixer }) => {
  test('has a table', () => {
    expect(existsSync(join(ROOT, 'fixes', `${id}.test.ts`))).toBe(true);
  });

  test('mends its own example', () => {
    const { message, before, after, hunks = [], values = {}, typed = false } = fixer.example;
    const openTypes = (texts: ReadonlyMap<string, string>) => typesOver({ root: tmpdir(), texts });
    const others = { 'pad.ts': 'export const pad = 1;\nexport function formatPrice() {}\n' };
    const lines = before.split('\n').map((_, index) => index + 1);

    const results = lines.flatMap((line) => {
      const script = /<\/?\w+>/.test(before) || before.includes('/>') ? 'example.tsx' : 'example.ts';
      const file = fixer.language === 'python' ? 'example.py' : script;
      const stack = [
        { file, line: 99 },
        { file, line },
      ];
      return [[], stack].flatMap((frames) =>
        resultsOf(
          fixer,
          { message, line, others, file, hunks: [...hunks], stack: frames, values, ...(typed && { openTypes }) },
          before,
        ),
      );
    });

    expect(results.map(({ text }) => text)).toContain(after);
  });
});
