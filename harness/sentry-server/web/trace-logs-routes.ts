/** `organizations/{org}/trace-logs/`: the log lines of one or more traces, in the columns that clients of it expect. */
import { Hono } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { queryRows } from '../telemetry/query-rows.ts';
import { badRequest } from './api-error.ts';
import { pageLink, readPage } from './pagination.ts';
import { parseExpression } from './search-expression.ts';
import { telemetryOf } from './telemetry-scope.ts';

const TYPES: Readonly<Record<string, string>> = {
  id: 'string',
  'project.id': 'integer',
  trace: 'string',
  severity_number: 'integer',
  severity: 'string',
  timestamp: 'date',
  timestamp_precise: 'integer',
  message: 'string',
};
const MAX_TRACES = 100;

export function traceLogsRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/trace-logs/', (c) => {
    const traces = (c.req.queries('traceId') ?? []).map((id) => id.replaceAll('-', '').toLowerCase());
    if (traces.length === 0 || traces.length > MAX_TRACES || !traces.every((id) => /^[0-9a-f]{32}$/.test(id)))
      throw badRequest('traceId must be 32 hexadecimal digits.');
    const sort = c.req.query('sort') || undefined;
    const fields = Object.keys(TYPES);
    if (sort !== undefined && !fields.includes(sort.replace(/^-/, '')))
      throw badRequest('Cannot sort by a field that is not selected.');
    const page = readPage(c);
    const search = parseExpression(c.req.query('query') ?? '');
    const rows = telemetryOf(parts, c, 'logs', search).filter(({ fields: { trace } }) =>
      traces.includes(String(trace)),
    );
    const found = queryRows(rows, { fields, search, sort, now: parts.now().getTime() }) ?? [];
    const data = found.slice(page.offset, page.offset + page.limit);
    // Clients refuse a unit that is null: none of these columns has one.
    const meta = { fields: TYPES, units: {}, dataset: 'logs' };
    return c.json({ data, meta }, 200, { link: pageLink(c, page, found.length > page.offset + page.limit) });
  });
  return app;
}
