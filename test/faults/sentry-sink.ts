/** A Sentry that only listens: takes envelopes from any SDK and keeps the titles of their error events. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

const ErrorItem = z.object({
  platform: z.string().optional(),
  exception: z.object({ values: z.array(z.object({ type: z.string(), value: z.string().optional() })).min(1) }),
});

export interface SentrySink {
  readonly dsn: string;
  /** `node CarrierError: The carrier answered 404 …`, in the order of arrival. */
  readonly titles: readonly string[];
  close(): void;
}

export async function openSentrySink(): Promise<SentrySink> {
  const titles: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    titles.push(...readTitles(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body));
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { dsn: `http://key@127.0.0.1:${port}/1`, titles, close: () => void server.close() };
}

function readTitles(body: Buffer): string[] {
  return body
    .toString('utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap((line) => {
      const item = ErrorItem.safeParse(JSON.parse(line));
      if (!item.success) return [];
      const last = item.data.exception.values.at(-1);
      return [`${item.data.platform ?? ''} ${last?.type}: ${last?.value}`];
    });
}
