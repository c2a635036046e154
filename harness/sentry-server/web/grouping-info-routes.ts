/** Why an event belongs to its issue: every variant with its hash and the tree of what counted and what did not. */
import { Hono } from 'hono';
import { EventPayload } from '../event/payload.ts';
import { type Component, hasContributing } from '../grouping/component.ts';
import { explainGrouping, GROUPING_CONFIG, type Variant } from '../grouping/group-event.ts';
import type { ServerParts } from '../server-parts.ts';
import { EVENT_COLUMNS } from '../storage/issues.ts';
import { EventRow, PayloadRow } from '../storage/rows.ts';
import { notFound } from './api-error.ts';
import { issueEventOf } from './issue-event-routes.ts';
import { projectOf } from './organization-routes.ts';

export function groupingInfoRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/projects/:org/:project/events/:event/grouping-info/', (c) => {
    const sql = `SELECT ${EVENT_COLUMNS} FROM events WHERE project_id = ? AND id = ?`;
    const id = c.req.param('event').replaceAll('-', '').toLowerCase();
    const event = parts.db.one(EventRow, sql, projectOf(parts, c).id, id);
    if (event === undefined) throw notFound();
    return c.json(showGrouping(parts, event));
  });
  app.get('/organizations/:org/issues/:issue/events/:event/grouping-info/', (c) =>
    c.json(showGrouping(parts, issueEventOf(parts, c))),
  );
  return app;
}

function showGrouping(parts: ServerParts, event: EventRow): Record<string, unknown> {
  const row = parts.db.one(PayloadRow, 'SELECT payload FROM events WHERE number = ?', event.number);
  const variants = explainGrouping(EventPayload.parse(row?.payload ?? {}));
  return {
    grouping_config: GROUPING_CONFIG,
    variants: Object.fromEntries(variants.map((variant) => [variant.key, showVariant(variant, event)])),
  };
}

function showVariant(variant: Variant, event: EventRow): Record<string, unknown> {
  const { key, type, hash, hint, component, fingerprint, leaves } = variant;
  return {
    type,
    key,
    description: describe(variant),
    hash,
    hint,
    contributes: hash !== null,
    // Another hash than the stored one: the event came before the rules were as they are now.
    hashMismatch: hash !== null && !event.hashes.includes(hash),
    ...(component && { component: showComponent(component), config: { id: GROUPING_CONFIG } }),
    ...(fingerprint && { values: fingerprint.values }),
    ...(fingerprint?.clientValues && { client_values: fingerprint.clientValues }),
    ...(fingerprint?.rule !== undefined && { matched_rule: fingerprint.rule }),
    ...(type === 'checksum' && { checksum: hash }),
    ...(type === 'hashed_checksum' && { checksum: hash, raw_checksum: leaves.join('') }),
  };
}

interface ShownComponent {
  readonly id: string;
  readonly name: string;
  readonly contributes: boolean;
  readonly hint: string | null;
  readonly values: readonly (string | ShownComponent)[];
}

function showComponent({ id, contributes, hint, values }: Component): ShownComponent {
  const shown = values.map((value) => (typeof value === 'string' ? value : showComponent(value)));
  return { id, name: id.replaceAll('-', ' '), contributes, hint, values: shown };
}

/** What the variant goes by, in a few words: `in-app exception stacktrace`, `message`, `custom fingerprint`. */
function describe({ key, type, component }: Variant): string {
  if (component === undefined) return type.replaceAll('_', ' ');
  const [method] = component.values.filter((value) => typeof value !== 'string' && value.contributes);
  if (method === undefined || typeof method === 'string') return key;
  const words = [
    type === 'salted_component' ? 'modified' : '',
    key === 'app' ? 'in-app' : '',
    method.id.replaceAll('-', ' '),
    method.id !== 'stacktrace' && hasContributing(method, 'stacktrace') ? 'stacktrace' : '',
  ];
  return words.filter((word) => word !== '').join(' ');
}
