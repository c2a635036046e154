/** One product: what it is, what it costs, what others say, and the way into the cart. */
import { useState } from 'react';
import type { Product, ProductAnswer } from '../../shared/types.ts';
import { Loaded } from '../components/loaded.tsx';
import { Price } from '../components/product-card.tsx';
import { Reviews } from '../components/reviews.tsx';
import { StockAlert } from '../components/stock-alert.tsx';
import { useCart } from '../hooks/use-cart.ts';
import { useResource } from '../hooks/use-resource.ts';
import { api } from '../lib/api.ts';
import { cartStore } from '../lib/cart-store.ts';

export function ProductPage({ slug }: { slug: string }) {
  const resource = useResource(slug, () => api.product(slug));
  return <Loaded resource={resource}>{(answer) => <ProductDetails {...answer} />}</Loaded>;
}

function ProductDetails({ product, reviews }: ProductAnswer) {
  return (
    <article>
      <h1>{product.title}</h1>
      <p>{product.text}</p>
      <Facts product={product} />
      <p>
        <Price product={product} />
      </p>
      {product.stock > 0 ? <AddToCart product={product} /> : <StockAlert slug={product.slug} />}
      <Reviews summary={reviews} />
    </article>
  );
}

function Facts({ product }: { product: Product }) {
  return (
    <dl>
      <dt>Category</dt>
      <dd>{product.category}</dd>
      <dt>In stock</dt>
      <dd>{product.stock > 0 ? product.stock : 'Not at the moment'}</dd>
    </dl>
  );
}

function AddToCart({ product }: { product: Product }) {
  const { refusal } = useCart();
  const [amount, setAmount] = useState(1);
  const [isAdded, setAdded] = useState(false);

  async function add(): Promise<void> {
    await cartStore.add(product.slug, amount);
    setAdded(true);
  }

  return (
    <form action={add}>
      <label>
        Amount{' '}
        <input type="number" min={1} value={amount} onChange={(event) => setAmount(event.target.valueAsNumber)} />
      </label>
      <button type="submit">Add to cart</button>
      {isAdded && <p role="status">{refusal ?? 'It is in your cart.'}</p>}
    </form>
  );
}
