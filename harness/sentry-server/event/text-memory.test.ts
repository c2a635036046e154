import { expect, test } from 'vitest';
import { TextMemory } from './text-memory.ts';

test('what was used longest ago makes room, and a value counts as much as its text', () => {
  const memory = new TextMemory<string>({ chars: 8, sizeOf: (value) => value.length });
  memory.set('ab', 'cd');
  memory.set('ef', 'gh');
  expect(memory.get('ab')).toBe('cd');
  memory.set('ij', 'kl');
  expect(['ab', 'ef', 'ij'].map((text) => memory.get(text))).toEqual(['cd', undefined, 'kl']);
  memory.set('long', 'longer');
  expect(['ab', 'ij', 'long'].map((text) => memory.get(text))).toEqual([undefined, undefined, undefined]);
});

test('a text that `Map` could not tell apart quickly is not kept', () => {
  const memory = new TextMemory<number>({ chars: 100_000, sizeOf: () => 0 });
  memory.set('x'.repeat(16_001), 1);
  expect(memory.get('x'.repeat(16_001))).toBeUndefined();
});
