import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { afterEach, expect, test } from 'vitest';
import type { SentryEvent, StackFrame } from '../../model/issue.ts';
import { symbolicateEvent } from './symbolicate.ts';

const APP = 'http://127.0.0.1:4173';
const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

interface Ground {
  readonly root: string;
  readonly asked: string[];
  map(frame: Partial<StackFrame>): Promise<StackFrame | undefined>;
}

/** A worktree with these files, those of `listed` known to git, and an app that serves `served` by path. */
function ground(
  files: Readonly<Record<string, string>>,
  { served = {}, listed }: { served?: Readonly<Record<string, string | Response>>; listed?: readonly string[] } = {},
): Ground {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'mendwright-sources-')));
  made.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const asked: string[] = [];
  const answer: typeof fetch = async (input) => {
    const url = new URL(String(input));
    asked.push(url.href);
    const body = url.origin === APP ? served[url.pathname + url.search] : 'let evil;';
    if (body instanceof Response) return body;
    return body === undefined ? new Response('', { status: 404 }) : new Response(body);
  };
  const source = { root, files: listed ?? Object.keys(files), appUrl: `${APP}/`, fetch: answer };
  const map = async (frame: Partial<StackFrame>): Promise<StackFrame | undefined> => {
    const event = await symbolicateEvent(eventOf({ file: '', line: 1, column: 1, inApp: true, ...frame }), source);
    return event.exceptions[0]?.frames[0];
  };
  return { root, asked, map };
}

function eventOf(frame: StackFrame): SentryEvent {
  const exceptions = [{ type: 'Error', value: 'x', frames: [frame] }];
  return { id: '', at: '', platform: '', level: '', message: '', exceptions, breadcrumbs: [], tags: {} };
}

/** Maps line 1, column 1 of a script to line 3, column 5 of its source. */
function mapTo(source: string, more: object = {}): string {
  return JSON.stringify({ version: 3, sources: [source], names: [], mappings: 'AAEI', ...more });
}

function inline(map: string): string {
  return `x();\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${Buffer.from(map).toString('base64')}\n`;
}

test.each([true, 'inline'] as const)(
  'follows the source map of a real build back to the line (%s)',
  async (sourcemap) => {
    const { root } = ground({
      'index.html': '<script type="module" src="/src/main.ts"></script>',
      'src/main.ts': "import { total } from './cart/total.ts';\n\ndocument.title = String(total(JSON.parse('{}')));\n",
      'src/cart/total.ts':
        'interface Cart { items: number[] }\n\nexport function total(cart: Cart): number {\n  if (cart.items.length === 0) throw new RangeError("an empty cart");\n  return cart.items[0];\n}\n',
    });
    const result = await build({ root, logLevel: 'silent', build: { sourcemap, write: false } });
    const output = 'output' in result ? result.output : [];
    const served = Object.fromEntries(
      output.map((each) => [`/${each.fileName}`, each.type === 'chunk' ? each.code : String(each.source)]),
    );
    const [path = '', code = ''] = Object.entries(served).find(([name]) => name.endsWith('.js')) ?? [];
    const lines = code.slice(0, code.indexOf('RangeError')).split('\n');
    const { map } = ground(
      Object.fromEntries(
        ['src/main.ts', 'src/cart/total.ts'].map((file) => [file, readFileSync(join(root, file), 'utf8')]),
      ),
      { served },
    );

    const frame = await map({ file: path, absPath: APP + path, line: lines.length, column: lines.at(-1)?.length ?? 0 });

    expect(frame).toMatchObject({ file: 'src/cart/total.ts', line: 4, inApp: true });
  },
);

