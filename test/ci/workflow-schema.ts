/** GitHub's own schema of workflow files as JSON schema: what may stand where, and which contexts its expressions may use. */
import { z } from 'zod';
import published from './fixtures/github-workflow.json' with { type: 'json' };

/** A definition's name, or one with more about it. */
const Reference = z.union([
  z.string().transform((type) => ({ type, required: false })),
  z.object({ type: z.string(), required: z.boolean().default(false) }),
]);
const Definition = z.strictObject({
  /** What expressions below it may use, in addition to what those above it allow; functions as `always(0,0)`. */
  context: z.array(z.string()).default([]),
  null: z.unknown().optional(),
  boolean: z.unknown().optional(),
  number: z.unknown().optional(),
  string: z
    .strictObject({ constant: z.string().optional(), 'require-non-empty': z.boolean().optional() })
    .optional()
    .catch(undefined),
  sequence: z.strictObject({ 'item-type': z.string() }).optional(),
  mapping: z
    .strictObject({
      properties: z.record(z.string(), Reference).default({}),
      'loose-key-type': z.string().optional(),
      'loose-value-type': z.string().optional(),
    })
    .optional(),
  'one-of': z.array(z.string()).optional(),
  'allowed-values': z.array(z.string()).optional(),
});
type Definition = z.infer<typeof Definition>;

const DEFINITIONS = new Map(
  Object.entries(published.definitions).map(([name, definition]) => [name, Definition.parse(definition)]),
);

/** Named by the schema's language itself. */
const SCALAR = ['string', 'number', 'boolean'];
const BUILT_IN: Readonly<Record<string, object>> = {
  any: {},
  string: { type: [...SCALAR, 'null'] },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  null: { type: 'null' },
  scalar: { type: [...SCALAR, 'null'] },
  sequence: { type: 'array' },
  mapping: { type: 'object' },
};

/** For ajv, with the keyword `contexts`: the names that expressions in a text may use. */
export function workflowSchema(): object {
  const made: Record<string, object> = {};

  function refer(name: string, above: readonly string[]): object {
    const definition = DEFINITIONS.get(name);
    const contexts = [...new Set([...above, ...(definition?.context ?? [])])].sort();
    const key = `${name} ${contexts.join(' ')}`.replace(/[^\w-]+/g, '.');
    if (made[key] === undefined) {
      made[key] = {}; // Definitions may hold themselves.
      const own = definition === undefined ? BUILT_IN[name] : convert(definition, contexts);
      if (own === undefined) throw new Error(`The schema has no definition ${name}.`);
      made[key] = { allOf: [mayHoldExpression(own, contexts), { contexts }] };
    }
    return { $ref: `#/definitions/${key}` };
  }

  function convert(definition: Definition, contexts: readonly string[]): object {
    const { sequence, mapping, string } = definition;
    if (definition['one-of']) return { anyOf: definition['one-of'].map((name) => refer(name, contexts)) };
    if (definition['allowed-values']) return { enum: definition['allowed-values'] };
    if (sequence) return { type: 'array', items: refer(sequence['item-type'], contexts) };
    if (mapping) {
      const { properties } = mapping;
      const loose = mapping['loose-value-type'];
      return {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(properties).map(([name, { type }]) => [name, refer(type, contexts)]),
        ),
        required: Object.entries(properties).flatMap(([name, { required }]) => (required ? [name] : [])),
        additionalProperties: loose === undefined ? false : refer(loose, contexts),
      };
    }
    const kind = (['boolean', 'number', 'null'] as const).find((name) => definition[name] !== undefined);
    if (kind !== undefined) return { type: kind };
    if (string?.constant !== undefined) return { const: string.constant };
    return string?.['require-non-empty'] ? { type: SCALAR, minLength: 1 } : { type: [...SCALAR, 'null'] };
  }

  return { ...refer('workflow-root-strict', []), definitions: made };
}

/** Whatever is wanted, where expressions may stand one may give it. */
function mayHoldExpression(schema: object, contexts: readonly string[]): object {
  if (contexts.length === 0) return schema;
  return { anyOf: [schema, { type: 'string', pattern: '^\\s*\\$\\{\\{.*\\}\\}\\s*$' }] };
}

/** Names of contexts and functions that the expressions of a text use: `runner`, `hashFiles()`. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(/\$\{\{(.*?)\}\}/gs)].flatMap(([, expression = '']) =>
    [...expression.replace(/'(?:[^']|'')*'/g, '').matchAll(/(?<![\w.-])([a-zA-Z_][\w-]*)\s*(\()?/g)].map(
      ([, name, call]) => `${name}${call ? '()' : ''}`,
    ),
  );
}

/** Known everywhere. */
const FUNCTIONS = [
  'contains()',
  'startsWith()',
  'endsWith()',
  'format()',
  'join()',
  'toJSON()',
  'fromJSON()',
  'case()',
];

/** The names that are not to be used there. */
export function strayNames(contexts: readonly string[], text: string): string[] {
  const allowed = new Set([...FUNCTIONS, 'true', 'false', 'null', ...contexts.map((one) => one.replace(/\(.*/, '()'))]);
  return namesIn(text).filter((name) => !allowed.has(name));
}
