/** The server reads the first parcel of an order that has none yet. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'carrier-service',
  title: 'An order without parcels has no first parcel to read',
  template: 'optional-chain',
  location: 'throw-line',
  commit: { subject: 'Orders: tell by which service an order is carried' },
  edits: [
    {
      file: 'server/orders.ts',
      find: '  return { ...toSummary(order), lines, shipping, address, parcels };',
      replace: `  const service = order.parcels[0].service;
  return { ...toSummary(order), lines, shipping, address, parcels, service };`,
    },
    {
      file: 'shared/types.ts',
      find: `  address: Address;
  parcels: Parcel[];
`,
      replace: `  address: Address;
  parcels: Parcel[];
  /** The carrier’s name for how it goes. */
  service: string;
`,
    },
    {
      file: 'src/pages/order-page.tsx',
      find: `      <h2>Parcels</h2>
`,
      replace: `      <h2>Parcels</h2>
      {order.service && <p>Service: {order.service}</p>}
`,
    },
    {
      file: 'scenarios/tracking.spec.ts',
      find: `  await expect(page.getByText('delivered on 2 Oct 2026')).toBeVisible();
`,
      replace: `  await expect(page.getByText('delivered on 2 Oct 2026')).toBeVisible();
  await expect(page.getByText('Service: Standard')).toBeVisible();
`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'an order shows where its parcels are',
    file: 'server/orders.ts',
    line: 'const service = order.parcels[0].service;',
  },
  mendable: true,
  humanFix: [{ file: 'server/orders.ts', find: 'order.parcels[0].service', replace: 'order.parcels[0]?.service' }],
};
