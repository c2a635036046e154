/** The shop's own API, as the page calls it. */
import type {
  Account,
  Address,
  Cart,
  CatalogueAnswer,
  CatalogueQuery,
  LeadTime,
  OrderDetail,
  OrderSummary,
  Product,
  ProductAnswer,
  ShippingOption,
} from '../../shared/types.ts';

/** The server refused: `message` is meant for the customer. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/api${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new ApiError(response.status, answer.message);
  return answer;
}

function query(values: object): string {
  const filled = Object.entries(values).filter(([, value]) => value !== undefined && value !== '' && value !== false);
  return new URLSearchParams(filled.map(([name, value]) => [name, String(value)])).toString();
}

export const api = {
  products: (wanted: CatalogueQuery) => request<CatalogueAnswer>('GET', `/products?${query(wanted)}`),
  product: (slug: string) => request<ProductAnswer>('GET', `/products/${slug}`),
  recentlyViewed: () => request<Product[]>('GET', '/recently-viewed'),
  stockAlert: (slug: string, email: string) =>
    request<{ message: string }>('POST', `/products/${slug}/alerts`, { email }),
  cart: () => request<Cart>('GET', '/cart'),
  setAmount: (slug: string, amount: number) => request<Cart>('PUT', `/cart/lines/${slug}`, { amount }),
  applyDiscount: (code: string) => request<Cart>('PUT', '/cart/discount', { code }),
  emptyCart: () => request<Cart>('DELETE', '/cart'),
  shipping: (country: string, postcode: string) =>
    request<ShippingOption[]>('GET', `/shipping?${query({ country, postcode })}`),
  placeOrder: (address: Address, shipping: string) =>
    request<{ number: string }>('POST', '/orders', { address, shipping }),
  orders: () => request<OrderSummary[]>('GET', '/orders'),
  order: (number: string) => request<OrderDetail>('GET', `/orders/${number}`),
  account: () => request<Account>('GET', '/account'),
  saveAccount: (account: Omit<Account, 'company'>) => request<Account>('PUT', '/account', account),
  leadTimes: () => request<LeadTime[]>('GET', '/lead-times'),
};
