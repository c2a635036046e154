/** Custom fingerprints: the sender's list and Sentry's built-in rules, with their variables filled in. */
import type { EventPayload } from '../event/payload.ts';
import { builtInRule } from './built-in-rules.ts';
import { valueOfVariable } from './fingerprint-variables.ts';
import { parameterize } from './parameterize.ts';

const VARIABLE = /^\{\{\s*(?<name>\S{1,200}?)\s*\}\}$/;
const DEFAULT = '{{ default }}';

export interface Fingerprint {
  /** Resolved; the default stays as `{{ default }}`. */
  readonly values: readonly string[];
  /** What the sender wrote, where it wrote something of its own. */
  readonly clientValues: readonly string[] | undefined;
  /** The built-in rule that gave it. */
  readonly rule: string | undefined;
  /** Whether it adds to the event's own content instead of replacing it. */
  readonly isMixed: boolean;
  /** The values, the event's own leaves in place of the default. */
  readonly splice: (leaves: readonly string[]) => string[];
}

/** Undefined: the event groups by its own content. A sender's own fingerprint goes before the built-in rules. */
export function fingerprintOf(event: EventPayload): Fingerprint | undefined {
  const own = event.fingerprint ?? [];
  const isDefault = own.length === 0 || (own.length === 1 && nameOf(own[0] ?? '') === 'default');
  const rule = isDefault ? builtInRule(event) : undefined;
  const list = isDefault ? rule?.fingerprint : own;
  if (list === undefined) return undefined;
  const values = list.map((entry) => resolve(entry, event));
  return {
    values,
    clientValues: isDefault ? undefined : own,
    rule: rule?.name,
    isMixed: values.includes(DEFAULT),
    splice: (leaves) => values.flatMap((value) => (value === DEFAULT ? leaves : [value])),
  };
}

function resolve(entry: string, event: EventPayload): string {
  const name = nameOf(entry);
  if (name === undefined) return isMessage(entry, event) ? parameterize(entry) : entry;
  return name === 'default' ? DEFAULT : valueOfVariable(name, event);
}

function nameOf(entry: string): string | undefined {
  return VARIABLE.exec(entry)?.groups?.name;
}

/** A sender that repeats the event's words means the fault, not the numbers in it. */
function isMessage(entry: string, { logentry, exception = [] }: EventPayload): boolean {
  return entry === logentry?.formatted || entry === logentry?.message || exception.some(({ value }) => value === entry);
}
