/** Writes test/contract/schema.json: of Sentry's published schema (its file is the argument) the answers of the operations that we serve. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { sentryServer } from '../harness/sentry-server/sentry-server.ts';

const FILE = join(import.meta.dirname, '..', 'test', 'contract', 'schema.json');

const Node = z.record(z.string(), z.unknown());
type Node = z.infer<typeof Node>;

const Published = z.object({
  paths: z.record(z.string(), Node),
  components: z.object({ schemas: z.record(z.string(), Node) }),
});

const Operation = z.object({
  responses: z.record(
    z.string(),
    z.object({ content: z.record(z.string(), z.object({ schema: Node.optional() })).optional() }),
  ),
});

/** Says nothing about which answers are valid. */
const WORDS = new Set([
  'description',
  'example',
  'examples',
  'title',
  'deprecated',
  'readOnly',
  'writeOnly',
  'default',
]);

/** `GET /api/0/organizations/{}/issues/`: parameters have other names there. */
export function anonymous(operation: string): string {
  return operation.replaceAll(/\{[^}]*\}|:\w+/g, '{}');
}

/** Published answers of the served operations: `{ "GET /api/0/…/": { "200": schema } }`, shared parts in `$defs`. */
export function reduceSchema(published: unknown, served: readonly string[]): Record<string, unknown> {
  const { paths, components } = Published.parse(published);
  const wanted = new Map(served.map((one) => [anonymous(one), one]));
  const used = new Set<string>();
  const operations: Record<string, Record<string, unknown>> = {};
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, found] of Object.entries(item)) {
      const operation = wanted.get(anonymous(`${method.toUpperCase()} ${path}`));
      if (operation === undefined) continue;
      const { responses } = Operation.parse(found);
      const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      operations[operation] = Object.fromEntries(
        answers.map(([status, answer]) => [status, reduced(answer.content?.['application/json']?.schema ?? {}, used)]),
      );
    }
  }
  const defs: Record<string, unknown> = {};
  for (const name of used) defs[name] = reduced(components.schemas[name] ?? {}, used);
  return shared({ operations: sorted(operations), $defs: sorted(defs) });
}

/** Shorter than this a repetition costs less than a reference. */
const LEAST = 200;

/** What is said several times is said once, in `$defs`. */
function shared({ operations, $defs }: { operations: Node; $defs: Node }): Node {
  const times = new Map<string, number>();
  const count = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const text = JSON.stringify(node);
    if (!Array.isArray(node) && 'type' in node && text.length >= LEAST) times.set(text, (times.get(text) ?? 0) + 1);
    if (times.get(text) === 2) return;
    for (const member of Object.values(node)) count(member);
  };
  count(operations);
  const names = new Map([...times].filter(([, many]) => many > 1).map(([text], index) => [text, `s${index}`]));
  const replaced = (node: unknown, isTop = false): unknown => {
    if (Array.isArray(node)) return node.map((one) => replaced(one));
    if (typeof node !== 'object' || node === null) return node;
    const name = isTop ? undefined : names.get(JSON.stringify(node));
    if (name !== undefined) return { $ref: `#/$defs/${name}` };
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, replaced(value)]));
  };
  const parts = [...names].map(([text, name]): [string, unknown] => [name, replaced(JSON.parse(text), true)]);
  return { operations: replaced(operations), $defs: { ...$defs, ...Object.fromEntries(parts) } };
}

/** OpenAPI 3.0 as JSON Schema: `nullable` becomes the type `null`. */
export function reduced(node: unknown, used: Set<string>): unknown {
  if (Array.isArray(node)) return node.map((one) => reduced(one, used));
  const found = Node.safeParse(node);
  if (!found.success) return node;
  const { $ref, nullable, properties, ...rest } = found.data;
  if (typeof $ref === 'string') {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    used.add(name);
    return { $ref: `#/$defs/${name}` };
  }
  const kept = Object.entries(rest).filter(
    ([key, value]) => !WORDS.has(key) && !key.startsWith('x-') && value !== 'double',
  );
  const result: Node = Object.fromEntries(kept.map(([key, value]) => [key, reduced(value, used)]));
  const members = Node.safeParse(properties);
  if (members.success)
    result.properties = Object.fromEntries(
      Object.entries(members.data).map(([key, value]) => [key, reduced(value, used)]),
    );
  return nullable === true ? { anyOf: [result, { type: 'null' }] } : result;
}

export function sorted(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

if (import.meta.main) {
  const [, , file] = process.argv;
  if (file === undefined) throw new Error('Give the file of the published schema, as JSON or gzipped JSON.');
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const schema = reduceSchema(JSON.parse(text), sentryServer().operations);
  writeFileSync(FILE, `${JSON.stringify(schema)}\n`);
}
