/** The carrier answers 503 when it is asked for rates. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'carrier-maintenance',
  title: 'The parcel carrier gives no rates',
  template: 'none',
  location: 'none',
  commit: { subject: 'Carrier stand-in: no rates during maintenance, as today at the real one' },
  edits: [
    {
      file: 'local/parcel-service.ts',
      find: "  if (path === '/rates') return { status: 200, body: { rates: rates(query) } };",
      replace:
        "  if (path === '/rates') return { status: 503, body: { error: 'planned maintenance', parameters: [...query.keys()] } };",
    },
    {
      file: 'local/parcel-service.ts',
      find: `/** Prices are text, as the carrier sends them. */
function rates(query: URLSearchParams) {
  const abroad = query.get('country') === 'NO' ? 0 : 4;
  const heavy = Number(query.get('kg')) > 5 ? 3 : 0;
  return [
    { product: 'standard', name: 'Standard parcel', price: (6.9 + abroad + heavy).toFixed(2), days: 3 },
    { product: 'express', name: 'Express parcel', price: (12.9 + abroad + heavy).toFixed(2), days: 1 },
  ];
}

`,
      replace: '',
    },
  ],
  expected: { result: 'outage', scenario: 'an order is placed with an address and a way of shipping' },
  mendable: false,
};
