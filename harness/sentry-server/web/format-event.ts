/** An event as text for a language model: what was thrown, where, with what around it. All of it is quoted strangers' text. */
import { z } from 'zod';
import type { EventPayload, Exception, Frame } from '../event/payload.ts';
import type { EventRow } from '../storage/rows.ts';

export const LlmFormat = z.enum(['markdown', 'xml']);
export type LlmFormat = z.infer<typeof LlmFormat>;

interface Section {
  readonly name: string;
  readonly text: string;
}

/** Innermost frames of the longest stacks. */
const FRAMES = 30;
const CRUMBS = 10;

export function formatEvent(event: EventRow, payload: EventPayload, format: LlmFormat): string {
  const sections = sectionsOf(event, payload).filter(({ text }) => text !== '');
  if (format === 'xml')
    return `<event>\n${sections.map(({ name, text }) => `<${name}>${escapeXml(text)}</${name}>`).join('\n')}\n</event>`;
  return sections.map(({ name, text }) => `## ${name}\n\n${fenced(text)}`).join('\n\n');
}

function sectionsOf(event: EventRow, payload: EventPayload): Section[] {
  const facts = {
    id: event.id,
    level: event.level,
    platform: event.platform,
    release: event.release,
    environment: event.environment,
    transaction: event.transaction_name,
  };
  return [
    { name: 'title', text: event.title },
    { name: 'facts', text: linesOf(Object.entries(facts)) },
    { name: 'message', text: event.message },
    ...(payload.exception ?? []).toReversed().map((one) => ({ name: 'exception', text: exceptionText(one) })),
    { name: 'request', text: [payload.request?.method, payload.request?.url].filter(Boolean).join(' ') },
    { name: 'tags', text: linesOf(payload.tags ?? []) },
    {
      name: 'breadcrumbs',
      text: (payload.breadcrumbs ?? [])
        .slice(-CRUMBS)
        .map(({ category, message }) => `${category ?? 'default'}: ${message ?? ''}`)
        .join('\n'),
    },
  ];
}

function linesOf(pairs: readonly (readonly [string, string | null])[]): string {
  return pairs.flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}`])).join('\n');
}

function exceptionText({ type, value, stacktrace }: Exception): string {
  const frames = (stacktrace?.frames ?? []).slice(-FRAMES).toReversed().map(frameText);
  return [`${type ?? 'Error'}: ${value ?? ''}`, ...frames].join('\n');
}

function frameText(frame: Frame): string {
  const place = `${frame.filename ?? frame.module ?? '?'}:${frame.lineno ?? '?'}`;
  const line = frame.context_line === undefined ? '' : `\n      ${frame.context_line.trim()}`;
  return `  at ${frame.function ?? '?'} (${place})${frame.in_app === true ? ' [app]' : ''}${line}`;
}

/** A fence longer than any inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
