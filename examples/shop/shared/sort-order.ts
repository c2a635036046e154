/** The orders in which the catalogue can be sorted. */
export type SortOrder = 'title' | 'price-up' | 'price-down';

export function isSortOrder(text: unknown): text is SortOrder {
  return text === 'title' || text === 'price-up' || text === 'price-down';
}
