/** What an engine's error message says, in the words of V8, SpiderMonkey and JavaScriptCore. */

export type Complaint =
  /** A property of null or undefined was read, set or called. */
  | { readonly kind: 'nullish-read'; readonly property: string | undefined; readonly receiver: string | undefined }
  | { readonly kind: 'not-a-function'; readonly path: string }
  | { readonly kind: 'not-iterable'; readonly path: string | undefined }
  | {
      readonly kind: 'destructured-nothing';
      readonly property: string | undefined;
      readonly source: string | undefined;
    }
  | { readonly kind: 'not-defined'; readonly name: string }
  /** `'key' in 3`. */
  | { readonly kind: 'not-an-object'; readonly property: string | undefined }
  /** `Object.keys(undefined)` and its like. */
  | { readonly kind: 'nothing-to-object' }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'other' };

type Reader = readonly [pattern: RegExp, read: (groups: Readonly<Record<string, string | undefined>>) => Complaint];

const READERS: readonly Reader[] = [
  [
    /Cannot destructure property '(?<property>[^']+)' of '(?<source>.+?)' as it is/,
    ({ property, source }) => ({ kind: 'destructured-nothing', property, source }),
  ],
  [
    /Cannot destructure '(?<source>.+?)' as it is/,
    ({ source }) => ({ kind: 'destructured-nothing', property: undefined, source }),
  ],
  [
    /Cannot (?:read|set) propert(?:y|ies) of (?:undefined|null) \((?:reading|setting) '(?<property>.*?)'\)/,
    ({ property }) => nullish(property),
  ],
  [
    /Cannot (?:read|set|call) (?:property|method) '(?<property>.*?)' of (?:undefined|null)/,
    ({ property }) => nullish(property),
  ],
  [
    /can't access property "(?<property>.*?)", (?<receiver>.+?) is (?:undefined|null)/,
    ({ property, receiver }) => nullish(property, receiver),
  ],
  [
    /(?:undefined|null) is not an object \(evaluating '(?<receiver>.+)\.(?<property>[\w$]+)'\)/,
    ({ property, receiver }) => nullish(property, receiver),
  ],
  [
    /(?:undefined|null) is not an object \(evaluating '(?<receiver>[^']+?)(?:\[['"]?(?<property>[\w$]+)['"]?\])?'\)/,
    ({ property, receiver }) => nullish(property, receiver),
  ],
  [
    /Cannot use 'in' operator to search for '(?<property>.*?)' in /,
    ({ property }) => ({ kind: 'not-an-object', property }),
  ],
  [
    /right-hand side of 'in' should be an object|is not an Object\. \(evaluating '.* in /,
    () => ({ kind: 'not-an-object', property: undefined }),
  ],
  // Firefox: `x.y is undefined`, `x is null`.
  [/^(?:TypeError: )?(?<receiver>[\w$.[\]()]+) is (?:undefined|null)$/, ({ receiver }) => nullish(undefined, receiver)],
  [
    /(?<path>[\w$.[\]()#]+) is not a function or its return value is not iterable/,
    ({ path }) => ({ kind: 'not-iterable', path }),
  ],
  [/(?:undefined|null|object null) is not iterable/, () => ({ kind: 'not-iterable', path: undefined })],
  [
    /Spread syntax requires|\(intermediate value\).* is not iterable/,
    () => ({ kind: 'not-iterable', path: undefined }),
  ],
  [/^(?:TypeError: )?(?<path>[\w$.[\]()?#]+) is not iterable/, ({ path }) => ({ kind: 'not-iterable', path })],
  [
    /(?<path>[\w$.#]+(?:\(\.\.\.\))?(?:\.[\w$.#]+)*) is not a function/,
    ({ path = '' }) => ({ kind: 'not-a-function', path }),
  ],
  [
    /\(intermediate value\)(?<path>[\w$.()]*) is not a function/,
    ({ path = '' }) => ({ kind: 'not-a-function', path: `?${path}` }),
  ],
  [
    /(?:Can't find variable: (?<safari>[\w$]+))|(?:(?<name>[\w$]+) is not defined)/,
    ({ safari, name }) => ({ kind: 'not-defined', name: safari ?? name ?? '' }),
  ],
  [/Cannot convert undefined or null to object/, () => ({ kind: 'nothing-to-object' })],
  [/is not valid JSON|Unexpected end of JSON input|JSON\.parse: |JSON Parse error/, () => ({ kind: 'not-json' })],
];

function nullish(property: string | undefined, receiver?: string): Complaint {
  return { kind: 'nullish-read', property, receiver };
}

/** `other` where the message is none of an engine's that a template answers. */
export function readMessage(message: string): Complaint {
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(message);
    if (match) return read(match.groups ?? {});
  }
  return { kind: 'other' };
}

/** The last name of a path: `map` of `cart.items.map`. */
export function lastName(path: string): string {
  return /([\w$#]+)(?:\(\.\.\.\))?$/.exec(path)?.[1] ?? path;
}

/** Whether the message says that the value was null: a parameter's default does not stand in for that. */
export function saysNull(message: string): boolean {
  return /\b(?:of|is|as it is|in) null\b|^null is/.test(message.replace(/^\w*Error: /, ''));
}
