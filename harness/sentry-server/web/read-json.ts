/** The JSON body of a call to the Web API, checked. */
import type { Context } from 'hono';
import type { z } from 'zod';
import { parseJson } from '../ingest/parse-json.ts';
import { readBody } from '../ingest/read-body.ts';
import { limits } from '../limits.ts';
import { badRequest } from './api-error.ts';

export async function readJson<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const body = await readBody(c.req.raw, { bodyBytes: limits.apiBodyBytes, unpackedBytes: limits.apiBodyBytes });
  if (body.kind !== 'read') throw badRequest('The request body is too large or cannot be decoded.');
  const value = parseJson(body.bytes, limits.jsonDepth);
  if (value === undefined) throw badRequest('JSON parse error');
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badRequest(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is not valid'}`);
}