test.each<[string, string, string, string | undefined]>([
  ['a path from the script', '/assets/a.js', '../../src/a.ts', 'src/a.ts'],
  ['a bare name beside the script', '/src/a.ts', 'a.ts', 'src/a.ts'],
  ['webpack', '/main.js', 'webpack://shop/./src/a.ts', 'src/a.ts'],
  ['webpack with a query', '/main.js', 'webpack:///./src/a.ts?5f2c', 'src/a.ts'],
  ['Next.js', '/_next/static/chunks/a.js', 'webpack://_N_E/./src/a.ts?2f1c', 'src/a.ts'],
  ['webpack in development', '/main.js', 'webpack-internal:///./src/a.ts', 'src/a.ts'],
  ['Next.js’s layers', '/main.js', 'webpack-internal:///(app-pages-browser)/./src/a.ts', 'src/a.ts'],
  ['esbuild', '/out/main.js', '../src/a.ts', 'src/a.ts'],
  ['esbuild with a namespace', '/out/main.js', 'file:src/a.ts', 'src/a.ts'],
  ['Turbopack', '/_next/a.js', 'turbopack:///[project]/src/a.ts', 'src/a.ts'],
  ['a monorepo', '/main.js', 'webpack://shop/./apps/shop/src/a.ts', 'src/a.ts'],
  ['a file that ends like two others', '/main.js', 'webpack://shop/./b/same.ts', undefined],
  ['a file elsewhere that only has a name of ours', '/main.js', '../../packages/ui/a.ts', undefined],
  ['a package', '/main.js', '../../node_modules/lib/src/a.ts', 'node_modules/lib/src/a.ts'],
  ['a file of the machine', '/main.js', '/etc/passwd', undefined],
])('knows the source of %s', async (_, script, source, file) => {
  const files = { 'src/a.ts': 'a\n', 'x/b/same.ts': '1\n', 'y/b/same.ts': '2\n' };
  const { map } = ground(files, { served: { [script]: inline(mapTo(source)) } });

  const frame = await map({ file: script, absPath: APP + script });

  expect(frame).toMatchObject(
    file === undefined
      ? { file: script, line: 1, inApp: true }
      : { file, line: 3, column: 5, inApp: !/lib/.test(file) },
  );
});

test('tells namesakes apart by the text that the map brings along', async () => {
  const files = { 'apps/a/src/x.ts': 'of a\r\n', 'apps/b/src/x.ts': 'of b\n' };
  const served = {
    '/b.js': inline(mapTo('webpack://b/./src/x.ts', { sourcesContent: ['of b\n'] })),
    '/c.js': inline(mapTo('webpack://c/./src/x.ts', { sourcesContent: ['of a package elsewhere\n'] })),
    '/a.js': inline(mapTo('deep/x.ts', { sourcesContent: ['of a\n'] })),
  };
  const { map } = ground(files, { served });

  expect(await map({ absPath: `${APP}/b.js` })).toMatchObject({ file: 'apps/b/src/x.ts' });
  expect(await map({ absPath: `${APP}/c.js` })).toMatchObject({ file: '' });
  expect(await map({ absPath: `${APP}/a.js` })).toMatchObject({ file: 'apps/a/src/x.ts' });
});

test('knows Vite’s dev paths, also by the absolute path of the worktree', async () => {
  const served: Record<string, string> = { '/src/a.ts?t=17': inline(mapTo('a.ts')) };
  const { map, root } = ground({ 'src/a.ts': 'a\n', 'lib/a.ts': 'other\n' }, { served });
  served[`/@fs${root}/lib/a.ts`] = inline(mapTo('a.ts'));

  expect(await map({ absPath: `${APP}/src/a.ts?t=17` })).toMatchObject({ file: 'src/a.ts', line: 3 });
  expect(await map({ absPath: `${APP}/@fs${root}/lib/a.ts` })).toMatchObject({ file: 'lib/a.ts', line: 3 });
});

test.each<[string, string | Response, Record<string, string>]>([
  [
    'by a relative address',
    'x();\n//# sourceMappingURL=maps/a.js.map?v=1',
    { '/js/maps/a.js.map?v=1': mapTo('src/a.ts') },
  ],
  ['by an absolute path', 'x();\n//# sourceMappingURL=/maps/a.js.map', { '/maps/a.js.map': mapTo('src/a.ts') }],
  ['by its full address', `x();\n/*# sourceMappingURL=${APP}/a.map */`, { '/a.map': `)]}'\n${mapTo('src/a.ts')}` }],
  ['by a header', new Response('x();', { headers: { SourceMap: '/a.map' } }), { '/a.map': mapTo('src/a.ts') }],
  [
    'in sections',
    'x();\n//# sourceMappingURL=a.map',
    {
      '/js/a.map': JSON.stringify({
        version: 3,
        sections: [{ offset: { line: 0, column: 0 }, map: JSON.parse(mapTo('src/a.ts')) }],
      }),
    },
  ],
])('finds a map that is named %s', async (_, script, maps) => {
  const { map } = ground({ 'src/a.ts': 'a\n' }, { served: { '/js/a.js': script, ...maps } });

  expect(await map({ absPath: `${APP}/js/a.js` })).toMatchObject({ file: 'src/a.ts', line: 3, column: 5 });
});

