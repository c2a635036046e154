/** What the debugger saw of the value that an error complains of, said so that a person can read it. */

import type { Project } from '../kit/fixer.ts';
import { missingValues, type Place } from '../kit/missing-values.ts';
import type { SourceText } from '../kit/source-text.ts';
import { pathOf } from '../kit/syntax.ts';
import { isRecord } from '../model/is-record.ts';

const MOST_TEXT = 60;
const MOST_NAMES = 3;

/** `` `cart.items` was undefined here ``; undefined where nobody saw it. */
export function valueAtThrow(
  source: SourceText,
  at: Place,
  { project, values }: { project: Project; values: Readonly<Record<string, unknown>> },
): string | undefined {
  for (const { node } of missingValues(source, at, project)) {
    const path = pathOf(source, node);
    if (path === undefined) continue;
    const seen = firstNothing(path.split('.'), values);
    if (seen) return `\`${seen.path}\` was ${describe(seen.value)} here.`;
  }
  return undefined;
}

/** `` `total_questions` was 0 here ``, for languages whose syntax nobody here reads; undefined where no name has a value. */
export function valuesOnLine(code: string, values: Readonly<Record<string, unknown>>): string | undefined {
  const names = new Set(code.match(/[A-Za-z_$][\w$]*/g) ?? []);
  const seen = [...names].filter((name) => Object.hasOwn(values, name)).slice(0, MOST_NAMES);
  if (seen.length === 0) return undefined;
  // An SDK of such a language sends a value as the language writes it.
  const told = (value: unknown): string => (typeof value === 'string' ? cut(value) : describe(value));
  return `${seen.map((name) => `\`${name}\` was ${told(Reflect.get(values, name))}`).join(', ')} here.`;
}

/** The first link of a path that has no value, else its end; undefined where the values do not reach so far. */
function firstNothing(
  parts: readonly string[],
  values: Readonly<Record<string, unknown>>,
): { path: string; value: unknown } | undefined {
  let value: unknown = values;
  for (const [index, part] of parts.entries()) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) {
      return index > 0 && isRecord(value)
        ? { path: parts.slice(0, index + 1).join('.'), value: '<undefined>' }
        : undefined;
    }
    value = Reflect.get(value, part);
    if (value === null || value === '<undefined>') return { path: parts.slice(0, index + 1).join('.'), value };
  }
  return { path: parts.join('.'), value };
}

function describe(value: unknown): string {
  if (value === '<undefined>') return 'undefined';
  if (typeof value === 'string' && /^<.+>$/.test(value)) return `a ${value.slice(1, -1)}`;
  if (typeof value === 'string') return `the text ${JSON.stringify(cut(value))}`;
  if (Array.isArray(value)) return `a list ${cut(JSON.stringify(value))}`;
  if (typeof value === 'object' && value !== null) return `an object with ${cut(Object.keys(value).join(', '))}`;
  return String(value);
}

function cut(text: string): string {
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
}
