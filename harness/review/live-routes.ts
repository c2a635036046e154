/** The night at work as server-sent events: the whole of it each time something in it changed. */
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { liveNight } from './live-night.ts';
import type { ReviewTools } from './tools.ts';

const LOOK_MS = 400;
/** Below what proxies and our own port wait for. */
const BEAT_MS = 15_000;

export function liveRoutes(
  { progress, runs }: Pick<ReviewTools, 'progress' | 'runs'>,
  { now, headers }: { now: () => Date; headers: Readonly<Record<string, string>> },
): Hono {
  const app = new Hono();
  app.get('/live', (c) => {
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    return streamSSE(c, async (stream) => {
      let sent = '';
      let beat = performance.now();
      while (!stream.aborted && !stream.closed) {
        const night = progress();
        const text = night === undefined ? '' : JSON.stringify([night, runs().includes(night.run)]);
        if (night !== undefined && text !== sent) {
          sent = text;
          const data = liveNight(night, { hasRecord: runs().includes(night.run), at: now() });
          await stream.writeSSE({ event: 'night', data: JSON.stringify(data) });
          beat = performance.now();
        } else if (performance.now() - beat > BEAT_MS) {
          await stream.write(': still here\n\n');
          beat = performance.now();
        }
        await stream.sleep(LOOK_MS);
      }
    });
  });
  return app;
}
