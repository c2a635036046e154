import { describe, expect, test } from 'vitest';
import { inlineMap, mapReferenceIn, parseSourceMap, placeInSource } from './source-map.ts';

const FLAT = { version: 3, sources: ['./src/a.ts'], names: ['pay'], sourcesContent: ['pay();'], mappings: 'AAAAA' };

function section(line: number, map: unknown) {
  return { version: 3, sections: [{ offset: { line, column: 0 }, map }] };
}

function placeIn(map: unknown, line = 1) {
  const read = parseSourceMap(typeof map === 'string' ? map : JSON.stringify(map), 10);
  return read && placeInSource(read.map, { line, column: 1 });
}

test('a place is found with its name and text, as the map lists it and without detours', () => {
  expect(placeIn({ ...FLAT, sourceRoot: 'lib/' })).toEqual({
    source: 'lib/src/a.ts',
    listed: 'lib/./src/a.ts',
    line: 1,
    column: 1,
    content: 'pay();',
    name: 'pay',
  });
});

describe('a map', () => {
  test.each<[string, unknown, number]>([
    ['of sections', section(2, FLAT), 3],
    ['of sections in sections', section(1, section(1, FLAT)), 3],
    ['without names', { ...FLAT, names: null, mappings: 'AAAA' }, 1],
    ['with half of the texts', { ...FLAT, sources: ['./src/a.ts', 'b.ts'], sourcesContent: [7] }, 1],
    ['with exactly as many mappings as are allowed', { ...FLAT, mappings: 'AAAAA,,,,,,,,,' }, 1],
  ])('%s leads to its source', (_, map, line) => {
    expect(placeIn(map, line)).toMatchObject({ source: './src/a.ts', line: 1 });
  });

  test.each<[string, unknown]>([
    ['that is no JSON', '{'],
    ['that is a list', []],
    ['without mappings', { version: 3, sources: ['a.ts'] }],
    ['whose mappings are read already', { ...FLAT, mappings: [[[0, 0, 0, 0]]] }],
    ['with more mappings than are allowed', { ...FLAT, mappings: ','.repeat(10) }],
    ['with more lines than are allowed', { ...FLAT, mappings: ';'.repeat(10) }],
    [
      'whose key is written in another way',
      JSON.stringify({ ...FLAT, mappings: ';'.repeat(10) }).replace('"mapp', '"\\u006dapp'),
    ],
    [
      'with more mappings in all sections than are allowed',
      section(0, section(0, { ...FLAT, mappings: ','.repeat(10) })),
    ],
    ['with a section below the lines that are allowed', section(11, FLAT)],
    ['with sections that sink below them together', section(6, section(6, FLAT))],
    ['with a section above all lines', section(-1, FLAT)],
    [
      'of sections deeper than the stack',
      `${'{"sections":[{"offset":{"line":0,"column":0},"map":'.repeat(20_000)}1${'}]}'.repeat(20_000)}`,
    ],
  ])('%s is none', (_, map) => {
    expect(placeIn(map)).toBeUndefined();
  });

  test('says nothing of a place before its first mapping, or of line 0', () => {
    expect([placeIn({ ...FLAT, mappings: ';AAAA' }), placeIn(FLAT, 0)]).toEqual([undefined, undefined]);
  });
});

test.each([
  ['//# sourceMappingURL=a.js.map', 'a.js.map'],
  ['//@ sourceMappingURL=a.js.map\n', 'a.js.map'],
  ['/*# sourceMappingURL=a.css.map */', 'a.css.map'],
  ['const quoted = "//# sourceMappingURL=x.map";\n//# sourceMappingURL=a.js.map', 'a.js.map'],
  ['a();', undefined],
])('%j names the map %s', (script, reference) => {
  expect(mapReferenceIn(script)).toBe(reference);
});

test.each([
  ['data:application/json;base64,e30=', '{}'],
  ['data:application/json;charset=utf-8;base64,e30=', '{}'],
  ['data:application/json,%7B%7D', '{}'],
  ['data:text/plain,hello', undefined],
  ['a.js.map', undefined],
])('%s contains %s', (reference, json) => {
  expect(inlineMap(reference)).toBe(json);
});