test('goes on where a source was built itself', async () => {
  const compiled = `a();\n\n    b();\n//# ${'sourceMappingURL'}=data:application/json;base64,${Buffer.from(
    JSON.stringify({ version: 3, sources: ['../src/a.ts'], names: [], mappings: ';;IAKM' }),
  ).toString('base64')}\n`;
  const bundle = inline(mapTo('lib/a.js', { sourcesContent: [compiled] }));
  const { map } = ground({ 'src/a.ts': 'a\n' }, { served: { '/a.js': bundle } });

  expect(await map({ absPath: `${APP}/a.js` })).toMatchObject({ file: 'src/a.ts', line: 6, column: 7 });
});

const DEBUG_ID = '0f5b8d2e-1c3a-4e6f-9a7b-2d4c6e8f0a1b';

test.each<[string, string, Record<string, string>, Record<string, string>]>([
  ['beside its script', 'x();\n', {}, { '/js/a.js.map': mapTo('src/a.ts') }],
  [
    'by a debug id, wherever the build put it',
    `x();\n//# debugId=${DEBUG_ID}\n`,
    { 'build/maps/17.map': mapTo('src/a.ts', { debugId: DEBUG_ID }), 'build/maps/16.map': mapTo('src/b.ts') },
    {},
  ],
  [
    'by the debug id that Sentry’s tools write',
    `x();\n//# debugId=${DEBUG_ID}\n`,
    { 'dist/a.js.map': mapTo('src/a.ts', { debug_id: DEBUG_ID }) },
    {},
  ],
])('finds a map that no script names: %s', async (_, script, built, served) => {
  const { map } = ground(
    { 'src/a.ts': 'a\n', ...built },
    { served: { '/js/a.js': script, ...served }, listed: ['src/a.ts'] },
  );

  expect(await map({ absPath: `${APP}/js/a.js` })).toMatchObject({ file: 'src/a.ts', line: 3, column: 5 });
});

test('knows a script that is served as it stands in the repository, and no other of its name', async () => {
  const { map } = ground(
    { 'public/js/cart.js': 'cart();\n', 'main.js': 'source();\n' },
    { served: { '/js/cart.js': 'cart();\n', '/main.js': 'built();\n' } },
  );

  expect(await map({ absPath: `${APP}/js/cart.js`, line: 1 })).toMatchObject({ file: 'public/js/cart.js', line: 1 });
  expect(await map({ file: '/main.js', absPath: `${APP}/main.js` })).toMatchObject({ file: '/main.js' });
});

test('maps frames of the server, by every form of a path in the worktree', async () => {
  const files = {
    'server/main.ts': 'a\n',
    'dist/main.js': 'x();\n//# sourceMappingURL=main.js.map',
    'dist/main.js.map': mapTo('../server/main.ts'),
  };
  const { map, root } = ground(files, { listed: ['server/main.ts'] });
  const link = `${root}-link`;
  symlinkSync(root, link);
  made.push(link);

  for (const file of [
    `${root}/server/main.ts`,
    `file://${root}/server/main.ts`,
    'app:///server/main.ts',
    './server/main.ts',
  ])
    expect(await map({ file, line: 7 })).toMatchObject({ file: 'server/main.ts', line: 7 });
  for (const file of [`${root}/dist/main.js`, `file://${root}/dist/main.js`, 'app:///dist/main.js'])
    expect(await map({ file })).toMatchObject({ file: 'server/main.ts', line: 3, column: 5 });
});

