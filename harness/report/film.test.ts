import { expect, test } from 'vitest';
import type { TraceEvents } from '../model/trace-events.ts';
import { chooseFilm, showsSecret } from './film.ts';

const frame = (at: number) => ({ file: `resources/${at}.jpeg`, page: 'page@1', at });
const trace = (changes: Partial<TraceEvents>): TraceEvents => ({
  ...{ frames: [], console: [], errors: [], looks: [], endedAt: 5_000 },
  ...changes,
});
const FRAMES = [0, 1_000, 2_000, 2_900, 3_000, 3_500, 4_000, 5_000].map(frame);
const labels = (changes: Partial<TraceEvents>) => chooseFilm(trace(changes)).frames.map(({ label }) => label);

test.each<[string, Partial<TraceEvents>, string[]]>([
  [
    'three before an error, the next one and the last',
    { frames: FRAMES, errors: [3_000, 4_900] },
    [
      '1.0 s before the error',
      '0.1 s before the error',
      'at the error',
      '0.5 s after the error',
      '2.0 s after the error',
    ],
  ],
  [
    'the last ones where nothing failed',
    { frames: FRAMES },
    ['1.5 s before the end', '1.0 s before the end', 'at the end'],
  ],
  ['one where there is one', { frames: [frame(5_000)], errors: [1_000] }, ['4.0 s after the error']],
  ['none where there is none', { errors: [1_000] }, []],
])('chooses %s', (_, events, expected) => {
  expect(labels(events)).toEqual(expected);
});

const look = (at: number, html: unknown) => ({ at, html });
const CARD = ['INPUT', { name: 'card', __playwright_value_: '4111 1111 1111 1111' }];

test.each<[string, TraceEvents['looks'], number, number]>([
  ['nothing where no look shows a secret', [look(0, ['P', {}, 'Hi'])], 3, 0],
  [
    'all that came after the last look without one',
    [look(0, ['P', {}, 'Hi']), look(2_500, CARD), look(4_000, [[1, 2]])],
    1,
    7,
  ],
  ['everything where the first look shows one', [look(0, CARD)], 0, 8],
])('leaves out %s', (_, looks, shown, hidden) => {
  const film = chooseFilm(trace({ frames: FRAMES, looks }));

  expect([film.frames.length, film.hidden]).toEqual([shown, hidden]);
});

test.each<[string, unknown, boolean]>([
  ['a card in a text', ['HTML', {}, ['BODY', {}, ['P', {}, 'Card 4111-1111-1111-1111']]], true],
  ['a token in a text', ['P', {}, `ghp_${'a1'.repeat(12)}`], true],
  ['a filled field for a code', ['INPUT', { name: 'cvc', __playwright_value_: '123' }], true],
  ['a token in a field of any name', ['INPUT', { name: 'q', __playwright_value_: `ghp_${'a1'.repeat(12)}` }], true],
  ['an empty field for a code', ['INPUT', { name: 'cvc', __playwright_value_: '' }], false],
  ['a password, which is shown as dots', ['INPUT', { type: 'password', __playwright_value_: 'hunter2' }], false],
  ['a token in a script', ['SCRIPT', {}, `ghp_${'a1'.repeat(12)}`], false],
  ['an ordinary page', ['BODY', { class: 'a' }, ['INPUT', { name: 'q', __playwright_value_: 'tea' }], [0, 4]], false],
])('knows %s', (_, html, expected) => {
  expect(showsSecret(html)).toBe(expected);
});

test('tells the last console lines, secrets masked', () => {
  const lines = Array.from({ length: 10 }, (_, at) => ({ at, level: 'log', text: `line ${at}` }));

  const film = chooseFilm(trace({ console: [...lines, { at: 11, level: 'error', text: 'Bearer abcdefgh12345' }] }));

  expect(film.console.at(0)).toEqual({ level: 'log', text: 'line 3' });
  expect(film.console.at(-1)).toEqual({ level: 'error', text: 'Bearer ***' });
});
