/** Minified frames become frames of the sources before they are grouped. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BundleFile, bundleOf, upload } from './artifact-bundle.ts';
import { callApi, collect, embedded } from './embedded.ts';
import { buildApp, type MinifiedApp, thrownFrames, type V8Frame } from './minified-app.ts';

type Sentry = ReturnType<typeof embedded>;

const HOME = mkdtempSync(join(tmpdir(), 'source-maps-'));
const IDS = ['a', 'b', 'c'].map((letter) => letter.repeat(32));

let apps: readonly MinifiedApp[] = [];
let stacks: readonly (readonly V8Frame[])[] = [];

beforeAll(async () => {
  apps = [
    await buildApp({ home: HOME, version: 'first', hasDebugIds: true }),
    await buildApp({ home: HOME, version: 'second', hasDebugIds: true }),
  ];
  stacks = await Promise.all(apps.map(thrownFrames));
});

afterAll(() => rmSync(HOME, { recursive: true, force: true }));

function bundleOfApp({ code, map, debugId }: MinifiedApp) {
  const headers = { 'debug-id': debugId };
  return bundleOf([
    { url: '~/main.js', type: 'minified_source', text: code, headers: { ...headers, sourcemap: 'main.js.map' } },
    { url: '~/main.js.map', type: 'source_map', text: map, headers },
  ]);
}

function thrown(id: number, frames: readonly unknown[], more: Record<string, unknown> = {}) {
  return {
    event_id: IDS[id],
    platform: 'node',
    exception: { values: [{ type: 'TypeError', value: 'it broke', stacktrace: { frames } }] },
    ...more,
  };
}

function imageOf({ script, debugId }: MinifiedApp) {
  return { debug_meta: { images: [{ type: 'sourcemap', code_file: script, debug_id: debugId }] } };
}

async function shown(sentry: Sentry, id: number): Promise<Record<string, unknown>> {
  return (await callApi(sentry.server, 'GET', `/projects/mendwright/shop/events/${IDS[id]}/`)).json();
}

async function framesOf(sentry: Sentry, id: number) {
  const event = await shown(sentry, id);
  const [entry] = Array.isArray(event.entries) ? event.entries : [];
  const [value] = entry.data.values;
  return { frames: value.stacktrace.frames, raw: value.rawStacktrace?.frames, errors: event.errors, event };
}

describe('an error of a real minified build', () => {
  test('is shown at its sources, and as it came', async () => {
    const sentry = embedded();
    const [app, frames] = [apps[0], stacks[0]];
    if (!app || !frames) throw new Error('the app was not built');
    await upload(sentry.server, bundleOfApp(app));

    await sentry.send(thrown(0, frames, imageOf(app)));

    const found = await framesOf(sentry, 0);
    expect(found.errors).toEqual([]);
    expect(found.frames).toMatchObject([
      { filename: '../src/main.ts', function: 'checkOut', lineNo: 16, inApp: true },
      { filename: '../src/main.ts', function: 'Checkout.pay', lineNo: 7, colNo: 19 },
      {
        filename: '../src/cart.ts',
        absPath: join(HOME, 'first', 'src', 'cart.ts'),
        function: 'totalOf',
        lineNo: 9,
        colNo: 16,
        context: [
          [4, '  readonly count: number;'],
          [5, '}'],
          [6, ''],
          [7, 'export function totalOf(cart: { lines?: readonly Line[] }): number {'],
          [8, '  const lines = cart.lines as readonly Line[];'],
          [9, '  return lines.reduce((sum, line) => sum + line.price * line.count, 0);'],
          [10, '}'],
        ],
      },
    ]);
    expect(found.raw.at(-1)).toMatchObject({ absPath: app.script, function: 'e', lineNo: 1 });
    expect(found.raw.at(-1).context[0][1]).toMatch(/^function e\(e\)\{return e\.lines\.reduce.* \{snip\}$/);
    expect(found.event).toMatchObject({ culprit: 'totalOf(../src/cart.ts)' });
  });

  test('joins the issue of the build before, whose names were others', async () => {
    const sentry = embedded();
    for (const [index, app] of apps.entries()) {
      await upload(sentry.server, bundleOfApp(app));
      await sentry.send(thrown(index, stacks[index] ?? [], imageOf(app)));
    }

    const issues = await collect(sentry.client.listIssues());
    const names = stacks.map((stack) => stack.at(-1)?.function);

    expect(names).toEqual(['e', 'n']);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ count: 2 });
  });

  test('without its upload is kept as it came, and says so', async () => {
    const sentry = embedded();
    const [app, frames] = [apps[0], stacks[0]];
    if (!app || !frames) throw new Error('the app was not built');

    await sentry.send(thrown(0, frames, imageOf(app)));

    const found = await framesOf(sentry, 0);
    expect(found.frames.at(-1)).toMatchObject({ filename: app.script, function: 'e', lineNo: 1 });
    expect(found.raw).toBeUndefined();
    expect(found.errors).toEqual([
      { type: 'js_no_source', message: 'Source code was not found', data: { url: app.script } },
    ]);
  });

  test('of a browser is found by release, dist and address, whatever the host and the query', async () => {
    const sentry = embedded();
    const [app, frames] = [apps[0], stacks[0]];
    if (!app || !frames) throw new Error('the app was not built');
    await upload(sentry.server, bundleOfApp(app), { version: 'shop@1', dist: 'web' });
    const served = frames.map((frame) => ({ ...frame, filename: 'https://shop.test/main.js?v=7' }));
    const sent = { platform: 'javascript', release: 'shop@1' };

    await sentry.send(thrown(0, served, { ...sent, dist: 'web' }));
    await sentry.send(thrown(1, served, { ...sent, dist: 'ios' }));
    await sentry.send(thrown(2, served, { ...sent, release: 'shop@2', dist: 'web' }));

    expect((await framesOf(sentry, 0)).frames.at(-1)).toMatchObject({
      absPath: 'https://shop.test/src/cart.ts',
      filename: '../src/cart.ts',
      module: 'src/cart',
      function: 'totalOf',
    });
    expect((await framesOf(sentry, 1)).frames.at(-1)).toMatchObject({ function: 'e' });
    expect((await framesOf(sentry, 2)).frames.at(-1)).toMatchObject({ function: 'e', filename: '/main.js' });
  });
});

const SCRIPT = 'https://shop.test/app.js';
const TEXT = 'a();b();c();\nd();\n//# sourceMappingURL=app.js.map';

interface HandMade {
  readonly text?: string;
  readonly map?: unknown;
  readonly others?: readonly BundleFile[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** `AAAA` leads from the first column to the first place of the first source. */
