/** A stand-in for the parcel carrier's API, for local runs: the same few addresses, answers and quirks. */
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const PARCELS: Record<string, { time: string; text: string; place: string }[]> = {
  'PX-1042-1': [
    { time: '2026-09-29T08:10:00Z', text: 'Picked up', place: 'Drammen' },
    { time: '2026-10-01T17:45:00Z', text: 'At the parcel centre', place: 'Alnabru' },
    { time: '2026-10-02T09:30:00Z', text: 'Delivered', place: 'Oslo' },
  ],
  'PX-1043-1': [{ time: '2026-10-20T07:55:00Z', text: 'Picked up', place: 'Drammen' }],
};

const COUNTRIES = [
  { country: 'Norway', workingDays: 2 },
  { country: 'Sweden', workingDays: 3 },
  { country: 'Germany', workingDays: 4 },
];

/** The carrier computes its lead times when it is first asked after a pause, which takes a while. */
const WAKE_MS = 4_000;
let awake: Promise<void> | undefined;

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://carrier');
  if (pathname === '/lead-times') {
    awake ??= wait(WAKE_MS);
    await awake;
  }
  const { status, body } = respond(pathname, searchParams);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
});

function respond(path: string, query: URLSearchParams): { status: number; body: unknown } {
  if (path === '/rates') return { status: 200, body: { rates: rates(query) } };
  if (path === '/lead-times') return { status: 200, body: { countries: COUNTRIES } };
  const number = /^\/parcels\/(.+)$/.exec(path)?.[1];
  const events = number === undefined ? undefined : PARCELS[number];
  if (events === undefined) return { status: 404, body: { error: 'unknown' } };
  // A single event comes without a list around it.
  return { status: 200, body: { number, events: events.length === 1 ? events[0] : events } };
}

/** Prices are text, as the carrier sends them. */
function rates(query: URLSearchParams) {
  const abroad = query.get('country') === 'NO' ? 0 : 4;
  const heavy = Number(query.get('kg')) > 5 ? 3 : 0;
  return [
    { product: 'standard', name: 'Standard parcel', price: (6.9 + abroad + heavy).toFixed(2), days: 3 },
    { product: 'express', name: 'Express parcel', price: (12.9 + abroad + heavy).toFixed(2), days: 1 },
  ];
}

server.listen(Number(process.env.CARRIER_PORT ?? 0), '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.({ port: address?.port });
});
// Started by start.ts: ends with it.
process.on('disconnect', () => process.exit());
