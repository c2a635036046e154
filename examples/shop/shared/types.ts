/** What the server and the page say to each other. Money is in cents, dates are ISO. */
import type { SortOrder } from './sort-order.ts';

export interface Maker {
  name: string;
  country: string;
}

export interface Product {
  slug: string;
  title: string;
  category: string;
  text: string;
  cents: number;
  /** Set while the product is on offer. */
  offerCents?: number;
  stock: number;
  weightKg: number;
  maker: Maker;
  tags: string[];
}

export interface CatalogueQuery {
  category?: string;
  words?: string;
  sort?: SortOrder;
}

export interface CatalogueAnswer {
  products: Product[];
  categories: { name: string; count: number }[];
}

export interface Review {
  author: string;
  stars: number;
  text: string;
  on: string;
}

export interface ReviewSummary {
  count: number;
  average: number;
  reviews: Review[];
}

export interface ProductAnswer {
  product: Product;
  reviews: ReviewSummary;
}

export interface CartLine {
  slug: string;
  title: string;
  unitCents: number;
  amount: number;
  cents: number;
}

export interface Cart {
  lines: CartLine[];
  subtotalCents: number;
  discount?: { code: string; cents: number };
  totalCents: number;
}

export interface Address {
  street: string;
  postcode: string;
  city: string;
  country: string;
}

export interface Company {
  name: string;
  vatId: string;
}

export interface Account {
  name: string;
  email: string;
  address: Address;
  company: Company;
}

export interface ShippingOption {
  id: string;
  label: string;
  cents: number;
  days: number;
}

export type OrderStatus = 'in preparation' | 'shipped' | 'delivered';

export interface OrderSummary {
  number: string;
  placedOn: string;
  /** Empty until it is delivered. */
  deliveredOn: string;
  status: OrderStatus;
  itemCount: number;
  totalCents: number;
}

export interface TrackingEvent {
  at: string;
  text: string;
}

export interface Parcel {
  number: string;
  /** Oldest first. */
  events: TrackingEvent[];
}

export interface OrderDetail extends OrderSummary {
  lines: CartLine[];
  shipping: ShippingOption;
  address: Address;
  parcels: Parcel[];
}

export interface LeadTime {
  country: string;
  workingDays: number;
}
