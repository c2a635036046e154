/** Asks the embedded Sentry for pages as a browser without scripts does, and reads what they say. */
import { type Embedded, URL_OF_SERVER } from '../embedded.ts';

export const ISSUE = '/organizations/mendwright/issues/1/';
export const NOW = Date.parse('2026-11-23T02:00:00Z');
export const HOUR = 3_600_000;

export function ask({ server }: Embedded, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return server(new Request(`${URL_OF_SERVER}${path}`, { headers }));
}

export async function text(sentry: Embedded, path: string): Promise<string> {
  return (await ask(sentry, path)).text();
}

export function post(
  { server }: Embedded,
  path: string,
  form: Record<string, string>,
  headers = {},
): Promise<Response> {
  return server(
    new Request(`${URL_OF_SERVER}${path}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { origin: URL_OF_SERVER, 'sec-fetch-site': 'same-origin', ...headers },
    }),
  );
}

/** Text of every element whose opening tag matches, without the tags inside. */
export function texts(page: string, opening: RegExp): string[] {
  const name = /^<(?<name>\w+)/.exec(opening.source)?.groups?.name ?? '';
  return [...page.matchAll(new RegExp(`${opening.source}(?<inner>.*?)</${name}>`, 'gs'))].map((match) =>
    plain(match.groups?.inner ?? ''),
  );
}

export function plain(markup: string): string {
  return markup
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

export const TITLES = /<a class="title"[^>]*>/;
