/** Which hosts a browser may reach: the written Sentry is led to the relay, and where a list is given, no other host is found. */
import type { Relay } from './open-relay.ts';

/** The app and the Sentry of the trial are there, whatever the page is called from. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Chromium's flags; `hosts` are names without a port, everything may be reached where they are left out. */
export function networkArgs(relay: Relay | undefined, hosts?: readonly string[]): string[] {
  const led = relay?.hostRules ?? [];
  // An excluded host would be led nowhere else.
  const isLed = (host: string): boolean => led.some((rule) => rule.startsWith(`MAP ${host}:`));
  const open = [...LOOPBACK, ...(hosts ?? []).filter((host) => HOST.test(host) && !isLed(host))];
  const closed = hosts === undefined ? [] : ['MAP * ~NOTFOUND', ...open.map((host) => `EXCLUDE ${host}`)];
  const rules = [...led, ...closed];
  return [...(rules.length > 0 ? [`--host-resolver-rules=${rules.join(',')}`] : []), ...(relay?.browserArgs ?? [])];
}

/** Nothing that would end the rule and begin another. */
const HOST = /^[a-z0-9.-]+$|^\[[0-9a-f:]+\]$/i;
