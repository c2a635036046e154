/** The products: our own and those of the partner's feed, searched, filtered and sorted. */
import { unitCents } from '../shared/product-price.ts';
import type { SortOrder } from '../shared/sort-order.ts';
import type { CatalogueAnswer, CatalogueQuery, Product } from '../shared/types.ts';
import { readSeed } from './seed.ts';

const products: Product[] = [...readSeed('products.json'), ...readSeed('partner-feed.json')];
const bySlug = new Map(products.map((product) => [product.slug, product]));

const ORDERS: Record<SortOrder, (a: Product, b: Product) => number> = {
  title: (a, b) => a.title.localeCompare(b.title),
  'price-up': (a, b) => unitCents(a) - unitCents(b),
  'price-down': (a, b) => unitCents(b) - unitCents(a),
};

export function findProduct(slug: string): Product | undefined {
  return bySlug.get(slug);
}

export function searchCatalogue(query: CatalogueQuery): CatalogueAnswer {
  const found = products.filter((product) => matches(product, query));
  const order = ORDERS[query.sort ?? 'title'] ?? ORDERS.title;
  return { products: found.toSorted(order), categories: countCategories() };
}

function matches(product: Product, query: CatalogueQuery): boolean {
  if (query.category && product.category !== query.category) return false;
  return (query.words ?? '')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => `${product.title} ${product.text}`.toLowerCase().includes(word));
}

function countCategories(): CatalogueAnswer['categories'] {
  const counts = new Map<string, number>();
  for (const { category } of products) counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count }));
}
