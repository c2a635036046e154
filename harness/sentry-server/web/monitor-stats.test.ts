import { expect, test } from 'vitest';
import { monitorStats } from './monitor-stats.ts';

const AT = Date.parse('2026-11-26T12:30:00Z');
const NONE = { since: undefined, until: undefined, resolution: undefined };

function checkIn(minutesAgo: number, status: string, duration: number | null = null) {
  const at = AT - minutesAgo * 60_000;
  return { id: 'a'.repeat(32), status, environment: null, release: null, duration, added_at: at, updated_at: at };
}

test('counts by how they ended, and means their durations', () => {
  const rows = [checkIn(5, 'ok', 1), checkIn(10, 'ok', 2), checkIn(15, 'error'), checkIn(45, 'in_progress')];
  const since = String((AT - 30 * 60_000) / 1000 - 3600);

  const stats = monitorStats(rows, { ...NONE, since }, AT);

  expect(stats).toEqual([
    {
      ts: Date.parse('2026-11-26T11:00:00Z') / 1000,
      in_progress: 1,
      ok: 0,
      error: 0,
      missed: 0,
      timeout: 0,
      unknown: 0,
      duration: 0,
    },
    {
      ts: Date.parse('2026-11-26T12:00:00Z') / 1000,
      in_progress: 0,
      ok: 2,
      error: 1,
      missed: 0,
      timeout: 0,
      unknown: 0,
      duration: 1500,
    },
  ]);
});

test('tells of the last day by hours where nothing else is asked', () => {
  expect(monitorStats([], NONE, AT)).toHaveLength(25);
});

test.each([
  ['too many steps', { ...NONE, since: '0' }],
  ['an end before its start', { ...NONE, since: String(AT / 1000 + 9999) }],
  ['what is no time', { ...NONE, since: 'yesterday' }],
])('refuses %s', (_, question) => {
  expect(() => monitorStats([], question, AT)).toThrow(expect.objectContaining({ status: 400 }));
});
