/** One visitor's things: cart, orders, account and what they looked at, found again by a cookie. */
import { randomUUID } from 'node:crypto';
import { getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import type { Account, CartLine, OrderStatus, ShippingOption } from '../shared/types.ts';
import { readSeed } from './seed.ts';

export interface OrderRecord {
  number: string;
  placedOn: string;
  deliveredOn: string;
  status: OrderStatus;
  lines: CartLine[];
  discountCents?: number;
  shipping: ShippingOption;
  address: Account['address'];
  parcels: { number: string; service: string }[];
}

export interface Session {
  account: Account;
  cart: { lines: { slug: string; amount: number }[]; code?: string };
  orders: OrderRecord[];
  /** Slugs, oldest first. */
  viewed: string[];
  /** Products that the visitor wants to hear of, by slug. */
  stockAlerts: Map<string, string>;
}

export interface ShopEnv {
  Variables: { session: Session };
}

const COOKIE = 'holm_session';

class SessionStore {
  #sessions = new Map<string, Session>();

  find(id: string | undefined): Session | undefined {
    return id === undefined ? undefined : this.#sessions.get(id);
  }

  open(id: string): Session {
    const session: Session = {
      account: readSeed('account.json'),
      cart: { lines: [] },
      orders: readSeed('orders.json'),
      viewed: readSeed('recently-viewed.json'),
      stockAlerts: new Map(),
    };
    this.#sessions.set(id, session);
    return session;
  }
}

const store = new SessionStore();

export const withSession = createMiddleware<ShopEnv>(async (c, next) => {
  let session = store.find(getCookie(c, COOKIE));
  if (session === undefined) {
    const id = randomUUID();
    session = store.open(id);
    setCookie(c, COOKIE, id, { httpOnly: true, sameSite: 'Lax', path: '/' });
  }
  c.set('session', session);
  await next();
});
