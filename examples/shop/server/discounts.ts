/** Discount codes and what they take off. */
import { readSeed } from './seed.ts';

interface DiscountRule {
  percent: number;
  /** The goods must come to this much. */
  minimumCents: number;
}

export interface Discount {
  code: string;
  cents: number;
}

const rules: Record<string, DiscountRule> = readSeed('discounts.json');

/** Undefined for codes that we do not know and for carts that are too small. */
export function findDiscount(code: string, subtotalCents: number): Discount | undefined {
  const rule = rules[code.trim().toUpperCase()];
  if (rule === undefined) return undefined;
  if (subtotalCents < rule.minimumCents) return undefined;
  return { code: code.trim().toUpperCase(), cents: Math.round((subtotalCents * rule.percent) / 100) };
}
