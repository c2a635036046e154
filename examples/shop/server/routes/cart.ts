/** The cart's routes; each answers with the cart as it is now. */
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { readCart, setAmount } from '../cart.ts';
import { findProduct } from '../catalogue.ts';
import { findDiscount } from '../discounts.ts';
import type { ShopEnv } from '../sessions.ts';

export function cartRoutes(): Hono<ShopEnv> {
  const routes = new Hono<ShopEnv>();

  routes.get('/cart', (c) => c.json(readCart(c.var.session)));

  routes.put('/cart/lines/:slug', async (c) => {
    const product = findProduct(c.req.param('slug'));
    if (product === undefined) throw new HTTPException(404, { message: 'We do not sell this product.' });
    const { amount } = await c.req.json();
    if (!Number.isInteger(amount) || amount < 0) throw new HTTPException(422, { message: 'How many, please?' });
    if (amount > product.stock) throw new HTTPException(422, { message: `We have only ${product.stock} of these.` });
    setAmount(c.var.session, product.slug, amount);
    return c.json(readCart(c.var.session));
  });

  routes.put('/cart/discount', async (c) => {
    const { code } = await c.req.json();
    const { session } = c.var;
    const discount = findDiscount(code, readCart(session).subtotalCents);
    if (discount === undefined) throw new HTTPException(422, { message: 'This code is not valid for your cart.' });
    session.cart.code = discount.code;
    return c.json(readCart(session));
  });

  routes.delete('/cart', (c) => {
    c.var.session.cart = { lines: [] };
    return c.json(readCart(c.var.session));
  });

  return routes;
}
