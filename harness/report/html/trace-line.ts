/** How to open a trace: in the viewer beside the report where that is served, and on any machine with Playwright. */
import { type Html, html } from '../../markup/html-tag.ts';
import { traceLink } from './relative-link.ts';

export function formatTrace(trace: string | undefined, hasTraceViewer: boolean): Html | undefined {
  if (trace === undefined) return undefined;
  const link = hasTraceViewer ? traceLink(trace) : undefined;
  const viewer = link && html`<a href="${link}">Open the trace</a> where this folder is served over http, or: `;
  return html`<p class="small">${viewer}${!viewer && 'A trace of it lies beside this report: '}<code>npx playwright show-trace ${trace}</code></p>`;
}
