import { expect, test } from 'vitest';
import type { NightNews } from '../model/night-news.ts';
import { formatLetter } from './letter.ts';

const NEWS: NightNews = {
  ...{ version: 1, run: 'run-1', app: 'shop', headline: 'One.', at: '2026-11-23T02:00:00.000Z' },
  scenarios: { total: 1, red: 1, green: 0, flaky: 0 },
  changes: [{ kind: 'new-branch', text: 'SHOP-1 x', branch: 'mend/a', url: null }],
};

test('writes the headline, each change with its branch, and the night', () => {
  expect(formatLetter(NEWS)).toEqual({
    subject: 'shop: One.',
    text: 'One.\n\n- SHOP-1 x\n  mend/a\n\n1 scenario: 0 green, 1 red, 0 flaky. 23 Nov 2026, run run-1.\n',
  });
});

test('bounds what strangers wrote, and keeps each text on its line', () => {
  const change = { kind: 'new-issue' as const, text: `a\r\n- b${'x'.repeat(9_000)}`, branch: null, url: null };
  const { subject, text } = formatLetter({
    ...NEWS,
    app: `a\u202e\r\nBcc: x${'y'.repeat(900)}`,
    changes: Array.from({ length: 80 }, () => change),
  });

  expect(subject).toMatch(/^a‹U\+202E› Bcc: xy+…$/);
  expect(subject).toHaveLength(150);
  const lines = text.split('\n');
  expect(lines.filter((line) => line.startsWith('- '))).toHaveLength(50);
  expect(Math.max(...lines.map((line) => line.length))).toBe(502);
  expect(lines).toContain('… and 30 more');
});
