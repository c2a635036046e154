/** The spans, logs or metrics that a request's project, environment and period ask for. */
import type { Context } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { listProjects } from '../storage/projects.ts';
import { readLogs, readMetrics } from '../telemetry/logs.ts';
import { readSpans } from '../telemetry/spans.ts';
import type { TelemetryRow } from '../telemetry/telemetry-row.ts';
import { environmentsAsked, projectIds, timeRange } from './event-filter.ts';
import { type Expression, requiredFilters } from './search-expression.ts';

const READERS = { spans: readSpans, logs: readLogs, tracemetrics: readMetrics } as const;
export type TelemetryDataset = keyof typeof READERS;

export function isTelemetry(dataset: string): dataset is TelemetryDataset {
  return Object.hasOwn(READERS, dataset);
}

/** Each row also names its project: `project`, `project.name` and `project.id`. */
export function telemetryOf(
  parts: ServerParts,
  c: Context,
  dataset: TelemetryDataset,
  search?: Expression,
): TelemetryRow[] {
  const slugs = new Map(listProjects(parts.db).map(({ id, slug }) => [id, slug]));
  const trace = (search === undefined ? [] : requiredFilters(search)).find(
    ({ key, isNegated, operator }) => key === 'trace' && !isNegated && operator === '=',
  );
  const traceId =
    trace?.values.length === 1 && /^[0-9a-f]{32}$/.test(trace.values[0] ?? '') ? trace.values[0] : undefined;
  const rows = READERS[dataset](parts.db, {
    projects: projectIds(parts, c),
    ...(traceId === undefined ? {} : { traceId }),
  });
  const environments = environmentsAsked(c);
  const range = timeRange(parts, c);
  return rows
    .filter((row) => range.every(({ operator, at }) => (operator === '>=' ? row.at >= at : row.at < at)))
    .filter((row) => environments.length === 0 || environments.includes(String(row.fields.environment)))
    .map((row) => {
      const project = slugs.get(row.projectId) ?? null;
      const named = { project, 'project.name': project, 'project.id': row.projectId, project_id: row.projectId };
      return { projectId: row.projectId, at: row.at, fields: { ...row.fields, ...named } };
    });
}
