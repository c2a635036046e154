/** The time in which events of something that began a while ago lie, on a machine whose clock may be set meanwhile. */

const SLACK_MS = 1_000;

export interface EventWindow {
  readonly start: Date;
  readonly end: Date;
}

/** Begins now; asked later, it spans from then to that moment by the clock of the beginning and by the one of the end. */
export function openWindow(clock: Pick<DateConstructor, 'now'> = Date, steady = performance): () => EventWindow {
  const began = clock.now();
  const beganSteady = steady.now();
  return () => {
    const now = clock.now();
    const passed = steady.now() - beganSteady;
    return {
      start: new Date(Math.min(began, now - passed) - SLACK_MS),
      end: new Date(Math.max(now, began + passed) + SLACK_MS),
    };
  };
}
