/** What the visitor looked at before. */
import type { Product } from '../../shared/types.ts';
import { useResource } from '../hooks/use-resource.ts';
import { api } from '../lib/api.ts';
import { Link } from '../router.tsx';
import { Loaded } from './loaded.tsx';

export function RecentlyViewed() {
  const resource = useResource('recently-viewed', api.recentlyViewed);
  return (
    <section aria-labelledby="viewed">
      <h2 id="viewed">Recently viewed</h2>
      <Loaded resource={resource}>{(products) => <ProductLinks products={products} />}</Loaded>
    </section>
  );
}

function ProductLinks({ products }: { products: Product[] }) {
  return (
    <ul>
      {products.map((product) => (
        <li key={product.slug}>
          <Link to={`/products/${product.slug}`}>{product.title}</Link>
        </li>
      ))}
    </ul>
  );
}
