/** Release health: sessions one by one, as browsers send them, and counted, as servers do. */
import { z } from 'zod';
import { parseJson } from '../ingest/parse-json.ts';
import { limits } from '../limits.ts';
import type { Database } from '../storage/database.ts';
import { type ItemRow, type ItemScope, readItems } from '../storage/read-items.ts';
import { Instant } from './telemetry-row.ts';

export const SESSION_STATES = ['healthy', 'abnormal', 'crashed', 'errored', 'unhandled'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

export interface SessionCount {
  readonly projectId: number;
  readonly startedAt: number;
  readonly release: string;
  readonly environment: string;
  readonly state: SessionState;
  readonly count: number;
  /** Undefined where the SDK does not tell users apart. */
  readonly user: string | undefined;
}

const Attrs = z
  .object({ release: z.string().catch(''), environment: z.string().catch('') })
  .catch({ release: '', environment: '' });

const Update = z.object({
  sid: z.string(),
  did: z.union([z.string(), z.number()]).transform(String).nullish().catch(undefined),
  started: Instant,
  timestamp: Instant.optional().catch(undefined),
  status: z.string().catch('ok'),
  errors: z.number().catch(0),
  attrs: Attrs,
});
type Update = z.infer<typeof Update>;

const count = z.int().nonnegative().catch(0);
const Aggregates = z.object({
  attrs: Attrs,
  aggregates: z
    .array(
      z.object({
        started: Instant,
        did: z.string().optional().catch(undefined),
        exited: count,
        errored: count,
        crashed: count,
        abnormal: count,
        unhandled: count,
      }),
    )
    .max(limits.items),
});

export function readSessions(db: Database, scope: Omit<ItemScope, 'types'>): SessionCount[] {
  const items = readItems(db, { ...scope, types: ['session', 'sessions'] });
  // Newest first: a session's newest update tells how it went.
  const newest = new Map<string, SessionCount>();
  const counted: SessionCount[] = [];
  for (const item of items) {
    const value = parseJson(item.payload, limits.jsonDepth);
    if (item.type === 'sessions') counted.push(...ofAggregates(item, value));
    const update = Update.safeParse(value);
    if (item.type !== 'session' || !update.success) continue;
    const key = `${item.project_id} ${update.data.sid}`;
    if (!newest.has(key)) newest.set(key, ofUpdate(item, update.data));
  }
  return [...newest.values(), ...counted];
}

function ofUpdate(item: ItemRow, { did, started, status, errors, attrs }: Update): SessionCount {
  return {
    projectId: item.project_id,
    startedAt: started,
    ...attrs,
    state: stateOf(status, errors),
    count: 1,
    user: did ?? undefined,
  };
}

function stateOf(status: string, errors: number): SessionState {
  if (status === 'crashed' || status === 'abnormal' || status === 'unhandled') return status;
  return errors > 0 ? 'errored' : 'healthy';
}

function ofAggregates(item: ItemRow, value: unknown): SessionCount[] {
  const parsed = Aggregates.safeParse(value);
  if (!parsed.success) return [];
  const { attrs, aggregates } = parsed.data;
  return aggregates.flatMap(({ started, did, exited, ...bad }) => {
    const states: [SessionState, number][] = [
      ['healthy', exited],
      ['errored', bad.errored],
      ['crashed', bad.crashed],
      ['abnormal', bad.abnormal],
      ['unhandled', bad.unhandled],
    ];
    return states
      .filter(([, many]) => many > 0)
      .map(([state, many]) => ({
        projectId: item.project_id,
        startedAt: started,
        ...attrs,
        state,
        count: many,
        user: did,
      }));
  });
}
