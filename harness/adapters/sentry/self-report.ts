/** Tells the makers' Sentry of the harness's own crashes, and that the night ran: only where a DSN was given for it. */
import { randomUUID } from 'node:crypto';
import { ownClient } from './own-client.ts';

export interface SelfReport {
  /** Sends a bug with its stack. */
  captureCrash(error: unknown): void;
  /** The night's cron check-in; the second one ends what the first began. */
  checkIn(status: 'in_progress' | 'ok' | 'error'): void;
  /** Waits until all is sent, at most five seconds. Nothing may be reported after it. */
  flush(): Promise<void>;
}

const MONITOR = 'mendwright-nightly';
const FLUSH_MS = 5000;

/** Once a night, an hour late at most, three hours long at most. */
const SCHEDULE = { schedule: { type: 'interval', value: 1, unit: 'day' }, checkinMargin: 60, maxRuntime: 180 } as const;

export function startSelfReport({ dsn, release }: { dsn: string; release: string }): SelfReport {
  const { client, scope } = ownClient({ dsn, environment: 'mendwright', release });
  const checkInId = randomUUID().replaceAll('-', '');
  let startedAt: number | undefined;
  return {
    captureCrash: (error) => {
      client.captureException(error, { mechanism: { type: 'mendwright', handled: false } }, scope);
    },
    checkIn: (status) => {
      const shared = { checkInId, monitorSlug: MONITOR };
      if (status === 'in_progress') {
        startedAt = performance.now();
        client.captureCheckIn({ ...shared, status }, SCHEDULE, scope);
        return;
      }
      const duration = startedAt === undefined ? {} : { duration: (performance.now() - startedAt) / 1000 };
      client.captureCheckIn({ ...shared, status, ...duration }, SCHEDULE, scope);
    },
    flush: async () => {
      await client.close(FLUSH_MS);
    },
  };
}
