import { expect, test } from 'vitest';
import { runOf, scenario } from '../../test/ladder/scripted-trial.ts';
import type { ScenarioRun } from '../model/scenario.ts';
import { missValue } from './strength.ts';

test.each<[string, Partial<ScenarioRun>, boolean, boolean]>([
  ['an expectation that failed', {}, true, true],
  ['a green run', {}, false, false],
  [
    'an error of the app',
    { sightings: [{ id: '1', at: '', kind: 'exception', origin: 'app', message: 'x' }] },
    true,
    false,
  ],
  ['an error that Sentry alone saw', { eventIds: ['e'] }, true, false],
])('of %s', (_, changes, red, expected) => {
  expect(missValue([{ run: runOf(scenario('pays'), changes), events: [], red }])).toBe(expected);
});
