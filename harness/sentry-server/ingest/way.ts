/** What an item meets on its way in: the server's settings, and the quotas of who sends it. */
import type { EventPayload } from '../event/payload.ts';
import type { Preparation } from './prepare-item.ts';
import type { SenderQuota } from './quotas.ts';

export interface Way extends Preparation {
  readonly now: number;
  readonly quota: SenderQuota;
  /** Before frames are normalised and grouped. */
  readonly symbolicate: (event: EventPayload) => EventPayload;
}
