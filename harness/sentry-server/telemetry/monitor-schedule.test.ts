/** When a monitor is due next. */
import { expect, test } from 'vitest';
import { MonitorConfig, nextDue } from './monitor-schedule.ts';

const NOW = Date.parse('2026-11-26T14:07:30Z'); // a Thursday

test.each([
  ['* * * * *', '2026-11-26T14:08:00.000Z'],
  ['*/15 * * * *', '2026-11-26T14:15:00.000Z'],
  ['0 3 * * *', '2026-11-27T03:00:00.000Z'],
  ['30 14 * * 1-5', '2026-11-26T14:30:00.000Z'],
  ['0 9 * * mon', '2026-11-30T09:00:00.000Z'],
  ['0 0 1 jan *', '2027-01-01T00:00:00.000Z'],
  ['0 0 1 * sun', '2026-11-29T00:00:00.000Z'],
  ['@hourly', '2026-11-26T15:00:00.000Z'],
  ['5,10 14 * * 7', '2026-11-29T14:05:00.000Z'],
])('by %j at %s', (value, expected) => {
  const config = MonitorConfig.parse({ schedule: { type: 'crontab', value } });

  expect(new Date(nextDue(config, NOW)).toISOString()).toBe(expected);
});

test.each(['', 'nonsense', '61 * * * *', '* * * *', '0 0 31 feb *', '*/0 * * * *'])(
  'by a line that is none (%j) a day later',
  (value) => {
    const config = MonitorConfig.parse({ schedule: { type: 'crontab', value } });

    expect(nextDue(config, NOW)).toBe(NOW + 86_400_000);
  },
);

test('by an interval', () => {
  const config = MonitorConfig.parse({ schedule: { type: 'interval', value: 2, unit: 'hour' } });

  expect(nextDue(config, NOW)).toBe(NOW + 7_200_000);
});