const MAP = {
  version: 3,
  sources: ['src/a.ts'],
  names: [],
  sourcesContent: ['export const a = () => b();\n'],
  mappings: 'AAAA',
};

function handMade({ text = TEXT, map = MAP, others = [], headers = {} }: HandMade) {
  const files: BundleFile[] = [{ url: '~/app.js', type: 'minified_source', text, headers }, ...others];
  if (map !== null) {
    const json = typeof map === 'string' ? map : JSON.stringify(map);
    files.push({ url: '~/app.js.map', type: 'source_map', text: json });
  }
  return bundleOf(files);
}

async function sendHandMade(sentry: Sentry, made: HandMade, frames: readonly Record<string, unknown>[]) {
  await upload(sentry.server, handMade(made), { version: 'shop@1' });
  const full = frames.map((frame) => ({ filename: SCRIPT, lineno: 1, colno: 1, in_app: true, ...frame }));
  await sentry.send(thrown(0, full, { platform: 'javascript', release: 'shop@1' }));
  return framesOf(sentry, 0);
}

describe('a frame', () => {
  test.each<[string, HandMade, Record<string, unknown>]>([
    ['whose map was not uploaded', { map: null }, { type: 'js_no_source', data: { url: `${SCRIPT}.map` } }],
    ['whose map is no JSON', { map: 'hello' }, { type: 'js_invalid_source', data: { url: `${SCRIPT}.map` } }],
    [
      'whose map has no mappings',
      { map: { version: 3 } },
      { type: 'js_invalid_source', data: { url: `${SCRIPT}.map` } },
    ],
    [
      'whose map has more mappings than any bundle',
      { map: { ...MAP, mappings: 'AAAA'.padEnd(2_100_000, ',') } },
      { type: 'js_invalid_source', data: { url: `${SCRIPT}.map` } },
    ],
    [
      'whose map has a section below all lines',
      { map: { version: 3, sections: [{ offset: { line: 4e9, column: 0 }, map: MAP }] } },
      { type: 'js_invalid_source', data: { url: `${SCRIPT}.map` } },
    ],
    [
      'whose map does not know the place',
      { map: { ...MAP, mappings: ';;AAAA' } },
      { type: 'js_invalid_sourcemap_location', data: { column: 1, row: 1, source: SCRIPT } },
    ],
  ])('%s stays where it is, and the event says why', async (_, made, error) => {
    const found = await sendHandMade(embedded(), made, [{ function: 'a' }]);

    expect(found.frames).toMatchObject([
      {
        absPath: SCRIPT,
        function: 'a',
        lineNo: 1,
        context: [
          [1, 'a();b();c();'],
          [2, 'd();'],
          [3, '//# sourceMappingURL=app.js.map'],
        ],
      },
    ]);
    expect(found.errors).toMatchObject([error]);
  });

  const inline = `data:application/json;base64,${Buffer.from(JSON.stringify(MAP)).toString('base64')}`;
  const index = { version: 3, sections: [{ offset: { line: 0, column: 0 }, map: MAP }] };
  test.each<[string, HandMade]>([
    ['that the script names', {}],
    ['that a header names', { text: 'a();', headers: { SourceMap: '/app.js.map' } }],
    ['inside of the script', { text: `a();\n//# sourceMappingURL=${inline}`, map: null }],
    ['of sections', { map: index }],
    ['behind the line against inclusion', { map: `)]}'\n${JSON.stringify(MAP)}` }],
    ['with a source root', { map: { ...MAP, sourceRoot: 'src', sources: ['a.ts'] } }],
  ])('is found through a map %s', async (_, made) => {
    const found = await sendHandMade(embedded(), made, [{ function: 'x' }]);

    expect(found.errors).toEqual([]);
    expect(found.frames).toMatchObject([{ filename: 'src/a.ts', absPath: 'https://shop.test/src/a.ts', lineNo: 1 }]);
    expect(found.frames[0].context).toEqual([[1, 'export const a = () => b();']]);
  });

  test('without its source’s text is moved all the same, and the event says what is missing', async () => {
    const { sourcesContent: _, ...map } = MAP;

    const found = await sendHandMade(embedded(), { map }, [{ function: 'x' }]);

    expect(found.frames).toMatchObject([{ filename: 'src/a.ts', lineNo: 1, context: [] }]);
    expect(found.errors).toMatchObject([
      {
        type: 'js_missing_sources_content',
        data: { source: 'https://shop.test/src/a.ts', sourcemap: `${SCRIPT}.map` },
      },
    ]);
  });

  test('takes its lines from a source that was uploaded beside the map', async () => {
    const { sourcesContent: _, ...map } = MAP;
    const others = [{ url: '~/src/a.ts', type: 'source', text: 'uploaded();' }];

    const found = await sendHandMade(embedded(), { map, others }, [{ function: 'x' }]);

    expect(found.frames[0].context).toEqual([[1, 'uploaded();']]);
    expect(found.errors).toEqual([]);
  });

  test('without a name of its own is called as its caller calls it', async () => {
    // The second mapping, at `b`, has the name.
    const map = { ...MAP, names: ['chargeCard'], sourcesContent: ['pay(() => b());\n'], mappings: 'AAAA,IAASA' };

    const found = await sendHandMade(embedded(), { map }, [
      { function: 'x', colno: 5 },
      { function: 'y', colno: 5 },
    ]);

    expect(found.frames.map((frame: { function: string }) => frame.function)).toEqual(['x', 'chargeCard']);
  });

  test.each([
    ['webpack:///./src/a.ts', { filename: './src/a.ts', module: 'src/a', inApp: true }],
    ['webpack:///./node_modules/react/index.js', { filename: './node_modules/react/index.js', inApp: false }],
    ['../node_modules/react/index.js', { filename: '../node_modules/react/index.js', inApp: false }],
  ])('from %s is named and sorted as Sentry does it', async (source, expected) => {
    const found = await sendHandMade(embedded(), { map: { ...MAP, sources: [source] } }, [{ function: 'x' }]);

    expect(found.frames).toMatchObject([expected]);
  });

  test.each([
    ['of another language', { platform: 'python' }],
    ['of the runtime', { filename: 'node:internal/process/task_queues' }],
    ['without a line', { lineno: undefined }],
    ['of no file', { filename: '<anonymous>' }],
  ])('%s is left alone, without a word of trouble', async (_, frame) => {
    const found = await sendHandMade(embedded(), {}, [{ function: 'x', ...frame }]);

    expect(found.frames).toMatchObject([{ function: 'x' }]);
    expect(found.errors).toEqual([]);
    expect(found.raw).toBeUndefined();
  });
});

