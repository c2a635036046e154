/**
 * The order list as a CSV file. From before the shop was written in TypeScript; the accountants' import reads
 * its columns by position.
 */
import { formatDate, formatMoney } from './format.ts';

const HEADER = 'Order;Placed;Status;Total';

/** @param {import('../../shared/types.ts').OrderSummary[]} orders */
export function toCsv(orders) {
  const rows = orders.map((order) => [
    order.number,
    formatDate(order.placedOn),
    order.status,
    formatMoney(order.totalCents),
  ]);
  return [HEADER, ...rows.map((row) => row.join(';'))].join('\n');
}
