/** Sentry's address: which form of it is meant, where an organisation's region is, and whom the token may be sent to. */
import { Failure } from '../../model/failure.ts';

/**
 * Scheme, host and prefix without a slash at the end; `/api/0` and, at sentry.io, pages of the site are cut off. Throws the usage
 * Failure `sentry-url-malformed`, which quotes nothing: an address may hold a password.
 */
export function baseOf(url: string): string {
  const parsed = URL.parse(url);
  const isWeb = parsed?.protocol === 'https:' || parsed?.protocol === 'http:';
  if (parsed === null || !isWeb || parsed.username !== '' || parsed.password !== '') {
    throw new Failure('usage', 'sentry-url-malformed', 'sentry.url is not the address of a Sentry.', {
      hint: 'Write https://sentry.io, the address of your region, or the one of your own server with its prefix; no name and password in it.',
    });
  }
  if (isHosted(parsed)) return parsed.origin;
  return `${parsed.origin}${parsed.pathname.replace(/(?:\/api\/0)?\/*$/, '')}`;
}

/** sentry.io and what is below it: regions, and names of organisations. */
export function isHosted(url: URL): boolean {
  return url.protocol === 'https:' && (url.hostname === 'sentry.io' || url.hostname.endsWith('.sentry.io'));
}

/** The region that Sentry named, where the token may go there; else the address that was asked. */
export function regionOf(base: string, regionUrl: string | undefined): string {
  const region = URL.parse(regionUrl ?? '');
  return region !== null && isHosted(new URL(base)) && isHosted(region) ? region.origin : base;
}

/**
 * Where a redirect leads, if the token may be sent there: the same server, the same host by TLS, another part of sentry.io, and
 * there to the Web API only. Undefined for a login page and for strangers.
 */
export function redirectTarget(from: URL, location: string): URL | undefined {
  const to = URL.parse(location, from.href);
  if (to === null || !to.pathname.includes('/api/0/') || to.username !== '' || to.password !== '') return undefined;
  const isUpgrade = to.hostname === from.hostname && from.protocol === 'http:' && to.protocol === 'https:';
  const isOurs = to.origin === from.origin || isUpgrade || (isHosted(from) && isHosted(to));
  return isOurs ? to : undefined;
}
