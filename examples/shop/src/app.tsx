/** The frame of every page, and which page an address shows. */
import { type ReactNode, useEffect } from 'react';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { useCart } from './hooks/use-cart.ts';
import { cartStore } from './lib/cart-store.ts';
import { formatCount } from './lib/format.ts';
import { AccountPage } from './pages/account-page.tsx';
import { CartPage } from './pages/cart-page.tsx';
import { CataloguePage } from './pages/catalogue-page.tsx';
import { CheckoutPage } from './pages/checkout-page.tsx';
import { DeliveryPage } from './pages/delivery-page.tsx';
import { OrderPage } from './pages/order-page.tsx';
import { OrdersPage } from './pages/orders-page.tsx';
import { ProductPage } from './pages/product-page.tsx';
import { Link, useAddress } from './router.tsx';

const ROUTES: { path: RegExp; page: (name: string) => ReactNode }[] = [
  { path: /^\/$/, page: () => <CataloguePage /> },
  { path: /^\/products\/([\w-]+)$/, page: (slug) => <ProductPage slug={slug} key={slug} /> },
  { path: /^\/cart$/, page: () => <CartPage /> },
  { path: /^\/checkout$/, page: () => <CheckoutPage /> },
  { path: /^\/orders$/, page: () => <OrdersPage /> },
  { path: /^\/orders\/(\d+)$/, page: (number) => <OrderPage number={number} key={number} /> },
  { path: /^\/account$/, page: () => <AccountPage /> },
  { path: /^\/delivery$/, page: () => <DeliveryPage /> },
];

export function App() {
  const { pathname } = useAddress();
  useEffect(() => {
    void cartStore.load();
  }, []);
  return (
    <>
      <header>
        <Link to="/">Holm Kitchenware</Link>
        <nav>
          <Link to="/delivery">Delivery</Link>
          <Link to="/orders">Orders</Link>
          <Link to="/account">Account</Link>
          <CartLink />
        </nav>
      </header>
      <main>
        <ErrorBoundary key={pathname}>{pageFor(pathname)}</ErrorBoundary>
      </main>
    </>
  );
}

function CartLink() {
  const { lines } = useCart().cart;
  const pieces = lines.reduce((sum, { amount }) => sum + amount, 0);
  return <Link to="/cart">Cart{pieces > 0 && ` (${formatCount(pieces, 'piece')})`}</Link>;
}

function pageFor(pathname: string): ReactNode {
  for (const { path, page } of ROUTES) {
    const found = path.exec(pathname);
    if (found) return page(found[1] ?? '');
  }
  return <h1>There is no such page</h1>;
}
