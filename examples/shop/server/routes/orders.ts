/** Shipping options and lead times, and orders placed, listed and followed. */
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Services } from '../app.ts';
import { weighCart } from '../cart.ts';
import { describeOrder, findOrder, listOrders, placeOrder } from '../orders.ts';
import { readAddress } from '../read-address.ts';
import type { ShopEnv } from '../sessions.ts';

export function orderRoutes({ carrier, leadTimes }: Services): Hono<ShopEnv> {
  const routes = new Hono<ShopEnv>();

  routes.get('/shipping', async (c) => {
    const { country = '', postcode = '' } = c.req.query();
    return c.json(await carrier.quote(country, postcode, weighCart(c.var.session)));
  });

  routes.get('/lead-times', async (c) => c.json(await leadTimes.list()));

  routes.get('/orders', (c) => c.json(listOrders(c.var.session)));

  routes.get('/orders/:number', async (c) => {
    const order = findOrder(c.var.session, c.req.param('number'));
    if (order === undefined) throw new HTTPException(404, { message: 'We do not know this order.' });
    return c.json(await describeOrder(order, carrier));
  });

  routes.post('/orders', async (c) => {
    const { session } = c.var;
    if (session.cart.lines.length === 0) throw new HTTPException(422, { message: 'Your cart is empty.' });
    const body = await c.req.json();
    const address = readAddress(body.address);
    const options = await carrier.quote(address.country, address.postcode, weighCart(session));
    const shipping = options.find(({ id }) => id === body.shipping);
    if (shipping === undefined) throw new HTTPException(422, { message: 'Please choose how we shall ship.' });
    const { number } = placeOrder(session, shipping, address);
    return c.json({ number }, 201);
  });

  return routes;
}
