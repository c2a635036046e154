/** Which field names say that their value is a secret: Sentry's documented defaults, and what the settings add or leave out. */

/** docs.sentry.io, "Server-Side Data Scrubbing"; cookies and card numbers are ours in addition. */
export const SENSITIVE_NAMES: readonly string[] = [
  'password',
  'secret',
  'passwd',
  'api_key',
  'apikey',
  'auth',
  'credentials',
  'mysql_pwd',
  'privatekey',
  'private_key',
  'token',
  'bearer',
  'cookie',
  'card_number',
  'cardnumber',
];

const IP_NAMES = new Set([
  'ip',
  'ip_address',
  'ipaddress',
  'client_ip',
  'remote_addr',
  'x_forwarded_for',
  'x_real_ip',
  'forwarded',
  'cf_connecting_ip',
  'true_client_ip',
  'client.address',
  'user.ip_address',
  'net.peer.ip',
]);

export type NameVerdict = 'secret' | 'ip' | 'safe' | 'plain';

export interface NameSettings {
  readonly sensitiveFields: readonly string[];
  readonly safeFields: readonly string[];
  readonly scrubIpAddresses: boolean;
}

const MAX_NAME = 200;
const MAX_KNOWN = 5000;

/** Says of a field's name what it means. Names come back event after event, so what was found is remembered. */
export function nameJudge(settings: NameSettings): (name: string) => NameVerdict {
  const names = new RegExp([...SENSITIVE_NAMES, ...settings.sensitiveFields.map(plainName)].map(literal).join('|'));
  const safe = new Set(settings.safeFields.map(plainName));
  const known = new Map<string, NameVerdict>();
  const judge = (name: string): NameVerdict => {
    const plain = plainName(name.slice(0, MAX_NAME));
    if (safe.has(plain)) return 'safe';
    if (names.test(plain)) return 'secret';
    return settings.scrubIpAddresses && IP_NAMES.has(plain) ? 'ip' : 'plain';
  };
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const verdict = judge(name);
    if (known.size < MAX_KNOWN && name.length <= MAX_NAME) known.set(name, verdict);
    return verdict;
  };
}

/** `X-Api-Key` and `x_api_key` are one name. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll('-', '_');
}

export function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
