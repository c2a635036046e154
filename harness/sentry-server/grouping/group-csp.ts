/** What a report of a violated Content Security Policy contributes: the directive and what was blocked. */
import type { CspReport } from '../event/payload.ts';
import { type Component, ignored, leaf, node } from './component.ts';

const OWN = "'self'";

export function cspComponent(csp: CspReport): Component {
  const violated = csp.violated_directive ?? '';
  const directive = csp.effective_directive ?? violated.trim().split(/\s+/)[0];
  const blocked = blockedBy(csp.blocked_uri ?? '');
  const local = directive === 'script-src' && blocked === OWN ? localViolation(violated) : undefined;
  const uri = leaf('uri', blocked);
  return node('csp', [
    leaf('salt', directive),
    leaf('violation', local),
    local === undefined ? uri : ignored(uri, 'the violation counts instead'),
  ]);
}

/** The host of a web address, `scheme://` of others (browsers often report the scheme alone), or the page itself. */
function blockedBy(uri: string): string {
  if (uri === '' || uri === 'self' || uri === OWN) return OWN;
  const [, scheme, host = ''] = /^([^:/?#]+):(?:\/\/([^/?#]*))?/.exec(uri) ?? [];
  if (scheme === undefined) return `${uri}://`;
  return scheme === 'http' || scheme === 'https' ? host : `${scheme}://${host}`;
}

function localViolation(violated: string): string | undefined {
  return /'unsafe-(?:inline|eval)'/.exec(violated)?.[0];
}