describe('who asks what became of an event’s source maps', () => {
  async function asked(sentry: Sentry, id: number): Promise<Record<string, unknown>> {
    const path = `/projects/mendwright/shop/events/${IDS[id]}/source-map-debug/`;
    const answer = await callApi(sentry.server, 'GET', path);
    return { status: answer.status, ...(await answer.json()) };
  }

  test('hears which frame had which debug id, and what was uploaded for it', async () => {
    const sentry = embedded();
    const [app, frames] = [apps[0], stacks[0]];
    if (!app || !frames) throw new Error('the app was not built');
    await upload(sentry.server, bundleOfApp(app));
    const sdk = { name: 'sentry.javascript.node', version: '11.12.0' };

    await sentry.send(thrown(0, frames.slice(-1), { ...imageOf(app), sdk }));

    expect(await asked(sentry, 0)).toEqual({
      status: 200,
      dist: null,
      release: null,
      exceptions: [
        {
          frames: [
            {
              debug_id_process: {
                debug_id: app.debugId,
                uploaded_source_file_with_correct_debug_id: true,
                uploaded_source_map_with_correct_debug_id: true,
              },
              release_process: null,
              scraping_process: { source_file: null, source_map: null },
            },
          ],
        },
      ],
      has_debug_ids: true,
      sdk_debug_id_support: 'full',
      min_debug_id_sdk_version: '7.56.0',
      sdk_version: '11.12.0',
      project_has_some_artifact_bundle: true,
      release_has_some_artifact: false,
      has_uploaded_some_artifact_with_a_debug_id: true,
      has_scraping_data: false,
    });
  });

  test.each([
    [undefined, 'found', 'found'],
    ['ios', 'wrong-dist', 'unsuccessful'],
  ])('hears for dist %s that the script is %s', async (dist, script, map) => {
    const sentry = embedded();
    await upload(sentry.server, handMade({ headers: { sourcemap: 'app.js.map' } }), { version: 'shop@1' });
    const frames = [{ filename: SCRIPT, lineno: 1, colno: 1 }];
    await sentry.send(thrown(0, frames, { platform: 'javascript', release: 'shop@1', dist }));

    const answer = await asked(sentry, 0);

    expect(answer).toMatchObject({ release_has_some_artifact: true, sdk_debug_id_support: 'unofficial-sdk' });
    expect(answer).toHaveProperty('exceptions.0.frames.0.release_process', {
      abs_path: SCRIPT,
      matching_source_file_names: [SCRIPT, '~/app.js'],
      matching_source_map_name: script === 'found' ? '~/app.js.map' : null,
      source_map_reference: script === 'found' ? 'app.js.map' : null,
      source_file_lookup_result: script,
      source_map_lookup_result: map,
    });
  });

  test.each([
    ['sentry.javascript.browser', '7.55.2', 'needs-upgrade'],
    ['sentry.javascript.electron', '4.6.0', 'full'],
    ['sentry.javascript.cordova', '9.0.0', 'not-supported'],
    ['sentry.python', '2.0.0', 'unofficial-sdk'],
  ])('hears what %s %s can do: %s', async (name, version, support) => {
    const sentry = embedded();
    await sentry.send(thrown(0, [], { sdk: { name, version } }));

    expect(await asked(sentry, 0)).toMatchObject({ sdk_debug_id_support: support, exceptions: [{ frames: [] }] });
  });

  test('hears nothing of an event that is not there', async () => {
    expect(await asked(embedded(), 2)).toMatchObject({ status: 404 });
  });
});
