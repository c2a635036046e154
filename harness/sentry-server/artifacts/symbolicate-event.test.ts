import { describe, expect, test } from 'vitest';
import { bundleOf } from '../../../test/contract/artifact-bundle.ts';
import { EventPayload } from '../event/payload.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { ensureProject } from '../storage/projects.ts';
import { readBundle } from './artifact-bundle.ts';
import { addBundle, giveBundle } from './bundle-store.ts';
import { symbolicateEvent } from './symbolicate-event.ts';

const ID = 'a'.repeat(32);

interface Counted extends Database {
  /** The statements that were asked, in order. */
  readonly asked: string[];
}

function counted(): Counted {
  const db = openDatabase(':memory:');
  const asked: string[] = [];
  ensureProject(db, { slug: 'shop' }, 0);
  return {
    ...db,
    asked,
    one: (row, sql, ...values) => {
      asked.push(sql);
      return db.one(row, sql, ...values);
    },
    all: (row, sql, ...values) => {
      asked.push(sql);
      return db.all(row, sql, ...values);
    },
  };
}

function event(more: Record<string, unknown> = {}): EventPayload {
  const frames = [{ filename: '/srv/app.js', lineno: 1, colno: 1, function: 'x' }];
  const exception = { values: [{ type: 'Error', value: 'it broke', stacktrace: { frames } }] };
  return EventPayload.parse({ platform: 'node', exception, ...more });
}

const WITH_ID = { debug_meta: { images: [{ type: 'sourcemap', code_file: '/srv/app.js', debug_id: ID }] } };

function give(db: Database, source = 'src/a.ts'): void {
  const map = JSON.stringify({ version: 3, sources: [source], names: [], sourcesContent: ['a();'], mappings: 'AAAA' });
  const headers = { 'debug-id': ID };
  const bundle = readBundle(
    bundleOf([
      { url: '~/app.js', type: 'minified_source', text: 'a();', headers },
      { url: '~/app.js.map', type: 'source_map', text: map, headers },
    ]),
  );
  if (bundle.kind !== 'bundle') throw new Error(bundle.why);
  giveBundle(db, addBundle(db, { checksum: source, bundle }, 0), { projectIds: [1] });
}

describe('an event', () => {
  test.each<[string, Record<string, unknown>, number]>([
    ['without debug ids and release', {}, 0],
    ['of another language', { platform: 'python', release: 'shop@1' }, 0],
    ['without a stack', { exception: undefined, release: 'shop@1' }, 0],
    ['of a release without uploads', { release: 'shop@1' }, 1],
    ['with debug images that are none', { debug_meta: { images: [1, { type: 'sourcemap' }, { type: 'elf' }] } }, 0],
  ])('%s comes back as it is after few lookups', (_, more, lookups) => {
    const db = counted();
    const sent = event(more);

    expect(symbolicateEvent(db, 1, sent)).toBe(sent);
    expect(db.asked).toHaveLength(lookups);
  });

  test('that comes again does not open its map again', () => {
    const db = counted();
    give(db);
    const first = symbolicateEvent(db, 1, event(WITH_ID));
    const opened = db.asked.filter((sql) => sql.startsWith('SELECT method')).length;

    const second = symbolicateEvent(db, 1, event(WITH_ID));

    expect(first.exception?.[0]?.stacktrace?.frames[0]).toMatchObject({
      filename: 'src/a.ts',
      data: { sourcemap: '/srv/app.js', resolved_with: 'debug-id', symbolicated: true },
    });
    expect(second).toEqual(first);
    expect([opened, db.asked.filter((sql) => sql.startsWith('SELECT method')).length]).toEqual([2, 2]);
  });

  test('that comes after a new upload is mapped by that', () => {
    const db = counted();
    give(db, 'src/old.ts');
    symbolicateEvent(db, 1, event(WITH_ID));
    give(db, 'src/new.ts');

    const mapped = symbolicateEvent(db, 1, event(WITH_ID));

    expect(mapped.exception?.[0]?.stacktrace?.frames[0]?.filename).toBe('src/new.ts');
  });

  test('of another project has nothing of the upload', () => {
    const db = counted();
    give(db);

    const mapped = symbolicateEvent(db, 2, event(WITH_ID));

    expect(mapped.exception?.[0]?.stacktrace?.frames[0]?.filename).toBe('/srv/app.js');
    expect(mapped.errors).toEqual([{ type: 'js_no_source', url: '/srv/app.js' }]);
  });

  test('has threads and a stack of its own mapped too', () => {
    const db = counted();
    give(db);
    const stacktrace = { frames: [{ filename: '/srv/app.js', lineno: 1, colno: 1 }] };
    const sent = event({
      ...WITH_ID,
      exception: undefined,
      stacktrace,
      threads: { values: [{ id: '1', stacktrace }] },
    });

    const mapped = symbolicateEvent(db, 1, sent);

    for (const holder of [mapped, mapped.threads?.[0]]) {
      expect(holder?.stacktrace?.frames[0]?.filename).toBe('src/a.ts');
      expect(holder?.raw_stacktrace?.frames[0]?.filename).toBe('/srv/app.js');
    }
  });

  test('of many thousand frames has the first thousand mapped', () => {
    const db = counted();
    give(db);
    const frames = Array.from({ length: 250 }, () => ({ filename: '/srv/app.js', lineno: 1, colno: 1 }));
    const values = Array.from({ length: 6 }, () => ({ type: 'Error', stacktrace: { frames } }));

    const mapped = symbolicateEvent(db, 1, event({ ...WITH_ID, exception: { values } }));

    const counts = mapped.exception?.map(
      ({ stacktrace }) => stacktrace?.frames.filter(({ filename }) => filename === 'src/a.ts').length,
    );
    expect(counts).toEqual([250, 250, 250, 250, 0, 0]);
  });

  test('keeps no more of a map’s words than a frame may have', () => {
    const db = counted();
    give(db, `${'a/'.repeat(2000)}a.ts`);

    const [frame] = symbolicateEvent(db, 1, event(WITH_ID)).exception?.[0]?.stacktrace?.frames ?? [];

    expect(frame?.filename).toHaveLength(1024);
  });

  test('without a map for a package says nothing of it', () => {
    const frames = [{ filename: '/srv/node_modules/hono/index.js', lineno: 1, colno: 1 }];
    const sent = event({ ...WITH_ID, exception: { values: [{ stacktrace: { frames } }] } });

    expect(symbolicateEvent(counted(), 1, sent).errors).toBeUndefined();
  });
});
