/** One order: what is in it, where it goes, and where its parcels are. */
import type { OrderDetail, Parcel } from '../../shared/types.ts';
import { Loaded } from '../components/loaded.tsx';
import { useResource } from '../hooks/use-resource.ts';
import { api } from '../lib/api.ts';
import { formatDate, formatMoney } from '../lib/format.ts';
import { latestNews } from '../lib/tracking.ts';

export function OrderPage({ number }: { number: string }) {
  const resource = useResource(number, () => api.order(number));
  return <Loaded resource={resource}>{(order) => <OrderDetails order={order} />}</Loaded>;
}

function OrderDetails({ order }: { order: OrderDetail }) {
  const { address, shipping } = order;
  return (
    <article>
      <h1>Order {order.number}</h1>
      <p>
        Placed on {formatDate(order.placedOn)}, {order.status}
        {order.deliveredOn && ` on ${formatDate(order.deliveredOn)}`}
      </p>
      <ul aria-label="Articles">
        {order.lines.map(({ slug, title, amount, cents }) => (
          <li key={slug}>
            {amount} × {title}: {formatMoney(cents)}
          </li>
        ))}
        <li>
          {shipping.label}: {formatMoney(shipping.cents)}
        </li>
      </ul>
      <p>
        Total: <strong>{formatMoney(order.totalCents)}</strong>
      </p>
      <address>
        {address.street}, {address.postcode} {address.city}
      </address>
      <h2>Parcels</h2>
      {order.parcels.length === 0 && <p>We are packing your order.</p>}
      {order.parcels.map((parcel) => (
        <ParcelNews key={parcel.number} parcel={parcel} />
      ))}
    </article>
  );
}

function ParcelNews({ parcel }: { parcel: Parcel }) {
  return (
    <section aria-label={`Parcel ${parcel.number}`}>
      <h3>{parcel.number}</h3>
      <p>{latestNews(parcel) ?? 'No news from the carrier yet'}</p>
      <ol>
        {parcel.events.map(({ at, text }) => (
          <li key={at}>
            {formatDate(at)}: {text}
          </li>
        ))}
      </ol>
    </section>
  );
}
