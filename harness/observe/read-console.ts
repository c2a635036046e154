/** What an error on the console tells: a violated policy, an error that a boundary caught, or just what it says. */
import type { Sighting } from '../model/sighting.ts';
import { type ErrorText, parseError } from './parse-error.ts';

export type ConsoleError = ErrorText & Pick<Sighting, 'policy'> & { readonly kind: Sighting['kind'] };

/** What React writes where nobody handles `onCaughtError`, and Vue in development. */
const BOUNDARY =
  /The above error occurred in (?:the|one of your) .*component|React will try to recreate this component tree|\[Vue warn\]: Unhandled error during execution/;

/** Undefined for what is told in another way as well. */
export function readConsole(text: string): ConsoleError | undefined {
  if (text.startsWith('Failed to load resource')) return undefined; // Sighted as the request that failed.
  if (!/Content Security Policy/i.test(text)) {
    return { kind: BOUNDARY.test(text) ? 'error-boundary' : 'console-error', ...parseError(text) };
  }
  if (text.startsWith('Fetch API cannot load')) return undefined; // The same violation, told a second time.
  const policy = violationIn(text);
  return { kind: 'csp-violation', message: text, ...(policy && { policy }) };
}

/** The directive that was violated, and what it kept from loading or running; other browsers say it in other words. */
function violationIn(text: string): Sighting['policy'] {
  const directive = /directive(?: of the policy)?:? ["“'‘]?([a-z-]+)/i.exec(text)?.[1];
  if (directive === undefined) return undefined;
  const blocked = /(?:^|\s)['“‘]((?:https?|wss?|data|blob):[^'”’]*)['”’]/.exec(text)?.[1];
  return { directive, blocked: blocked ?? (/\beval\b/.test(text) ? 'eval' : 'inline') };
}
