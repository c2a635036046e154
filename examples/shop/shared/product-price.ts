/** What one piece of a product costs today. */
import type { Product } from './types.ts';

export function unitCents({ cents, offerCents }: Pick<Product, 'cents' | 'offerCents'>): number {
  return offerCents ?? cents;
}
