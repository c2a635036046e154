import { expect, test } from 'vitest';
import { formatError } from './print.ts';

test('names the code behind the sentence and puts the next step below it', () => {
  const text = formatError('There is no app.\n  Start one.', { code: 'no-app', colour: false });

  expect(text).toBe('✖ There is no app. (no-app)\n  Start one.\n');
});

test('shows strangers’ control characters instead of sending them to the terminal', () => {
  const text = formatError('The app said \u001b[2J\u0007\u202e.', { code: undefined, colour: false });

  expect(text).toBe('✖ The app said ␇‹U+202E›.\n');
});

test('colours only when asked', () => {
  expect(formatError('a', { code: 'b', colour: true })).toBe('\u001b[31m✖\u001b[39m a\u001b[2m (b)\u001b[22m\n');
});
