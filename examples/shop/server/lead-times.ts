/** How long parcels take: the carrier's own figures, asked for in the background, since it answers slowly at first. */
import { captureException } from '@sentry/node';
import type { LeadTime } from '../shared/types.ts';
import type { CarrierClient } from './carrier.ts';
import { readSeed } from './seed.ts';

const HOUR_MS = 60 * 60_000;

export class LeadTimes {
  readonly #carrier: CarrierClient;
  /** The figures that the carrier printed in its last price list, until it has answered. */
  #known: LeadTime[] = readSeed('lead-times.json');

  constructor(carrier: CarrierClient) {
    this.#carrier = carrier;
  }

  start(): void {
    void this.refresh();
    setInterval(() => void this.refresh(), HOUR_MS).unref();
  }

  /** Never waits for the carrier. */
  async list(): Promise<LeadTime[]> {
    return this.#known;
  }

  /** Keeps what it knows when the carrier does not answer. */
  async refresh(): Promise<void> {
    try {
      this.#known = await this.#carrier.leadTimes();
    } catch (error) {
      captureException(error);
    }
  }
}
