/** A table was asked for a key that it has not: add an entry in the manner of the others. */
import ts from 'typescript';
import { entryAfter } from '../harness/kit/edits.ts';
import { defineFixer, type FixerEdit } from '../harness/kit/fixer.ts';
import { type LackingTable, lackingTables } from '../harness/kit/lookup-tables.ts';
import type { SourceText } from '../harness/kit/source-text.ts';

export const fixer = defineFixer({
  id: 'missing-entry',
  summary: 'Table that lacks a key: add an entry like the others.',
  example: {
    message: "Cannot read properties of undefined (reading 'label')",
    before: "const KINDS = { room: { label: 'Room' }, desk: { label: 'Desk' } };\nshow(KINDS[kind].label);",
    after:
      "const KINDS = { room: { label: 'Room' }, desk: { label: 'Desk' }, phone: { label: 'Phone' } };\nshow(KINDS[kind].label);",
    values: { kind: 'phone' },
  },
  *propose(suspect, source, project) {
    const { values } = suspect;
    // Without the key nobody knows what to add.
    if (values === undefined) return;
    for (const lacking of lackingTables(source, suspect, { project, values })) {
      const edits = entryLike(lacking);
      if (edits === undefined) continue;
      yield {
        edits,
        title: `give ${lacking.name} an entry for ${lacking.key}`,
        rationale: `\`${lacking.name}\` was asked for “${lacking.key}”, which it has no entry for.`,
        confidence: 0.75,
      };
    }
  },
});

/** Undefined where the other entries do not say what a new one would be: amounts and functions are each of their own. */
function entryLike({ source, entry, key }: LackingTable): FixerEdit[] | undefined {
  const model = partsOf(entry);
  if (key === undefined || model === undefined || !tellsOnlyItsName(model.value, model.key)) return undefined;
  const { quote } = source.style;
  const isMap = ts.isArrayLiteralExpression(entry);
  const written = isMap || !/^[A-Za-z_$][\w$]*$/.test(key) ? `${quote}${escaped(key, quote)}${quote}` : key;
  const value = renamed(source, model, key);
  const text = isMap ? `[${written}, ${value}]` : `${written}: ${value}`;
  return [{ file: source.file, ...entryAfter(source, entry, text) }];
}

interface Parts {
  readonly key: string;
  readonly value: ts.Expression;
}

function partsOf(entry: ts.Node): Parts | undefined {
  if (ts.isPropertyAssignment(entry) && (ts.isIdentifier(entry.name) || ts.isStringLiteralLike(entry.name))) {
    return { key: entry.name.text, value: entry.initializer };
  }
  if (!ts.isArrayLiteralExpression(entry)) return undefined;
  const [key, value] = entry.elements;
  return key && value && ts.isStringLiteralLike(key) ? { key: key.text, value } : undefined;
}

/** Texts alone, and one of them says what the key says. */
function tellsOnlyItsName(value: ts.Expression, key: string): boolean {
  const texts = textsIn(value);
  return texts?.some(({ text }) => isNameOf(text, key)) === true;
}

/** Undefined where something else is in it. */
function textsIn(value: ts.Expression): ts.StringLiteralLike[] | undefined {
  if (ts.isStringLiteralLike(value)) return [value];
  const members = ts.isObjectLiteralExpression(value)
    ? value.properties.map((one) => (ts.isPropertyAssignment(one) ? one.initializer : undefined))
    : undefined;
  const texts = members?.map((one) => (one === undefined ? undefined : textsIn(one)));
  return texts?.every((one) => one !== undefined) ? texts.flat() : undefined;
}

function isNameOf(text: string, key: string): boolean {
  return plain(text).startsWith(plain(key));
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, '');
}

/** The value with the new key's words where the old one's were. */
function renamed(source: SourceText, { key: old, value }: Parts, key: string): string {
  let text = source.textOf(value);
  const from = source.start(value);
  for (const one of [...(textsIn(value) ?? [])].reverse()) {
    if (!isNameOf(one.text, old)) continue;
    const rest = plain(one.text).slice(plain(old).length);
    const words = key.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ');
    const isName = /^[A-Z]/.test(one.text);
    const told = isName ? words.charAt(0).toUpperCase() + words.slice(1).toLowerCase() : key;
    const quote = text[source.start(one) - from] ?? source.style.quote;
    const [start, end] = [source.start(one) - from, one.getEnd() - from];
    text = `${text.slice(0, start)}${quote}${escaped(told + rest, quote)}${quote}${text.slice(end)}`;
  }
  return text;
}

function escaped(text: string, quote: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replace(/\s+/g, ' ').replaceAll('${', '\\${');
}
