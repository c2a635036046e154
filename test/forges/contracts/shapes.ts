/** Short forms for contracts that are written by hand: facts of a published description, the members that we send and read alone. */
import type { Schema } from '../contract.ts';

export const text: Schema = { type: 'string' };
export const number: Schema = { type: 'integer' };
export const flag: Schema = { type: 'boolean' };

export function oneOf(...words: readonly string[]): Schema {
  return { type: 'string', enum: words };
}

export function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] };
}

export function listOf(items: Schema): Schema {
  return { type: 'array', items };
}

/** What a host answers: further members may be there. */
export function answer(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', properties, required: Object.keys(properties) };
}

/** What a host takes: nothing else. */
export function takes(
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}
