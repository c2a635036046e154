/** Sentry's grouping `newstyle:2026-01-20`: one or two md5 hashes that decide which issue an event joins. */
import { hash } from 'node:crypto';
import type { EventPayload } from '../event/payload.ts';
import { type FingerprintPart, fingerprintOf } from './fingerprint.ts';
import { exceptionValues } from './group-exceptions.ts';
import { stacktraceValues, type VariantName } from './group-frames.ts';
import { groupableMessage } from './parameterize.ts';

export const GROUPING_CONFIG = 'newstyle:2026-01-20';

export interface Variant {
  readonly name: VariantName | 'default' | 'custom-fingerprint' | 'checksum' | 'fallback';
  /** Leaf values in tree order. */
  readonly values: readonly string[];
  readonly hash: string;
}

/** Variants in the order in which their hashes are looked up; at least one. */
export function groupEvent(event: EventPayload): Variant[] {
  if (event.checksum !== undefined) return checksumVariants(event.checksum);
  const fingerprint = fingerprintOf(event);
  if (fingerprint !== undefined && !fingerprint.some((part) => part.kind === 'default')) {
    return [variant('custom-fingerprint', splice(fingerprint, []))];
  }
  const own = contentVariants(event);
  if (fingerprint === undefined) return own;
  return own.map(({ name, values }) => variant(name, splice(fingerprint, values)));
}

/** The first strategy that contributes wins. */
function contentVariants(event: EventPayload): Variant[] {
  for (const strategy of [chainedExceptions, threads, stacktrace, message]) {
    const variants = strategy(event);
    if (variants.length > 0) return variants;
  }
  return [variant('fallback', [])];
}

function chainedExceptions(event: EventPayload): Variant[] {
  const app = exceptionValues(event, 'app');
  const system = exceptionValues(event, 'system');
  return appAndSystem(app.values, system.values, app.hasFrames || !system.hasFrames);
}

function threads(event: EventPayload): Variant[] {
  const all = event.threads ?? [];
  const thread =
    all.find((one) => one.crashed === true) ??
    all.find((one) => one.current === true) ??
    (all.length === 1 ? all[0] : undefined);
  return stackVariants(event, thread?.stacktrace);
}

function stacktrace(event: EventPayload): Variant[] {
  return stackVariants(event, event.stacktrace);
}

function stackVariants(event: EventPayload, stack: EventPayload['stacktrace']): Variant[] {
  const app = stacktraceValues(stack?.frames ?? [], event.platform, 'app');
  const system = stacktraceValues(stack?.frames ?? [], event.platform, 'system');
  return appAndSystem(app, system, app.length > 0);
}

function message(event: EventPayload): Variant[] {
  const text = groupableMessage(event.logentry?.message ?? event.logentry?.formatted ?? '');
  return text === '' ? [] : [variant('default', [text])];
}

/** Where only system frames contribute, the app's view would throw unlike errors together, and is left out. */
function appAndSystem(app: readonly string[], system: readonly string[], isAppKnown: boolean): Variant[] {
  const variants = isAppKnown && app.length > 0 ? [variant('app', app)] : [];
  const all = variant('system', system);
  if (system.length === 0 || variants[0]?.hash === all.hash) return variants;
  return [...variants, all];
}

function checksumVariants(checksum: string): Variant[] {
  const known = checksum.toLowerCase();
  if (/^[0-9a-f]{32}$/.test(known)) return [{ name: 'checksum', values: [checksum], hash: known }];
  return [variant('checksum', [checksum])];
}

function splice(fingerprint: readonly FingerprintPart[], values: readonly string[]): string[] {
  return fingerprint.flatMap((part) => (part.kind === 'default' ? values : [part.value]));
}

/** md5 over the plain concatenation, without separators. */
function variant(name: Variant['name'], values: readonly string[]): Variant {
  return { name, values, hash: hash('md5', values.join('')) };
}
