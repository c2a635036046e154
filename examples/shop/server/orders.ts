/** A visitor's orders: placed, listed, and shown with what the carrier says. */
import type { Address, ShippingOption } from '../shared/types.ts';
import type { CarrierClient } from './carrier.ts';
import { readCart } from './cart.ts';
import type { OrderRecord, Session } from './sessions.ts';

/** Newest first. */
export function listOrders({ orders }: Session) {
  return orders.map(toSummary).toSorted((a, b) => b.number.localeCompare(a.number));
}

export function findOrder({ orders }: Session, number: string): OrderRecord | undefined {
  return orders.find((order) => order.number === number);
}

export async function describeOrder(order: OrderRecord, carrier: CarrierClient) {
  const { lines, shipping, address } = order;
  const parcels = await carrier.trackAll(order.parcels.map(({ number }) => number));
  return { ...toSummary(order), lines, shipping, address, parcels };
}

export function placeOrder(session: Session, shipping: ShippingOption, address: Address): OrderRecord {
  const { lines, discount } = readCart(session);
  const order: OrderRecord = {
    number: nextNumber(session),
    placedOn: new Date().toISOString().slice(0, 10),
    deliveredOn: '',
    status: 'in preparation',
    lines,
    discountCents: discount?.cents,
    shipping,
    address,
    parcels: [],
  };
  session.orders.push(order);
  session.cart = { lines: [] };
  return order;
}

function toSummary(order: OrderRecord) {
  const goods = order.lines.reduce((sum, { cents }) => sum + cents, 0);
  return {
    number: order.number,
    placedOn: order.placedOn,
    deliveredOn: order.deliveredOn,
    status: order.status,
    itemCount: order.lines.length,
    totalCents: goods - (order.discountCents ?? 0) + order.shipping.cents,
  };
}

function nextNumber({ orders }: Session): string {
  return String(Math.max(...orders.map(({ number }) => Number(number))) + 1);
}
