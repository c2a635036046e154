/** The cart: amounts, discount code, and what it comes to. */
import type { CartLine } from '../../shared/types.ts';
import { useCart } from '../hooks/use-cart.ts';
import { cartStore } from '../lib/cart-store.ts';
import { formatMoney } from '../lib/format.ts';
import { Link } from '../router.tsx';

export function CartPage() {
  const { cart, refusal } = useCart();
  if (cart.lines.length === 0) return <h1>Your cart is empty</h1>;
  return (
    <>
      <h1>Your cart</h1>
      <table>
        <tbody>
          {cart.lines.map((line) => (
            <Line key={line.slug} line={line} />
          ))}
        </tbody>
      </table>
      <DiscountForm />
      {refusal && <p role="alert">{refusal}</p>}
      <dl aria-label="Totals">
        <dt>Goods</dt>
        <dd>{formatMoney(cart.subtotalCents)}</dd>
        {cart.discount && (
          <>
            <dt>Discount {cart.discount.code}</dt>
            <dd>{formatMoney(-cart.discount.cents)}</dd>
          </>
        )}
        <dt>Total</dt>
        <dd>{formatMoney(cart.totalCents)}</dd>
      </dl>
      <Link to="/checkout">Go to checkout</Link>{' '}
      <button type="button" onClick={cartStore.empty}>
        Empty the cart
      </button>
    </>
  );
}

function Line({ line }: { line: CartLine }) {
  const { slug, title, amount } = line;
  return (
    <tr>
      <td>
        <Link to={`/products/${slug}`}>{title}</Link>
      </td>
      <td>{formatMoney(line.unitCents)}</td>
      <td>
        <button type="button" aria-label={`One ${title} less`} onClick={() => cartStore.setAmount(slug, amount - 1)}>
          −
        </button>{' '}
        {amount}{' '}
        <button type="button" aria-label={`One ${title} more`} onClick={() => cartStore.setAmount(slug, amount + 1)}>
          +
        </button>
      </td>
      <td>{formatMoney(line.cents)}</td>
    </tr>
  );
}

function DiscountForm() {
  return (
    <form action={(form) => cartStore.applyDiscount(String(form.get('code')))}>
      <label>
        Discount code <input name="code" required />
      </label>
      <button type="submit">Use it</button>
    </form>
  );
}
