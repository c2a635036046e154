/** Custom fingerprints: the sender's list and Sentry's built-in rules, with their variables filled in. */
import type { EventPayload } from '../event/payload.ts';
import { mainException } from './group-exceptions.ts';
import { parameterize } from './parameterize.ts';

const DEFAULT = /^\{\{\s*default\s*\}\}$/;
const VARIABLE = /^\{\{\s*(?<name>\S{1,200})\s*\}\}$/;

export type FingerprintPart = { readonly kind: 'default' } | { readonly kind: 'value'; readonly value: string };

/** Undefined: the event groups by its own content. */
export function fingerprintOf(event: EventPayload): FingerprintPart[] | undefined {
  const own = event.fingerprint ?? [];
  const isDefault = own.length === 0 || (own.length === 1 && DEFAULT.test(own[0] ?? ''));
  const list = isDefault ? builtIn(event) : own;
  return list?.map((entry) =>
    DEFAULT.test(entry) ? { kind: 'default' } : { kind: 'value', value: resolve(entry, event) },
  );
}

const HYDRATION = [
  /^hydration failed because the initial ui does not match what was rendered on the server/i,
  /^text content does not match server-rendered html/i,
  /^there was an error while hydrating/i,
  /^the server could not finish this suspense boundary/i,
  /^minified react error #(?:418|419|422|423|425)\b/i,
];

/** A chunk that cannot be loaded and a page that cannot be hydrated have a new stack with every build. */
function builtIn(event: EventPayload): string[] | undefined {
  const main = mainException(event.exception ?? []);
  if (!(event.platform ?? '').startsWith('javascript') || main === undefined) return undefined;
  if (main.type === 'ChunkLoadError') return ['chunkloaderror'];
  const isHydration = HYDRATION.some((rule) => rule.test(main.value ?? ''));
  return isHydration && event.transaction !== undefined ? ['hydrationerror', '{{ tags.transaction }}'] : undefined;
}

function resolve(entry: string, event: EventPayload): string {
  const name = VARIABLE.exec(entry)?.groups?.name;
  if (name === undefined) return entry === messageOf(event) ? parameterize(entry) : entry;
  return variable(name, event) ?? entry;
}

function variable(name: string, event: EventPayload): string | undefined {
  const main = mainException(event.exception ?? []);
  const frames = main?.stacktrace?.frames ?? event.stacktrace?.frames ?? [];
  const crash = frames.findLast((frame) => frame.in_app === true) ?? frames.at(-1);
  if (name.startsWith('tags.'))
    return tag(name.slice('tags.'.length), event) ?? `<no-value-for-tag-${name.slice('tags.'.length)}>`;
  switch (name) {
    case 'transaction':
      return event.transaction ?? '<no-transaction>';
    case 'type':
    case 'error.type':
      return main?.type ?? '<no-type>';
    case 'value':
    case 'error.value':
      return main?.value === undefined ? '<no-value>' : parameterize(main.value);
    case 'message':
      return parameterize(messageOf(event) ?? '<no-message>');
    case 'function':
    case 'stack.function':
      return crash?.function ?? '<no-function>';
    case 'module':
    case 'stack.module':
      return crash?.module ?? '<no-module>';
    case 'package':
    case 'stack.package':
      return crash?.package ?? '<no-package>';
    case 'path':
    case 'stack.abs_path':
      return crash?.abs_path ?? crash?.filename ?? '<no-abs-path>';
    case 'level':
      return event.level ?? '<no-level>';
    case 'logger':
      return event.logger ?? '<no-logger>';
    default:
      return undefined;
  }
}

function tag(key: string, event: EventPayload): string | undefined {
  const own = event.tags?.findLast(([name]) => name === key)?.[1];
  if (own !== undefined) return own;
  const derived = {
    transaction: event.transaction,
    release: event.release,
    environment: event.environment,
    level: event.level,
  };
  return Object.entries(derived).find(([name]) => name === key)?.[1];
}

function messageOf(event: EventPayload): string | undefined {
  return event.logentry?.formatted ?? event.logentry?.message ?? mainException(event.exception ?? [])?.value;
}
