/** What `grouping-info/` says about events that came over the wire. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { callApi, embedded } from './embedded.ts';

const ID = 'a'.repeat(32);

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly contributes: boolean;
  readonly hint: string | null;
  readonly values: readonly (string | Shown)[];
}

const Shown: z.ZodType<Shown> = z.strictObject({
  id: z.string(),
  name: z.string(),
  contributes: z.boolean(),
  hint: z.string().nullable(),
  values: z.array(z.union([z.string(), z.lazy(() => Shown)])),
});

const GroupingInfo = z.strictObject({
  grouping_config: z.string(),
  variants: z.record(
    z.string(),
    z.strictObject({
      type: z.string(),
      key: z.string(),
      description: z.string(),
      hash: z
        .string()
        .regex(/^[0-9a-f]{32}$/)
        .nullable(),
      hint: z.string().nullable(),
      contributes: z.boolean(),
      hashMismatch: z.boolean(),
      component: Shown.optional(),
      config: z.strictObject({ id: z.string() }).optional(),
      values: z.array(z.string()).optional(),
      client_values: z.array(z.string()).optional(),
      matched_rule: z.string().optional(),
      checksum: z.string().optional(),
      raw_checksum: z.string().optional(),
    }),
  ),
});

const frame = (name: string, more: Record<string, unknown> = {}) => ({
  filename: `/srv/app/${name}.js`,
  abs_path: `/srv/app/${name}.js`,
  function: name,
  in_app: true,
  ...more,
});

const thrown = {
  event_id: ID,
  platform: 'node',
  message: 'while paying',
  exception: {
    values: [
      {
        type: 'TypeError',
        value: 'order 7 is lost',
        stacktrace: { frames: [frame('node_modules/lib/call'), frame('eval'), frame('pay'), frame('pay')] },
      },
    ],
  },
};

async function groupingInfo(event: Record<string, unknown>): Promise<z.infer<typeof GroupingInfo>> {
  const { server, send } = embedded();
  await send({ event_id: ID, ...event });
  const answer = await callApi(server, 'GET', `/projects/mendwright/shop/events/${ID}/grouping-info/`);
  return GroupingInfo.parse(await answer.json());
}

/** One line a part: `-` before what does not count, the hint behind. */
function outline(component: Shown, depth = 0): string[] {
  const pad = '  '.repeat(depth);
  const hint = component.hint === null ? '' : ` (${component.hint})`;
  return [
    `${pad}${component.contributes ? '' : '- '}${component.name}${hint}`,
    ...component.values.flatMap((value) =>
      typeof value === 'string' ? [`${pad}  "${value}"`] : outline(value, depth + 1),
    ),
  ];
}

describe('grouping-info', () => {
  test('shows what counts on the app side, and why the rest does not', async () => {
    const { grouping_config: config, variants } = await groupingInfo(thrown);

    expect(config).toBe('newstyle:2026-01-20');
    expect(variants.app).toMatchObject({
      type: 'component',
      description: 'in-app exception stacktrace',
      contributes: true,
    });
    expect(outline(Shown.parse(variants.app?.component)).join('\n')).toMatchInlineSnapshot(`
      "app
        exception
          type
            "TypeError"
          - value (the stack counts instead)
            "order 7 is lost"
          stacktrace
            - frame (not a frame of the app)
              filename
                "call.js"
              function
                "node_modules/lib/call"
            - frame (native or evaluated code)
              filename
                "eval.js"
              function
                "eval"
            frame
              filename
                "pay.js"
              function
                "pay"
            - frame (it recurs)
              filename
                "pay.js"
              function
                "pay""
    `);
  });

  test('gives the hashes by which the event was stored', async () => {
    const { server, send } = embedded();
    await send(thrown);

    const info = GroupingInfo.parse(
      await (await callApi(server, 'GET', `/projects/mendwright/shop/events/${ID}/grouping-info/`)).json(),
    );
    const event = z
      .object({ fingerprints: z.array(z.string()), groupID: z.string() })
      .parse(await (await callApi(server, 'GET', `/projects/mendwright/shop/events/${ID}/`)).json());

    const counted = Object.values(info.variants).filter(({ contributes }) => contributes);
    expect(counted.map(({ hash }) => hash)).toEqual(event.fingerprints);
    expect(counted.map(({ hashMismatch }) => hashMismatch)).toEqual([false, false]);
    const byIssue = await callApi(
      server,
      'GET',
      `/organizations/mendwright/issues/${event.groupID}/events/latest/grouping-info/`,
    );
    expect(await byIssue.json()).toEqual(info);
  });

  test('names the strategies that came too late', async () => {
    const { variants } = await groupingInfo(thrown);

    expect(variants.default).toMatchObject({ contributes: false, hash: null });
    expect(outline(Shown.parse(variants.default?.component))).toEqual([
      '- default (the exception counts instead)',
      '  - message (the exception counts instead)',
      '    "while paying"',
    ]);
  });

  test.each([
    [
      'a fingerprint of the sender',
      { ...thrown, fingerprint: ['{{ error.type }}', 'mine'] },
      'custom_fingerprint',
      { values: ['TypeError', 'mine'], client_values: ['{{ error.type }}', 'mine'], description: 'custom fingerprint' },
    ],
    [
      'a fingerprint that adds to the default',
      { ...thrown, fingerprint: ['{{ default }}', 'mine'] },
      'app',
      {
        type: 'salted_component',
        values: ['{{ default }}', 'mine'],
        description: 'modified in-app exception stacktrace',
      },
    ],
    [
      'a built-in fingerprint',
      { platform: 'javascript', exception: { values: [{ type: 'ChunkLoadError', value: 'Loading chunk 7 failed.' }] } },
      'built_in_fingerprint',
      { values: ['chunkloaderror'], matched_rule: 'a chunk that cannot be loaded' },
    ],
    ['a checksum', { checksum: 'orders are late' }, 'hashed_checksum', { raw_checksum: 'orders are late' }],
    ['a message', { message: 'order 7 is lost' }, 'default', { description: 'message' }],
    ['nothing', {}, 'fallback', { hash: 'd41d8cd98f00b204e9800998ecf8427e' }],
  ])('tells of %s', async (_, event, key, expected) => {
    const { variants } = await groupingInfo(event);

    expect(variants[key]).toMatchObject({ contributes: true, ...expected });
    const others = Object.values(variants).filter((variant) => variant.key !== key && variant.key !== 'system');
    expect(others.every(({ contributes }) => !contributes)).toBe(true);
  });

  test.each([
    ['an event that is not there', `/projects/mendwright/shop/events/${'b'.repeat(32)}/grouping-info/`],
    ['a project that is not there', `/projects/mendwright/none/events/${ID}/grouping-info/`],
    ['an id that is none', '/projects/mendwright/shop/events/..%2F..%2Fx/grouping-info/'],
    ['an issue that is not there', '/organizations/mendwright/issues/999/events/latest/grouping-info/'],
  ])('answers 404 for %s', async (_, path) => {
    const { server, send } = embedded();
    await send(thrown);

    expect((await callApi(server, 'GET', path)).status).toBe(404);
  });
});
