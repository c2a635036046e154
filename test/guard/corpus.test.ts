import { expect, test } from 'vitest';
import { loadFixers } from '../../harness/load-fixers.ts';
import { BAD, GOOD } from './corpus.ts';
import { ruleAgainst } from './judge-corpus.ts';

const examples = (await loadFixers([])).map(({ id, language, example: { before, after } }) => ({
  name: `the example of ${id}`,
  file: language === 'python' ? 'src/a.py' : /<\/?\w+>/.test(before) ? 'src/a.tsx' : 'src/a.ts',
  before,
  after,
}));

test.each(BAD)('refuses $name', (bad) => {
  expect(ruleAgainst(bad)).toBe(bad.rule);
});

test.each(GOOD)('lets $name through', (good) => {
  expect(ruleAgainst(good)).toBeUndefined();
});

test.each(examples)('lets $name through', (good) => {
  expect(ruleAgainst(good)).toBeUndefined();
});

test('is large enough to tell something', () => {
  expect(BAD.length).toBeGreaterThanOrEqual(60);
  expect(GOOD.length + examples.length).toBeGreaterThanOrEqual(60);
});
