/** The cart, kept up to date. */
import { useSyncExternalStore } from 'react';
import { type CartState, cartStore } from '../lib/cart-store.ts';

export function useCart(): CartState {
  return useSyncExternalStore(cartStore.subscribe, cartStore.read);
}
