/** A browser's side of the review server, as Requests: it enters by the first address, keeps the cookie, knows the page's token. */
import type { ReviewServer } from '../../harness/review/review-server.ts';

export const ORIGIN = 'http://127.0.0.1:4100';

export interface ReviewBrowser {
  read(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  text(path: string): Promise<string>;
  /** As the page's script sends it; `headers` are laid over its own, '' leaves one out. */
  act(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

export async function enter(server: ReviewServer, origin = ORIGIN): Promise<ReviewBrowser> {
  const entered = await server(new Request(`${origin}${server.firstPath}`));
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const read = (path: string, headers = {}): Promise<Response> =>
    server(new Request(`${origin}${path}`, { headers: { cookie, ...headers } }));
  const text = async (path: string): Promise<string> => (await read(path)).text();
  return {
    read,
    text,
    act: async (path, body = {}, changes = {}) => {
      // Every page has it.
      const page = await text('/nowhere');
      const token = /<meta name="page-token" content="([^"]*)">/.exec(page)?.[1] ?? '';
      const own = { cookie, origin, 'sec-fetch-site': 'same-origin', 'x-page-token': token };
      const headers = Object.entries({ ...own, ...changes }).filter(([, value]) => value !== '');
      return server(new Request(`${origin}${path}`, { method: 'POST', body: JSON.stringify(body), headers }));
    },
  };
}
