/** A host's published description as tests use it: which operations there are, what they take, and what they answer. */
import { Ajv, type ValidateFunction } from 'ajv';

export type Schema = Readonly<Record<string, unknown>>;

export interface Operation {
  /** Names of parameters in the query. */
  readonly query: readonly string[];
  readonly body?: Schema;
  /** By status. */
  readonly answers: Readonly<Record<string, Schema>>;
}

export interface Contract {
  /** Where it comes from. */
  readonly source: string;
  /** `GET /repos/{owner}/{repo}`, below the API's address. */
  readonly operations: Readonly<Record<string, Operation>>;
  readonly $defs: Readonly<Record<string, Schema>>;
}

export interface Matched {
  readonly name: string;
  readonly operation: Operation;
  /** Parts of the path, by the name of their hole. */
  readonly params: Readonly<Record<string, string>>;
}

export function matchOperation({ operations }: Contract, method: string, path: string): Matched | undefined {
  for (const [name, operation] of Object.entries(operations)) {
    const [itsMethod = '', template = ''] = name.split(' ');
    if (itsMethod !== method) continue;
    const pattern = template.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
    const found = new RegExp(`^${pattern}$`, 'i').exec(path);
    if (found === null) continue;
    const params = Object.fromEntries(
      Object.entries(found.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]),
    );
    return { name, operation, params };
  }
  return undefined;
}

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
const compiled = new WeakMap<Schema, ValidateFunction>();

/** What a value has that its schema forbids; undefined where it is valid. */
export function complaint({ $defs }: Contract, schema: Schema, value: unknown): string | undefined {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    validate = ajv.compile({ ...schema, $defs });
    compiled.set(schema, validate);
  }
  return validate(value) ? undefined : ajv.errorsText(validate.errors).slice(0, 500);
}

/** The least that a schema asks for: required members only, first alternatives, empty lists. */
export function sampleOf(contract: Contract, schema: unknown, depth = 0): unknown {
  if (!isNode(schema) || depth > 12) return null;
  if (typeof schema.$ref === 'string')
    return sampleOf(contract, contract.$defs[schema.$ref.slice('#/$defs/'.length)], depth + 1);
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (Array.isArray(schema.allOf)) {
    return Object.assign({}, ...schema.allOf.map((one) => sampleOf(contract, one, depth + 1)));
  }
  const choices = [schema.anyOf, schema.oneOf].find(Array.isArray);
  if (choices !== undefined) {
    const isNullable = choices.some((one) => isNode(one) && one.type === 'null');
    return isNullable ? null : sampleOf(contract, choices[0], depth + 1);
  }
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'array') return [];
  if (type === 'string') return 'text';
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'boolean') return false;
  if (type !== 'object' && !isNode(schema.properties)) return null;
  const members = isNode(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.fromEntries(required.map((key) => [key, sampleOf(contract, members[String(key)], depth + 1)]));
}

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `over` laid over `under`, member by member. */
export function overlay(under: unknown, over: unknown): unknown {
  if (!isNode(under) || !isNode(over)) return over;
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) merged[key] = key in under ? overlay(under[key], value) : value;
  return merged;
}
