/** The parcel carrier's API: rates, tracking and lead times. */
import type { LeadTime, Parcel, ShippingOption, TrackingEvent } from '../shared/types.ts';

export class CarrierError extends Error {
  override name = 'CarrierError';
  readonly status: number;

  constructor(path: string, status: number) {
    super(`The carrier answered ${status} to ${path}`);
    this.status = status;
  }
}

export class CarrierClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async quote(country: string, postcode: string, weightKg: number): Promise<ShippingOption[]> {
    const query = new URLSearchParams({ country, postcode, kg: weightKg.toFixed(2) });
    const answer = await this.#ask(`/rates?${query}`);
    return answer.rates.map(toOption);
  }

  /** In the order of the numbers; a parcel that the carrier has not seen yet has no events. */
  async trackAll(numbers: readonly string[]): Promise<Parcel[]> {
    return Promise.all(
      numbers.map(async (number) => ({ number, events: await this.track(number).catch(noEventsYet) })),
    );
  }

  async track(number: string): Promise<TrackingEvent[]> {
    const answer = await this.#ask(`/parcels/${encodeURIComponent(number)}`);
    // The carrier sends a list only when there is more than one event.
    const events = asList(answer.events);
    return events.map(({ time, text }) => ({ at: time, text }));
  }

  async leadTimes(): Promise<LeadTime[]> {
    const answer = await this.#ask('/lead-times');
    return answer.countries;
  }

  async #ask(path: string) {
    const response = await fetch(`${this.#url}${path}`, { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new CarrierError(path, response.status);
    return response.json();
  }
}

interface CarrierRate {
  product: string;
  name: string;
  price: string;
  days: number;
}

interface CarrierEvent {
  time: string;
  text: string;
  place: string;
}

function toOption({ product, name, price, days }: CarrierRate): ShippingOption {
  return { id: product, label: name, cents: Math.round(Number(price) * 100), days };
}

function asList(events: CarrierEvent | CarrierEvent[]): CarrierEvent[] {
  return Array.isArray(events) ? events : [events];
}

function noEventsYet(error: unknown): TrackingEvent[] {
  if (error instanceof CarrierError && error.status === 404) return [];
  throw error;
}
