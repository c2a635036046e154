/** The cart that every part of the page shows. */
import type { Cart } from '../../shared/types.ts';
import { ApiError, api } from './api.ts';

export interface CartState {
  cart: Cart;
  /** What the server had against the last change. */
  refusal: string | undefined;
}

const NOTHING: Cart = { lines: [], subtotalCents: 0, totalCents: 0 };

class CartStore {
  #state: CartState = { cart: NOTHING, refusal: undefined };
  #listeners = new Set<() => void>();

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  read = (): CartState => this.#state;

  load = (): Promise<void> => this.change(() => api.cart());

  empty = (): Promise<void> => this.change(() => api.emptyCart());

  async setAmount(slug: string, amount: number): Promise<void> {
    await this.change(() => api.setAmount(slug, amount));
  }

  async add(slug: string, amount: number): Promise<void> {
    const line = this.#state.cart.lines.find((one) => one.slug === slug);
    await this.setAmount(slug, (line?.amount ?? 0) + amount);
  }

  async applyDiscount(code: string): Promise<void> {
    await this.change(() => api.applyDiscount(code));
  }

  /** Refusals are shown beside the cart; anything else is an error. */
  async change(ask: () => Promise<Cart>): Promise<void> {
    try {
      this.publish({ cart: await ask(), refusal: undefined });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 422) throw error;
      this.publish({ ...this.#state, refusal: error.message });
    }
  }

  publish(state: CartState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

export const cartStore = new CartStore();
