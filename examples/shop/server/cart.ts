/** A visitor's cart: what lies in it, and what it comes to. */
import { unitCents } from '../shared/product-price.ts';
import type { Cart, CartLine } from '../shared/types.ts';
import { findProduct } from './catalogue.ts';
import { findDiscount } from './discounts.ts';
import type { Session } from './sessions.ts';

export function readCart({ cart }: Session): Cart {
  const lines = cart.lines.flatMap(({ slug, amount }) => toLine(slug, amount));
  const subtotalCents = lines.reduce((sum, line) => sum + line.cents, 0);
  const discount = cart.code === undefined ? undefined : findDiscount(cart.code, subtotalCents);
  return { lines, subtotalCents, discount, totalCents: subtotalCents - (discount?.cents ?? 0) };
}

/** An amount of 0 takes the product out. */
export function setAmount(session: Session, slug: string, amount: number): void {
  const { lines } = session.cart;
  const line = lines.find((one) => one.slug === slug);
  if (amount === 0) session.cart.lines = lines.filter((one) => one.slug !== slug);
  else if (line) line.amount = amount;
  else lines.push({ slug, amount });
}

/** How heavy the parcel gets. */
export function weighCart({ cart }: Session): number {
  return cart.lines.reduce((sum, { slug, amount }) => sum + Number(findProduct(slug)?.weightKg ?? 0) * amount, 0);
}

function toLine(slug: string, amount: number): CartLine[] {
  const product = findProduct(slug);
  if (product === undefined) return [];
  const cents = unitCents(product);
  return [{ slug, title: product.title, unitCents: cents, amount, cents: cents * amount }];
}
