/** Waits for an app that was just started. */
import { setTimeout as wait } from 'node:timers/promises';

/** Throws when nothing answers well for half a minute. */
export async function untilAnswered(url: string): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await wait(50)) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error(`${url} does not answer`);
}
