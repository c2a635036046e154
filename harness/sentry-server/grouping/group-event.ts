/** Sentry's grouping `newstyle:2026-01-20`: one or two md5 hashes that decide which issue an event joins, and why. */
import type { EventPayload } from '../event/payload.ts';
import { type Component, hashOf, ignored, leavesOf, node } from './component.ts';
import { type Fingerprint, fingerprintOf } from './fingerprint.ts';
import { type Side, STRATEGIES } from './strategies.ts';

export const GROUPING_CONFIG = 'newstyle:2026-01-20';

export interface Variant {
  readonly key: Side | 'custom_fingerprint' | 'built_in_fingerprint' | 'checksum' | 'hashed_checksum' | 'fallback';
  readonly type: 'component' | 'salted_component' | Exclude<Variant['key'], Side>;
  /** The values that were hashed, in their order; empty where the variant does not count. */
  readonly leaves: readonly string[];
  /** Null where the variant does not count. */
  readonly hash: string | null;
  readonly hint: string | null;
  readonly component?: Component;
  readonly fingerprint?: Fingerprint;
}

/** The hashes of the variants that count, in the order in which they are looked up; at least one, none twice. */
export function groupingHashes(event: EventPayload): string[] {
  return [...new Set(groupEvent(event).flatMap(({ hash }) => hash ?? []))];
}

/** The variants that count, and with them those of the same strategy that do not. */
export function groupEvent(event: EventPayload): Variant[] {
  return variantsOf(event, { isComplete: false });
}

/** All that was looked at, down to the strategies that came too late. */
export function explainGrouping(event: EventPayload): Variant[] {
  return variantsOf(event, { isComplete: true });
}

function variantsOf(event: EventPayload, { isComplete }: { isComplete: boolean }): Variant[] {
  if (event.checksum !== undefined) return [checksumVariant(event.checksum)];
  const fingerprint = fingerprintOf(event);
  if (fingerprint === undefined || fingerprint.isMixed) {
    const variants = contentRoots(event, isComplete).map((root) => contentVariant(root, fingerprint));
    return variants.some(({ hash }) => hash !== null) ? variants : [...variants, FALLBACK];
  }
  const key = fingerprint.rule === undefined ? 'custom_fingerprint' : 'built_in_fingerprint';
  const own = { key, type: key, leaves: fingerprint.values, hash: hashOf(fingerprint.values), hint: null } as const;
  if (!isComplete) return [{ ...own, fingerprint }];
  const others = contentRoots(event, true).map((root) =>
    contentVariant(ignored(root, 'the fingerprint counts instead'), undefined),
  );
  return [{ ...own, fingerprint }, ...others];
}

type Root = Component & { readonly id: Side };

/** One tree per side, with a branch for every strategy that was looked at. */
function contentRoots(event: EventPayload, isComplete: boolean): Root[] {
  const branches: Record<Side, Component[]> = { app: [], system: [], default: [] };
  let winner: string | undefined;
  for (const { name, sidesOf } of STRATEGIES) {
    if (winner !== undefined && !isComplete) break;
    const earlier = winner;
    const sides = sidesOf(event);
    for (const side of SIDES) {
      const component = sides[side];
      if (component === undefined) continue;
      const isLate = earlier !== undefined && component.contributes;
      branches[side].push(isLate ? ignored(component, `the ${earlier} counts instead`) : component);
      if (component.contributes) winner ??= name;
    }
  }
  return SIDES.filter((side) => branches[side].length > 0).map((side) => {
    const root = { ...node(side, branches[side]), id: side };
    return root.contributes ? root : ignored(root, branches[side][0]?.hint ?? 'nothing counts');
  });
}

const SIDES: readonly Side[] = ['app', 'system', 'default'];

function contentVariant(component: Root, fingerprint: Fingerprint | undefined): Variant {
  const shared = { key: component.id, component, hint: component.hint } as const;
  const type = fingerprint === undefined ? 'component' : 'salted_component';
  const own = leavesOf(component);
  const leaves = fingerprint === undefined || !component.contributes ? own : fingerprint.splice(own);
  const hash = component.contributes ? hashOf(leaves) : null;
  return { ...shared, type, leaves, hash, ...(fingerprint && { fingerprint }) };
}

const FALLBACK: Variant = { key: 'fallback', type: 'fallback', leaves: [], hash: hashOf([]), hint: null };

function checksumVariant(checksum: string): Variant {
  const isHash = /^[0-9a-f]{32}$/.test(checksum);
  const key = isHash ? 'checksum' : 'hashed_checksum';
  return { key, type: key, leaves: [checksum], hash: isHash ? checksum : hashOf([checksum]), hint: null };
}
