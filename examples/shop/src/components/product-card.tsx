/** A product in a list: title, tags, price, and whether we have it. */
import { unitCents } from '../../shared/product-price.ts';
import type { Product } from '../../shared/types.ts';
import { formatMoney } from '../lib/format.ts';
import { Link } from '../router.tsx';

export function ProductCard({ product }: { product: Product }) {
  const labels = product.tags.slice(0, 2);
  return (
    <li>
      <h2>
        <Link to={`/products/${product.slug}`}>{product.title}</Link>
      </h2>
      <p className="tags">{labels.join(' · ')}</p>
      <p>
        <Price product={product} /> {product.stock === 0 && <em>Sold out</em>}
      </p>
    </li>
  );
}

export function Price({ product }: { product: Product }) {
  if (product.offerCents === undefined) return <strong>{formatMoney(product.cents)}</strong>;
  return (
    <>
      <s>{formatMoney(product.cents)}</s> <strong>{formatMoney(unitCents(product))}</strong>
    </>
  );
}