test.each<[string, Partial<StackFrame>]>([
  ['a file of the machine', { file: '/etc/passwd' }],
  ['a way out by dots', { file: 'src/../../../../etc/passwd' }],
  ['a way out by file:', { file: 'file:///etc/passwd' }],
  ['a host in file:', { file: 'file://evil.example/src/a.ts' }],
  ['a link that leads out', { file: 'out.js' }],
  ['a folder', { file: 'src' }],
  ['a line 0', { file: 'built.js', line: 0 }],
  ['a name that no file can have', { file: `${'x'.repeat(5_000)}.js` }],
  ['a NUL', { file: 'src/\0a.ts' }],
  ['another origin', { file: 'http://evil.example/src/a.ts' }],
  ['another port', { file: 'http://127.0.0.1:4174/src/a.ts' }],
  ['a scheme of its own', { file: 'node:internal/main' }],
  ['half an escape', { file: `${APP}/%E0%A4%A.js` }],
  ['a backslash that a browser takes for a slash', { file: `${APP}/%5Cevil.example/a.js` }],
  ['two slashes', { file: `${APP}//evil.example/a.js` }],
  ['a map elsewhere', { file: `${APP}/elsewhere.js` }],
  ['a map on the disk', { file: 'disk.js' }],
  ['a broken map', { file: `${APP}/broken.js` }],
  ['nothing', { file: '' }],
])('leaves a frame as it is, asks nobody else and does not fall over, given %s', async (_, frame) => {
  const served = {
    '/elsewhere.js': 'x();\n//# sourceMappingURL=http://evil.example/a.map',
    '/broken.js': 'x();\n//# sourceMappingURL=data:application/json,%7B%E0',
  };
  const files = {
    'src/a.ts': 'a\n',
    'built.js': inline(mapTo('src/a.ts')),
    'disk.js': 'x();\n//# sourceMappingURL=file:///etc/passwd',
  };
  const { map, root, asked } = ground(files, { served, listed: ['src/a.ts'] });
  const secret = `${root}-secret.js`;
  writeFileSync(secret, inline(mapTo('src/a.ts')));
  made.push(secret);
  symlinkSync(secret, join(root, 'out.js'));

  expect(await map(frame)).toEqual({ line: 1, column: 1, inApp: true, ...frame });
  expect(asked.filter((url) => new URL(url).origin !== APP)).toEqual([]);
});

test('follows no redirect, for it may lead to another host', async () => {
  const other: string[] = [];
  const elsewhere = createServer((request, response) => {
    other.push(request.url ?? '');
    response.end(inline(mapTo('src/a.ts')));
  });
  await listen(elsewhere);
  const app = createServer((_, response) => response.writeHead(302, { location: `${address(elsewhere)}/x.js` }).end());
  await listen(app);
  const { root } = ground({ 'src/a.ts': 'a\n' });
  const frame = { file: '/a.js', absPath: `${address(app)}/a.js`, line: 1, column: 1, inApp: true };

  const source = { root, files: ['src/a.ts'], appUrl: address(app), fetch };
  const event = await symbolicateEvent(eventOf(frame), source);

  for (const server of [app, elsewhere]) server.close();
  expect(event.exceptions[0]?.frames).toEqual([frame]);
  expect(other).toEqual([]);
});

async function listen(server: Server): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

function address(server: Server): string {
  const bound = server.address();
  return `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}`;
}

test('stops reading a script that does not end', async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 1_000_000;
      controller.enqueue(new Uint8Array(1_000_000));
    },
  });
  const { map } = ground({ 'a.js': '' }, { served: { '/a.js': new Response(endless) } });

  await map({ absPath: `${APP}/a.js` });

  expect(sent).toBeLessThan(40_000_000);
});

test.each([
  ['empty lines', 'AAEI;'.padEnd(12_000_000, ';')],
  ['mappings', 'AAEI'.padEnd(20_000_000, ',A')],
])('leaves a frame as it is where the map expands into more %s than any bundle has', async (_, mappings) => {
  const { map } = ground(
    { 'src/a.ts': 'x();' },
    {
      served: { '/a.js': 'x();\n//# sourceMappingURL=a.js.map', '/a.js.map': mapTo('src/a.ts', { mappings }) },
    },
  );
  const before = process.memoryUsage().rss;

  const frame = await map({ absPath: `${APP}/a.js`, file: 'a.js' });

  expect(frame?.file).toBe('a.js');
  expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
});

test('drops a minifier’s name and the built line, and keeps what the SDK saw', async () => {
  const { map } = ground({ 'src/a.ts': 'a\n' }, { served: { '/a.js': inline(mapTo('/src/a.ts')) } });

  expect(await map({ absPath: `${APP}/a.js`, function: 'Ze', contextLine: '!function(){', vars: { a: 1 } })).toEqual({
    absPath: `${APP}/a.js`,
    file: 'src/a.ts',
    line: 3,
    column: 5,
    inApp: true,
    vars: { a: 1 },
  });
});
