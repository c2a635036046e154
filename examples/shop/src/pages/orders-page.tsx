/** All orders of the customer, with a file for the bookkeeping. */
import { useState } from 'react';
import type { OrderSummary } from '../../shared/types.ts';
import { Loaded } from '../components/loaded.tsx';
import { useResource } from '../hooks/use-resource.ts';
import { api } from '../lib/api.ts';
import { download } from '../lib/download.ts';
import { formatCount, formatDate, formatMoney } from '../lib/format.ts';
import { toCsv } from '../lib/order-csv.js';
import { Link } from '../router.tsx';

export function OrdersPage() {
  const resource = useResource('orders', api.orders);
  return (
    <>
      <h1>Your orders</h1>
      <Loaded resource={resource}>{(orders) => <OrderTable orders={orders} />}</Loaded>
    </>
  );
}

function OrderTable({ orders }: { orders: OrderSummary[] }) {
  const [openOnly, setOpenOnly] = useState(false);
  const shown = orders.filter(({ status }) => !openOnly || status !== 'delivered');
  return (
    <>
      <label>
        <input type="checkbox" checked={openOnly} onChange={(event) => setOpenOnly(event.target.checked)} /> Only those
        on their way
      </label>
      <table>
        <tbody>
          {shown.map((order) => (
            <tr key={order.number}>
              <td>
                <Link to={`/orders/${order.number}`}>Order {order.number}</Link>
              </td>
              <td>{formatDate(order.placedOn)}</td>
              <td>{order.status}</td>
              <td>{formatCount(order.itemCount, 'article')}</td>
              <td>{formatMoney(order.totalCents)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" onClick={() => download('orders.csv', toCsv(shown))}>
        Download as CSV
      </button>
    </>
  );
}
