/** The 5 kB error event of the ingest bench, with marks of a fixed width where events differ. */

/** Replaced byte for byte before a request is sent; no mark is part of another. */
export const MARKS = {
  id: '#ID#############################',
  trace: '#TR#############################',
  /** Epoch seconds with three decimals. */
  time: '#TIME#########',
  /** Part of function names: what tells one issue from another. */
  issue: '#IS##',
  user: '#US##',
} as const;
export type Mark = keyof typeof MARKS;

const FRAMES = 7;
const CRUMBS = 10;

function frame(index: number): Record<string, unknown> {
  const isOwn = index % 3 !== 0;
  const file = isOwn ? `/srv/shop/checkout/stage-${index}.js` : `/srv/shop/node_modules/queue/lib/run-${index}.js`;
  return {
    filename: file,
    abs_path: file,
    module: `checkout:stage-${index}`,
    function: isOwn ? `Cart.step${index}_${MARKS.issue}` : `runNext${index}`,
    lineno: 40 + index,
    colno: 11,
    in_app: isOwn,
    pre_context: ['', 'function settle(order, lines) {'],
    context_line: `  const sum${index} = lines.map((line) => line.price);`,
    post_context: ['  return sum;', '}'],
  };
}

function crumb(index: number): Record<string, unknown> {
  return {
    type: 'http',
    category: 'fetch',
    level: 'info',
    timestamp: 1_795_000_000 + index,
    data: { method: 'GET', url: `https://shop.example/api/orders/${index}`, status_code: 200 },
  };
}

/** The event without its time, which is a number and so no text of JSON. */
function event(): Record<string, unknown> {
  return {
    event_id: MARKS.id,
    platform: 'node',
    level: 'error',
    environment: 'production',
    release: 'shop@1.4.2',
    server_name: 'web-3',
    transaction: 'POST /orders',
    exception: {
      values: [
        {
          type: 'TypeError',
          value: `Cannot read properties of undefined (reading 'total') in step ${MARKS.issue}`,
          mechanism: { type: 'onuncaughtexception', handled: false },
          stacktrace: { frames: Array.from({ length: FRAMES }, (_, index) => frame(index)) },
        },
      ],
    },
    breadcrumbs: { values: Array.from({ length: CRUMBS }, (_, index) => crumb(index)) },
    user: { id: MARKS.user, email: `ann-${MARKS.user}@shop.example` },
    tags: { plan: 'gold', region: 'eu-1', flow: `flow-${MARKS.issue}` },
    request: {
      method: 'POST',
      url: 'https://shop.example/orders',
      headers: { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64)', Accept: 'application/json', Host: 'shop.example' },
    },
    contexts: {
      trace: { trace_id: MARKS.trace, span_id: 'b0e6f15b45c36b12' },
      os: { name: 'Linux', version: '6.12' },
      runtime: { name: 'node', version: 'v24.2.0' },
    },
    sdk: { name: 'sentry.javascript.node', version: '11.12.0' },
  };
}

/** A whole envelope as an SDK sends it. */
export function sampleEnvelope(): string {
  const payload = JSON.stringify({ ...event(), timestamp: 0 }).replace(
    /"timestamp":0\}$/,
    `"timestamp":${MARKS.time}}`,
  );
  const item = `{"type":"event","length":${Buffer.byteLength(payload)}}`;
  return `{"event_id":"${MARKS.id}","sent_at":"2026-11-26T00:00:00.000Z"}\n${item}\n${payload}\n`;
}
