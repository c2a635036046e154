/** A schema refuses what a server really sends: let the key that it complains of be null, or be left out. */
import ts from 'typescript';
import { type Alternative, defineFixer, type Project } from '../harness/kit/fixer.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { enclosing } from '../harness/kit/syntax.ts';

/** What zod says: in its own words of versions 3 and 4, as JSON. */
const PATH = /"path":\s*\[(?<path>[^\]]*)\]/g;
const RECEIVED = /(?:"received":\s*"|received |Received |but got )(?<kind>null|undefined)\b/;
const REQUIRED = /"message":\s*"Required"/;

export const fixer = defineFixer({
  id: 'response-schema',
  summary: 'Schema that refuses what is sent: let the key be null, or left out.',
  example: {
    message:
      'ZodError: [ { "code": "invalid_type", "expected": "string", "received": "null", "path": [ "notes" ], "message": "Expected string, received null" } ]',
    before: 'const Order = z.object({ id: z.number(), notes: z.string() });\nOrder.parse(answer);',
    after: 'const Order = z.object({ id: z.number(), notes: z.string().nullable() });\nOrder.parse(answer);',
  },
  *propose({ message }, source, project) {
    const kind = RECEIVED.exec(message)?.groups?.kind ?? (REQUIRED.test(message) ? 'undefined' : undefined);
    if (kind === undefined) return;
    const wanted = kind === 'null' ? 'nullable' : 'optional';
    const paths = [...message.matchAll(PATH)].map(({ groups }) => keysOf(groups?.path ?? ''));
    const open = paths.map((path) => refusing(placesOf(path, { source, project }), wanted));
    const loosen = ({ source: file, node }: Place, method: string): Alternative['edits'] => [
      { file: file.file, start: node.getEnd(), end: node.getEnd(), text: `.${method}()` },
    ];
    const likeliest = open.flatMap((places) => places.slice(0, 1));
    const distinct = likeliest.filter(({ node }, index) => likeliest.findIndex((one) => one.node === node) === index);
    const names = [...new Set(paths.map((path) => path.at(-1)))].join(' and ');
    if (distinct.length > 0) {
      yield {
        edits: distinct.flatMap((place) => loosen(place, wanted)),
        title: `let ${names} be ${kind === 'null' ? 'null' : 'left out'}`,
        confidence: 0.8,
      };
      if (wanted === 'optional') {
        yield {
          edits: distinct.flatMap((place) => loosen(place, 'nullish')),
          title: `let ${names} be left out or null`,
          confidence: 0.4,
        };
      }
    }
    // The same name under other keys: where the path leads to none for sure, each is a try of its own.
    for (const place of open[0]?.slice(1, 4) ?? [])
      yield { edits: loosen(place, wanted), title: `let ${names} be ${kind}`, confidence: 0.35 };
  },
});

function keysOf(path: string): string[] {
  return path
    .split(',')
    .map((part) => part.trim().replace(/^"|"$/g, ''))
    .filter((part) => part !== '' && !/^\d+$/.test(part));
}

function allows(text: string, method: string): boolean {
  return text.includes(`.${method}(`) || text.includes('.nullish(') || /\bz\.(?:any|unknown)\(/.test(text);
}

interface Place {
  readonly source: SourceText;
  readonly node: ts.Expression;
  /** Of the path's other keys, how many stand around it. */
  readonly shared: number;
}

/** Places that refuse it; none where the one that the path leads to allows it already. */
function refusing(places: readonly Place[], wanted: string): Place[] {
  const isOpen = ({ source, node }: Place): boolean => allows(source.textOf(node), wanted);
  const [first] = places;
  const isTold = first !== undefined && first.shared > 0;
  return isTold && isOpen(first) ? [] : places.filter((place) => !isOpen(place));
}

/** Schemas of the path's last key, those first around which more of the path's other keys stand. */
function placesOf(path: readonly string[], { source, project }: { source: SourceText; project: Project }): Place[] {
  const key = path.at(-1);
  if (key === undefined) return [];
  const found = [...new Set([source.file, ...project.files()])].flatMap((file) => {
    const other = project.source(file);
    if (
      other === undefined ||
      !other.text.includes(key) ||
      !/\bz\b[\s\S]{0,40}\.(?:object|interface)\(/.test(other.text)
    )
      return [];
    return other.find(ts.isPropertyAssignment).flatMap((property) => {
      const isKey = plainName(other, property.name) === key && isSchema(other, property.initializer);
      return isKey ? [{ source: other, node: property.initializer, shared: sharedKeys(other, property, path) }] : [];
    });
  });
  return found.sort((a, b) => b.shared - a.shared);
}

function isSchema(source: SourceText, node: ts.Expression): boolean {
  return /^z\s*\.|Schema\b|^[A-Z]\w*(?:\.\w+\(|$)/.test(source.textOf(node));
}

function plainName(source: SourceText, name: ts.PropertyName): string {
  return source.textOf(name).replace(/^['"]|['"]$/g, '');
}

/** How many of the path's keys before the last stand around a property, or name the schema that it belongs to. */
function sharedKeys(source: SourceText, property: ts.PropertyAssignment, path: readonly string[]): number {
  const before = path.slice(0, -1);
  const schema = enclosing(property, ts.isVariableDeclaration)?.name;
  const uses =
    schema === undefined ? [] : source.find(ts.isPropertyAssignment).filter((one) => names(source, one, schema));
  let shared = uses.some((one) => before.includes(plainName(source, one.name))) ? 1 : 0;
  for (
    let at = enclosing(property, ts.isPropertyAssignment);
    at !== undefined;
    at = enclosing(at, ts.isPropertyAssignment)
  ) {
    if (before.includes(plainName(source, at.name))) shared++;
  }
  return shared;
}

/** `rows: z.array(Row)` names Row. */
function names(source: SourceText, { initializer }: ts.PropertyAssignment, schema: ts.BindingName): boolean {
  const name = source.textOf(schema);
  return source.find(ts.isIdentifier, initializer).some((one) => one.text === name);
}
