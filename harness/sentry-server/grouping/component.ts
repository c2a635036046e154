/** The tree that explains a hash: which parts of an event count, which do not, and why. */
import { hash } from 'node:crypto';

export interface Component {
  /** Sentry's name for the kind of part, e.g. `exception` or `context-line`. */
  readonly id: string;
  readonly contributes: boolean;
  /** Why it does not count, or how its value was changed; null where there is nothing to say. */
  readonly hint: string | null;
  readonly values: readonly (string | Component)[];
}

/** A part with a value of its own; undefined, where the event has none. */
export function leaf(id: string, value: string | undefined, hint: string | null = null): Component | undefined {
  return value === undefined || value === '' ? undefined : { id, contributes: true, hint, values: [value] };
}

/** A part that counts as soon as one of its children does. */
export function node(id: string, children: readonly (Component | undefined)[]): Component {
  const values = children.filter((child) => child !== undefined);
  return { id, contributes: values.some((child) => child.contributes), hint: null, values };
}

/** The same part, shown with its reason for not counting. */
export function ignored<T extends Component | undefined>(component: T, reason: string): T {
  return component === undefined ? component : { ...component, contributes: false, hint: reason };
}

/** The values that count, in tree order. */
export function leavesOf(component: Component, into: string[] = []): string[] {
  if (!component.contributes) return into;
  for (const value of component.values) {
    if (typeof value === 'string') into.push(value);
    else leavesOf(value, into);
  }
  return into;
}

/** Whether a part of that kind counts anywhere below. */
export function hasContributing(component: Component, id: string): boolean {
  return component.values.some(
    (value) => typeof value !== 'string' && value.contributes && (value.id === id || hasContributing(value, id)),
  );
}

/** md5 over the plain concatenation in UTF-8, without separators. */
export function hashOf(leaves: readonly string[]): string {
  return hash('md5', leaves.join(''));
}
