/** A trace: the tree of its spans with the errors that happened in them. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { ServerParts } from '../server-parts.ts';
import { eventsOfTrace, spanIdsOfTrace, type TraceEvent } from '../storage/find-event.ts';
import { listProjects } from '../storage/projects.ts';
import { formatShortId } from '../storage/short-id.ts';
import { readLogs, readMetrics } from '../telemetry/logs.ts';
import { readSpans, type Span } from '../telemetry/spans.ts';
import { badRequest } from './api-error.ts';
import { projectIds } from './event-filter.ts';

const MAX_ERRORS = 1000;
const DEFAULT_LIMIT = 10_000;
const MAX_DEPTH = 200;

export function traceRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/trace/:trace/', (c) => c.json(traceTree(parts, c)));
  app.get('/organizations/:org/trace-meta/:trace/', (c) => c.json(traceMeta(parts, c)));
  return app;
}

function traceIdOf(c: Context): string {
  const id = (c.req.param('trace') ?? '').replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(id)) throw badRequest('trace_id must be 32 hexadecimal digits.');
  return id;
}

type Node = Record<string, unknown> & { readonly start_timestamp: number };

interface SpanNode extends Node {
  readonly children: SpanNode[];
  readonly errors: Node[];
}

/** Outermost spans, and errors outside of every span, in the order of time. Spans that name each other as parents hang from no root. */
function traceTree(parts: ServerParts, c: Context): Node[] {
  const traceId = traceIdOf(c);
  const limit = Math.min(Number(c.req.query('limit')) || DEFAULT_LIMIT, DEFAULT_LIMIT);
  const slugs = new Map(listProjects(parts.db).map(({ id, slug }) => [id, slug]));
  const projects = projectIds(parts, c);
  const isWanted = (id: number) => projects.length === 0 || projects.includes(id);
  const found = readSpans(parts.db, { traceId }).filter((span) => isWanted(span.projectId));
  // A span that came twice, by DSN and mirror say, is one.
  const spans = [...new Map(found.map((span) => [span.id, span])).values()]
    .sort((a, b) => a.start - b.start)
    .slice(0, limit);
  const nodes = new Map(spans.map((span) => [span.id, spanNode(span, slugs.get(span.projectId) ?? '')]));
  const roots: Node[] = [];
  for (const span of spans) {
    const node = nodes.get(span.id);
    const parent = span.parentId === null || span.parentId === span.id ? undefined : nodes.get(span.parentId);
    if (node !== undefined) (parent?.children ?? roots).push(node);
  }
  const spanIds = spanIdsOfTrace(parts.db, traceId);
  for (const event of eventsOfTrace(parts.db, traceId, MAX_ERRORS)) {
    if (isWanted(event.project_id))
      (nodes.get(spanIds.get(event.number) ?? '')?.errors ?? roots).push(errorNode(event));
  }
  for (const root of roots) if (isSpan(root)) flattenBelow(root, MAX_DEPTH);
  return roots.sort((a, b) => a.start_timestamp - b.start_timestamp);
}

function isSpan(node: Node): node is SpanNode {
  return 'children' in node;
}

/** What lies deeper stands side by side: a chain without end would end the reader's stack. */
function flattenBelow(root: SpanNode, depth: number): void {
  const open: { node: SpanNode; left: number }[] = [{ node: root, left: depth }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, left } = next;
    if (left === 0) flatten(node);
    else open.push(...node.children.map((child) => ({ node: child, left: left - 1 })));
  }
}

function flatten(top: SpanNode): void {
  for (let index = 0; index < top.children.length; index += 1) {
    const child = top.children[index];
    if (child !== undefined) top.children.push(...child.children.splice(0));
  }
}

function spanNode(span: Span, slug: string): SpanNode {
  return {
    event_id: span.id,
    event_type: 'span',
    transaction_id: span.transactionId,
    project_id: span.projectId,
    project_slug: slug,
    transaction: String(span.fields.transaction ?? span.name),
    description: span.name,
    op: span.op,
    name: span.name,
    parent_span_id: span.parentId,
    profile_id: '',
    profiler_id: '',
    sdk_name: String(span.fields['sdk.name'] ?? ''),
    is_transaction: span.isSegment,
    start_timestamp: span.start / 1000,
    end_timestamp: span.end / 1000,
    duration: span.end - span.start,
    measurements: {},
    browser_web_vital: numbersOf(span, 'browser.web_vital.'),
    mobile_app_vital: numbersOf(span, 'app.vitals.'),
    additional_attributes: span.attributes,
    children: [],
    errors: [],
    occurrences: [],
  };
}

function numbersOf(span: Span, prefix: string): Record<string, number> {
  const found = Object.entries(span.attributes).flatMap(([key, value]): [string, number][] =>
    key.startsWith(prefix) && typeof value === 'number' ? [[key, value]] : [],
  );
  return Object.fromEntries(found);
}

function errorNode(event: TraceEvent): Node {
  return {
    event_id: event.id,
    event_type: 'error',
    project_id: event.project_id,
    project_slug: event.slug,
    transaction: event.transaction_name ?? '',
    description: event.title,
    issue_id: event.issue_id,
    level: event.level,
    start_timestamp: event.at / 1000,
    end_timestamp: event.at / 1000,
    culprit: event.culprit,
    short_id: formatShortId(event.slug, event.short_number),
    issue_type: 1,
  };
}

function traceMeta(parts: ServerParts, c: Context): Record<string, unknown> {
  const traceId = traceIdOf(c);
  const spans = readSpans(parts.db, { traceId });
  const ofTrace = ({ fields }: { fields: Readonly<Record<string, unknown>> }) => fields.trace === traceId;
  const perOp = Map.groupBy(spans, (span) => span.op);
  const perTransaction = Map.groupBy(spans, (span) => span.transactionId);
  return {
    errorsCount: eventsOfTrace(parts.db, traceId, MAX_ERRORS).length,
    logsCount: readLogs(parts.db, { traceId }).filter(ofTrace).length,
    metricsCount: readMetrics(parts.db, { traceId }).filter(ofTrace).length,
    performanceIssuesCount: 0,
    spansCount: spans.length,
    transactionChildCountMap: [...perTransaction].map(([id, members]) => ({
      'transaction.event_id': id,
      'count()': members.length,
    })),
    spansCountMap: Object.fromEntries([...perOp].map(([op, members]) => [op, members.length])),
    uptimeCount: 0,
  };
}
