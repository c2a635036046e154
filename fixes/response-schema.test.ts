import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './response-schema.ts';

const sent = (path: string, received: string): string =>
  `ZodError: [ { "code": "invalid_type", "expected": "string", "received": "${received}", "path": [ ${path} ], "message": "Expected string, received ${received}" } ]`;
/** As zod 4 has it. */
const sentToFour = (path: string, received: string): string =>
  `[ { "expected": "string", "code": "invalid_type", "path": [ ${path} ], "message": "Invalid input: expected string, received ${received}" } ]`;

fixerTable(fixer, {
  offers: [
    [
      'keys of the same name in several schemas',
      sent('"name"', 'null'),
      'const A = z.object({ name: z.string() });\nconst B = z.object({ name: z.string(), "x": z.string() });',
    ],
    [
      'a key that is required',
      '[ { "code": "invalid_type", "expected": "string", "path": [ "notes" ], "message": "Required" } ]',
      'const A = z.object({ notes: Notes });',
    ],
    [
      'a key of another schema',
      sent('"notes"', 'null'),
      'const A = z.object({ notes: NotesSchema });\nconst b = { notes: 3 };',
    ],
  ],
  cures: [
    [
      'a key that is null',
      sent('"notes"', 'null'),
      'const Order = z.object({ notes: z.string() });',
      'const Order = z.object({ notes: z.string().nullable() });',
    ],
    [
      'a key that is left out',
      sentToFour('"notes"', 'undefined'),
      'const Order = z.object({ notes: z.string() });',
      'const Order = z.object({ notes: z.string().optional() });',
    ],
    [
      'a key of the rows of a list',
      sentToFour('"rows", 4, "name"', 'null'),
      'const A = z.object({ name: z.string() });\nconst Row = z.object({ name: z.string() });\nconst All = z.object({ rows: z.array(Row) });',
      'const A = z.object({ name: z.string() });\nconst Row = z.object({ name: z.string().nullable() });\nconst All = z.object({ rows: z.array(Row) });',
    ],
    [
      'a key within a key, in another file',
      {
        message: sent('"owner", "mail.home"', 'null'),
        file: 'load.ts',
        others: { 'schema.ts': "export const A = z.object({ owner: z.object({ 'mail.home': z.string() }) });" },
      },
      'A.parse(answer);',
      "export const A = z.object({ owner: z.object({ 'mail.home': z.string().nullable() }) });",
    ],
    [
      'several keys at once',
      `[ ${['a', 'b'].map((key) => sent(`"${key}"`, 'null').slice('ZodError: [ '.length, -2)).join(', ')} ]`,
      'const Order = z.object({ a: z.string(), b: z.string() });',
      'const Order = z.object({ a: z.string().nullable(), b: z.string().nullable() });',
    ],
  ],
  leaves: [
    ['what may be null already', sent('"notes"', 'null'), 'const A = z.object({ notes: z.string().nullable() });'],
    ['what may be anything', sent('"notes"', 'null'), 'const A = z.object({ notes: z.unknown() });'],
    ['a key that no schema has', sent('"notes"', 'null'), 'const A = z.object({ name: z.string() });'],
    ['an object that is no schema', sent('"notes"', 'null'), 'const a = { notes: text };'],
    ['another kind of refusal', sent('"notes"', 'number'), 'const A = z.object({ notes: z.string() });'],
    ['another error', 'notes is not defined', 'const A = z.object({ notes: z.string() });'],
  ],
});
