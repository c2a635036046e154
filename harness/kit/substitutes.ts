/** What may stand in for the result of a chain that comes to nothing: as the code around it would have it. */
import ts from 'typescript';
import type { Project } from './fixer.ts';
import { namesInScope } from './scope.ts';
import type { SourceText } from './source-text.ts';
import { isAccess, nameOf } from './syntax.ts';
import { defaultFor, useOf } from './uses.ts';

export interface Substitute {
  /** Source text. */
  readonly value: string;
  /** 0 to 1. */
  readonly confidence: number;
}

const LIST_MAKERS = /^(?:map|filter|flatMap|slice|concat|sort|toSorted|reverse|toReversed|split|keys|values|entries)$/;
const TEXT_MAKERS =
  /^(?:join|trim|toUpperCase|toLowerCase|toFixed|toString|replace|replaceAll|padStart|padEnd|substring)$/;

/** Likeliest first; nothing where an undefined result does no harm: in a condition, or shown. */
export function substitutesFor(source: SourceText, chain: ts.Expression, project: Project): Substitute[] {
  if (useOf(chain) !== 'other') return [];
  const name = localLike(chain);
  const found: (Substitute | undefined)[] = [
    name === undefined ? undefined : { value: name, confidence: 0.6 },
    withConfidence(usualFor(source, chain), 0.62),
    withConfidence(emptyResult(source, chain), 0.6),
    withConfidence(asRead(source, chain, project), 0.55),
  ];
  const known = found.filter((one) => one !== undefined);
  return known.filter(({ value }, index) => known.findIndex((other) => other.value === value) === index);
}

function withConfidence(value: string | undefined, confidence: number): Substitute | undefined {
  return value === undefined ? undefined : { value, confidence };
}

/** `[]` for what `map` gives, the first value of `reduce`, 0 for a length. */
function emptyResult(source: SourceText, chain: ts.Expression): string | undefined {
  if (isAccess(chain)) return nameOf(chain) === 'length' ? '0' : undefined;
  if (!ts.isCallExpression(chain) || !isAccess(chain.expression)) return undefined;
  const name = nameOf(chain.expression) ?? '';
  if (LIST_MAKERS.test(name)) return '[]';
  if (TEXT_MAKERS.test(name)) return source.style.quote + source.style.quote;
  const [, first] = chain.arguments;
  return name === 'reduce' && first && isPlain(source, first) ? source.textOf(first) : undefined;
}

/** The plain value that the same key gets elsewhere in the file: `error: null` beside `error: answer.detail`. */
function usualFor(source: SourceText, { parent }: ts.Expression): string | undefined {
  if (!ts.isPropertyAssignment(parent)) return undefined;
  const key = source.textOf(parent.name);
  const texts = source
    .find(ts.isPropertyAssignment)
    .filter(({ name, initializer }) => source.textOf(name) === key && isPlain(source, initializer))
    .map(({ initializer }) => source.textOf(initializer));
  const count = (text: string): number => texts.filter((one) => one === text).length;
  return [...new Set(texts)].sort((a, b) => count(b) - count(a))[0];
}

/** What the app does with the key of that name: `reason: day.reason` is put into a text. */
function asRead(source: SourceText, { parent }: ts.Expression, project: Project): string | undefined {
  if (!ts.isPropertyAssignment(parent) || !ts.isIdentifier(parent.name)) return undefined;
  const uses = project.reads(parent.name.text).map(({ access }) => useOf(access));
  const use = (['string', 'array', 'number'] as const).find((one) => uses.includes(one));
  return use && defaultFor(use, source.style.quote);
}

function isPlain(source: SourceText, node: ts.Expression): boolean {
  return /^(?:null|undefined|0|''|""|\[\]|\{\}|false)$/.test(source.textOf(node));
}

/** `instanceId` for what would be read from `row.instance_id`. */
function localLike(chain: ts.Expression): string | undefined {
  const name = isAccess(chain) ? nameOf(chain) : undefined;
  if (name === undefined || !ts.isReturnStatement(chain.parent)) return undefined;
  const plain = (text: string): string => text.replace(/[_-]/g, '').toLowerCase();
  return namesInScope(chain).find((one) => plain(one) === plain(name));
}
