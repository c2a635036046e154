/** Notes of what was taken out of an event, in the form of Sentry's `_meta`. */
import type { Rule } from './scrub-text.ts';

/** A place in an event, from the inside out; undefined is the event itself. */
export interface Place {
  readonly outer: Place | undefined;
  readonly key: string | number;
}

export interface Remark {
  readonly place: Place;
  readonly rules: readonly Rule[];
  /** Characters of the value before; undefined where it was no text. */
  readonly length: number | undefined;
  /** How much of the value went: all of it replaced, a part of it, or the value removed. */
  readonly kind: 'whole' | 'part' | 'removed';
}

/** `{request: {headers: {"0": {"1": {"": {"rem": [["@password:filter", "s", 0, 10]], "len": 20}}}}}}`; undefined without remarks. */
export function metaOf(remarks: readonly Remark[]): Record<string, unknown> | undefined {
  if (remarks.length === 0) return undefined;
  const root: Tree = { branches: new Map(), remark: undefined };
  for (const remark of remarks) {
    let tree = root;
    for (const key of pathOf(remark.place)) {
      const inner = tree.branches.get(key) ?? { branches: new Map(), remark: undefined };
      tree.branches.set(key, inner);
      tree = inner;
    }
    tree.remark = remark;
  }
  return shown(root);
}

interface Tree {
  readonly branches: Map<string, Tree>;
  remark: Remark | undefined;
}

function pathOf(place: Place): string[] {
  const path: string[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.outer) path.unshift(String(at.key));
  return path;
}

/** Deep only as the event was; `Object.fromEntries` keeps a key `__proto__` a key. */
function shown({ branches, remark }: Tree): Record<string, unknown> {
  const inner = [...branches].map(([key, tree]): [string, unknown] => [key, shown(tree)]);
  return Object.fromEntries(remark === undefined ? inner : [['', shownRemark(remark)], ...inner]);
}

const MARK_CHARS = '[Filtered]'.length;

function shownRemark({ rules, length, kind }: Remark): Record<string, unknown> {
  const rem = rules.map((rule) => {
    if (kind === 'removed') return [rule, 'x'];
    return kind === 'whole' ? [rule, 's', 0, MARK_CHARS] : [rule, 's'];
  });
  return { rem, ...(length !== undefined && { len: length }) };
}
