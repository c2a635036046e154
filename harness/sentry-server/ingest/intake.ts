/** The server's settings for what comes in, compiled once: scrubbing, filters, quotas. */
import { compileScrubber, type ScrubSettings } from '../privacy/scrubber.ts';
import { type FilterName, inboundFilters } from './inbound-filters.ts';
import type { Preparation } from './prepare-item.ts';
import { openQuotas, type QuotaSettings, type Quotas } from './quotas.ts';

export interface IntakeSettings {
  /** On by default with Sentry's rules; false keeps all as it came. */
  readonly scrubbing?: false | ScrubSettings;
  /** None by default: who looks for faults wants to see them all. */
  readonly filters?: readonly FilterName[];
  /** None by default. */
  readonly quotas?: QuotaSettings;
}

export interface Intake extends Preparation {
  readonly quotas: Quotas;
}

export function openIntake({ scrubbing, filters = [], quotas = {} }: IntakeSettings): Intake {
  return {
    scrubber: scrubbing === false ? undefined : compileScrubber(scrubbing),
    filters: inboundFilters(filters),
    quotas: openQuotas(quotas),
  };
}
