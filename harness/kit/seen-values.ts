/** Values that somebody saw at the throw: what a path held then. */
type Values = Readonly<Record<string, unknown>> | undefined;

/** `unknown` where nobody saw it, or not that deep. */
export type SeenKind = 'missing' | 'text' | 'number' | 'list' | 'collection' | 'object' | 'other' | 'unknown';

/** Whether `cart.items` had a value then; an empty text is none, as conditions have it. */
export function seenAt(values: Values, path: string): 'missing' | 'there' | 'unknown' {
  const kind = kindSeen(values, path);
  if (kind === 'text' && valueAt(values, path) === '') return 'missing';
  return kind === 'missing' || kind === 'unknown' ? kind : 'there';
}

/** What kind of value `cart.items` had then; a `collection` is a Map or a Set. */
export function kindSeen(values: Values, path: string): SeenKind {
  let value: unknown = values;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return 'unknown';
    // What an object lacks was not there; a variable that is not listed may be one of another scope.
    if (!Object.hasOwn(value, key)) return value === values ? 'unknown' : 'missing';
    value = Reflect.get(value, key);
  }
  return kindOf(value);
}

/** What `cart.items` held then; undefined where nobody saw it. */
export function valueAt(values: Values, path: string): unknown {
  let value: unknown = values;
  for (const key of path.split('.')) {
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  }
  return value;
}

/** Copies tell what they are no copy of in brackets: see ThrowScope. */
function kindOf(value: unknown): SeenKind {
  if (value === null || value === '<undefined>') return 'missing';
  if (typeof value === 'number') return 'number';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'object';
  if (typeof value !== 'string') return 'other';
  const [, told] = /^<(.+)>$/.exec(value) ?? [];
  if (told === undefined) return 'text';
  if (/^array of /.test(told)) return 'list';
  return /^(?:Map|Set) of /.test(told) ? 'collection' : told === 'Object' ? 'object' : 'other';
}
