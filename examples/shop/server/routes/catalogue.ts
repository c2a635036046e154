/** Catalogue, product pages, recently viewed products and stock alerts. */
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { isSortOrder } from '../../shared/sort-order.ts';
import type { ProductAnswer } from '../../shared/types.ts';
import { findProduct, searchCatalogue } from '../catalogue.ts';
import { readReviews } from '../reviews.ts';
import type { ShopEnv } from '../sessions.ts';

export function catalogueRoutes(): Hono<ShopEnv> {
  const routes = new Hono<ShopEnv>();

  routes.get('/products', (c) => {
    const { category, words, sort } = c.req.query();
    return c.json(searchCatalogue({ category, words, sort: isSortOrder(sort) ? sort : undefined }));
  });

  routes.get('/products/:slug', async (c) => {
    const product = findProduct(c.req.param('slug'));
    if (product === undefined) throw new HTTPException(404, { message: 'We do not sell this product.' });
    const { viewed } = c.var.session;
    c.var.session.viewed = [...viewed.filter((slug) => slug !== product.slug), product.slug];
    const answer: ProductAnswer = { product, reviews: await readReviews(product.slug) };
    return c.json(answer);
  });

  routes.get('/recently-viewed', (c) => {
    const { viewed } = c.var.session;
    const products = viewed.map(findProduct).filter((product) => product !== undefined);
    return c.json(products.slice(-4));
  });

  routes.post('/products/:slug/alerts', async (c) => {
    const slug = c.req.param('slug');
    const { email } = await c.req.json();
    const { stockAlerts } = c.var.session;
    if (stockAlerts.get(slug) === email) throw new HTTPException(409, { message: 'You are on the list already.' });
    stockAlerts.set(slug, email);
    return c.json({ message: `We will write to ${email}.` });
  });

  return routes;
}
