import { expect, test } from 'vitest';
import { contrastOf, type SeenRun } from './contrast.ts';

function run(functions: readonly string[], answers: SeenRun['answers'] = []): SeenRun {
  return { called: functions.map((name, index) => ({ file: 'src/a.ts', line: index + 1, function: name })), answers };
}

test('puts what only the red run calls before what the good ones call as well', () => {
  const { functions, greenRuns } = contrastOf({
    against: 'neighbours',
    red: [run(['shared', 'own', 'half'])],
    green: [run(['shared', 'half', 'other']), run(['shared'])],
  });

  expect(greenRuns).toBe(2);
  expect(functions.map(({ function: name, green, suspicion }) => [name, green, Number(suspicion.toFixed(2))])).toEqual([
    ['own', 0, 1],
    ['half', 1, 0.71],
    ['shared', 2, 0.58],
  ]);
});

test('knows a function again by its name, wherever its line went', () => {
  const moved = { called: [{ file: 'src/a.ts', line: 90, function: 'own' }], answers: [] };

  expect(contrastOf({ against: 'last-green', red: [run(['own'])], green: [moved] }).functions).toMatchObject([
    { green: 1 },
  ]);
});

const good = { $: 'object', '$.room': 'object', '$.room.owner': 'object', '$.room.owner.name': 'string' };

test.each<[string, Record<string, string>, [string, string, string][]]>([
  ['nothing where all is as it was', good, []],
  [
    'what is null now, without what was in it',
    { $: 'object', '$.room': 'object', '$.room.owner': 'null' },
    [['$.room.owner', 'null', 'object']],
  ],
  ['what is not there any more', { $: 'object', '$.room': 'object' }, [['$.room.owner', 'nothing', 'object']]],
  ['what is a text now', { ...good, '$.room.owner.name': 'number' }, [['$.room.owner.name', 'number', 'string']]],
  ['what is new', { ...good, '$.room.price': 'number' }, [['$.room.price', 'number', 'nothing']]],
])('tells of answers: %s', (_, types, expected) => {
  const { answers } = contrastOf({
    against: 'last-green',
    red: [run([], [{ method: 'GET', path: '/api/rooms/7', types }])],
    green: [run([], [{ method: 'GET', path: '/api/rooms/12', types: good }])],
  });

  expect(answers.map(({ at, red, green }) => [at, red, green])).toEqual(expected);
  expect(answers.every(({ path }) => path === '/api/rooms/:id')).toBe(true);
});

test('says nothing of routes that no good run asked for', () => {
  const { answers } = contrastOf({
    against: 'neighbours',
    red: [run([], [{ method: 'GET', path: '/api/rooms', types: { $: 'null' } }])],
    green: [run([], [{ method: 'POST', path: '/api/rooms', types: good }])],
  });

  expect(answers).toEqual([]);
});
