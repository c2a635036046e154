/** Who asks: secrets compared without telling how much of them was right, and requests that only a page of ours sends. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** A mark that only who holds the secret can make; safe in cookies and addresses. */
export function signed(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

/** Takes as long for a wrong one as for the right one. */
export function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Whether a page of these origins sent it. Over plain http other machines' browsers say it by `Origin` alone. */
export function isFromOwnPage(header: (name: string) => string | undefined, origins: readonly string[]): boolean {
  const site = header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = header('origin');
  return origin === undefined ? site !== undefined : origins.includes(origin);
}

/** Names and addresses by which a machine reaches itself alone. */
export const LOOPBACK = /^(?:localhost|(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;
