import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { afterEach, expect, test } from 'vitest';
import type { ThrowState } from '../../model/throw-state.ts';
import { readThrow } from './read-throw.ts';

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function folder(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'mendwright-throw-'));
  made.push(dir);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
  return dir;
}

function stateAt(script: string, frames: Pick<ThrowState['frames'][number], 'place' | 'scopes'>[]): ThrowState {
  return {
    runtime: 'browser',
    errorType: 'TypeError',
    message: 'x',
    uncaught: true,
    at: '2026-01-01T00:00:00Z',
    frames: frames.map((frame) => ({ script, function: 'a', this: '<undefined>', ...frame })),
  };
}

test('tells a minified frame in the names and the place that people gave', async () => {
  const source =
    'export function sumOf(basket, factor) {\n  let amount = 0;\n  for (const line of basket.lines) amount += line.price.cents * factor;\n  return amount;\n}\nglobalThis.sum = sumOf;\n';
  const dir = folder({ 'src/sum.js': source });
  await build({
    root: dir,
    configFile: false,
    logLevel: 'silent',
    build: { minify: true, sourcemap: true, lib: { entry: 'src/sum.js', formats: ['es'], fileName: 'sum' } },
  });
  const [name = ''] = readdirSync(join(dir, 'dist')).filter((file) => /\.m?js$/.test(file));
  const built = readFileSync(join(dir, 'dist', name), 'utf8');
  const lines = built.split('\n');
  const line = lines.findIndex((text) => text.includes('.price'));
  const text = lines[line] ?? '';
  const column = text.indexOf('.cents') + 2;
  const parameter = /function \w+\((\w+),(\w+)\)/.exec(built.replace(/\s*,\s*/g, ','));
  const [, basket = '', factor = ''] = parameter ?? [];
  expect(basket).not.toBe('basket');
  // V8 lets a function's scope begin behind its name, which may be that of a parameter as well.
  const head = lines.findIndex((one) => one.includes('function'));
  const from = { line: head + 1, column: (lines[head]?.indexOf('(', lines[head]?.indexOf('function')) ?? 0) + 1 };
  const whole = { from, to: { line: lines.length, column: 10_000 } };

  const seen = await readThrow(
    stateAt(`http://127.0.0.1:1/${name}`, [
      {
        place: { line: line + 1, column },
        scopes: [
          { kind: 'local', ...whole, variables: { [basket]: { lines: [{}] }, [factor]: 2 } },
          { kind: 'module', ...whole, variables: { n: 1 } },
        ],
      },
    ]),
    {
      root: dir,
      files: ['src/sum.js'],
      appUrl: 'http://127.0.0.1:1',
      fetch: async (url) => new Response(readFileSync(join(dir, 'dist', new URL(String(url)).pathname))),
    },
  );

  expect(seen.frames).toMatchObject([{ file: 'src/sum.js', line: 3, values: { basket: { lines: [{}] }, factor: 2 } }]);
});

test('takes frames of files that run as they are, inner scopes first, and none of libraries or strangers', async () => {
  const dir = folder({ 'server/a.ts': 'export const a = 1;\n', 'node_modules/x/index.js': '' });
  const place = { line: 1, column: 5 };
  const ground = { root: dir, files: ['server/a.ts'], appUrl: 'http://127.0.0.1:1', fetch };
  const scopes: ThrowState['frames'][number]['scopes'] = [
    { kind: 'block', variables: { row: 1 } },
    { kind: 'local', variables: { row: 2, rows: 3 } },
  ];

  const own = await readThrow(stateAt(`file://${dir}/server/a.ts`, [{ place, scopes }]), ground);
  const library = await readThrow(stateAt(`file://${dir}/node_modules/x/index.js`, [{ place, scopes }]), ground);
  const stranger = await readThrow(stateAt('https://elsewhere.example/a.ts', [{ place, scopes }]), ground);

  expect(own.frames).toEqual([{ file: 'server/a.ts', ...place, values: { row: 1, rows: 3 } }]);
  expect([library.frames, stranger.frames]).toEqual([[], []]);
});
