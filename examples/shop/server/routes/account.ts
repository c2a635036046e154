/** The visitor's account. */
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { readAddress } from '../read-address.ts';
import type { ShopEnv } from '../sessions.ts';

export function accountRoutes(): Hono<ShopEnv> {
  const routes = new Hono<ShopEnv>();

  routes.get('/account', (c) => c.json(c.var.session.account));

  routes.put('/account', async (c) => {
    const { name, email, address, company } = await c.req.json();
    if (!/^\S+@\S+$/.test(email)) throw new HTTPException(422, { message: 'Please check the e-mail address.' });
    const { session } = c.var;
    session.account = {
      name: name.trim(),
      email,
      address: readAddress(address),
      // Customers do not change it themselves: our business desk does, through the same route.
      company: company ?? session.account.company,
    };
    return c.json(session.account);
  });

  return routes;
}
