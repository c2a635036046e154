/** Where a value that is missing or wrong came from: backwards from its read to whoever handed it over, made it, or sent it. */
import ts from 'typescript';
import type { Project } from '../kit/fixer.ts';
import { type LackingCaller, lackingCallers } from '../kit/lacking-callers.ts';
import { type LackingTable, lackingTables } from '../kit/lookup-tables.ts';
import { missingValues, type Place } from '../kit/missing-values.ts';
import { functionName } from '../kit/scope.ts';
import { valueAt } from '../kit/seen-values.ts';
import type { SourceText } from '../kit/source-text.ts';
import { enclosingFunction, isAccess, nameOf, pathOf } from '../kit/syntax.ts';
import { readsOf } from '../kit/uses.ts';
import { sourcesOf, type ValueSource } from '../kit/value-sources.ts';
import { isRecord } from '../model/is-record.ts';
import type { Change } from './rank-changes.ts';

/** One step back; places are those of the sources. */
export interface Origin {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly function?: string;
  /** 0 to 1: how much speaks for it, and how near it is. */
  readonly weight: number;
  /** A sentence. */
  readonly reason: string;
  /** Seen, and not only read from the syntax. */
  readonly isSeen?: boolean;
}

export interface Origins {
  readonly project: Project;
  /** Values at the throw by name, where somebody saw them. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The frames of the throw: of all callers, the one that is among them handed the value over. */
  readonly stack: readonly { readonly file: string; readonly line: number }[];
  /** What the page asked the app's server for before the throw, last first. */
  readonly requests: readonly { readonly method: string; readonly path: string }[];
  /** Since the scenario was green, as far as anybody knows. */
  readonly changes: readonly Change[];
}

interface Step {
  readonly source: SourceText;
  readonly node: ts.Expression;
  readonly weight: number;
}

const MOST_STEPS = 16;
const MOST_ORIGINS = 8;
const FAR = 0.8;

/** Best first, each line once. */
export function originsOf(source: SourceText, at: Place, given: Origins): Origin[] {
  const found: Origin[] = [
    ...lackingTables(source, at, given).map(tableLacks),
    ...lackingCallers(source, at, { ...given, hunks: given.changes.map(({ hunk }) => hunk) }).map(callerLacks),
  ];
  const queue: Step[] = startsOf(source, at, given.project).map((node) => ({ source, node, weight: 1 }));
  const seen = new Set<ts.Node>();
  for (let step = queue.shift(); step !== undefined && seen.size < MOST_STEPS; step = queue.shift()) {
    if (seen.has(step.node)) continue;
    seen.add(step.node);
    for (const made of likeliest(sourcesOf(step.node, step.source, given.project), given.stack)) {
      const weight = step.weight * FAR;
      found.push(originOf(made, weight));
      for (const node of partsOf(made.node)) queue.push({ source: made.source, node, weight });
    }
    found.push(...makersOf(step, given));
  }
  found.push(...routesOf(given.requests, given.project));
  const best = new Map<string, Origin>();
  for (const origin of found.sort((a, b) => b.weight - a.weight)) {
    const key = `${origin.file}:${origin.line}`;
    if (!best.has(key)) best.set(key, origin);
  }
  return [...best.values()].slice(0, MOST_ORIGINS);
}

function tableLacks({ source, entry, name, key }: LackingTable): Origin {
  const what = key === undefined ? 'what it was asked for' : `“${key.slice(0, 60)}”`;
  const isSeen = key !== undefined;
  return {
    ...placed(source, entry, {
      weight: isSeen ? 1 : FAR,
      reason: `\`${name}\` ${isSeen ? 'has' : 'may have'} no entry for ${what}.`,
    }),
    isSeen,
  };
}

function callerLacks({ source, call, name }: LackingCaller): Origin {
  const reason = `\`${name}\` is new, and this call hands over nothing for it: ${lineOf(source, call)}`;
  return { ...placed(source, call, { weight: 1, reason }), isSeen: true };
}

/** Callers that the stack does not name did not call this time, as far as it names any. */
function likeliest(sources: readonly ValueSource[], stack: Origins['stack']): readonly ValueSource[] {
  const calling = sources.filter(({ source, node, how }) => {
    const line = source.tree.getLineAndCharacterOfPosition(source.start(node)).line + 1;
    return how === 'argument' && stack.some((at) => at.file === source.file && Math.abs(at.line - line) <= 1);
  });
  return calling.length === 0 ? sources : sources.filter((one) => one.how !== 'argument' || calling.includes(one));
}

/** What the message complains of, else whatever the line hands to a call. */
function startsOf(source: SourceText, at: Place, project: Project): ts.Expression[] {
  const missing = missingValues(source, at, project).map(({ node }) => node);
  if (missing.length > 0) return missing.slice(0, 2);
  const calls = source.findOnLine(at, isCallOrNew, (node) => source.start(node));
  const handed = calls.flatMap((call) => call.arguments ?? []).filter((one) => isAccess(one) || ts.isIdentifier(one));
  return handed.slice(0, 3);
}

function isCallOrNew(node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}

/** Expressions whose own source is worth asking for. */
function partsOf(node: ts.Expression): ts.Expression[] {
  if (ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node))
    return partsOf(node.expression);
  if (ts.isConditionalExpression(node)) return [...partsOf(node.whenTrue), ...partsOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...partsOf(node.left), ...partsOf(node.right)];
  if (!ts.isCallExpression(node)) return isAccess(node) || ts.isIdentifier(node) ? [node] : [];
  // `list.filter(…)` comes from the list, and `toView(order)` from what it is made of.
  const receiver = isAccess(node.expression) ? partsOf(node.expression.expression) : [];
  return [node, ...receiver, ...node.arguments.flatMap(partsOf).slice(0, 2)];
}

const HOW: Readonly<Record<ValueSource['how'], string>> = {
  declared: 'The value is set here',
  argument: 'The value is handed over here',
  state: 'The state gets the value here',
  returned: 'The value is returned here',
};

function originOf({ source, node, how }: ValueSource, weight: number): Origin {
  return placed(source, node, { weight, reason: `${HOW[how]}: ${lineOf(source, node)}` });
}

/** Object literals that have the keys which the object at the throw has, or is read with. */
function makersOf({ source, node, weight }: Step, { project, values }: Origins): Origin[] {
  if (!isAccess(node)) return [];
  const key = nameOf(node);
  const path = pathOf(source, node.expression);
  if (key === undefined || path === undefined) return [];
  const seen = keysAt(values, path);
  const reads = readsOf(source, path, source.tree).flatMap((access) => nameOf(access) ?? []);
  const keys = new Set([...(seen.length > 0 ? seen : reads)].filter((name) => name !== key));
  if (keys.size < 2) return [];
  return project.files().flatMap((file) => {
    const other = project.source(file);
    if (other === undefined || !mentionsTwo(other.text, keys)) return [];
    return other.find(ts.isObjectLiteralExpression).flatMap((literal) => {
      const own = new Set(literal.properties.flatMap((one) => (one.name ? [one.name.getText(other.tree)] : [])));
      const common = [...keys].filter((name) => own.has(name)).length;
      const share = common / Math.max(keys.size, own.size - 1);
      if (common < 2 || share < 0.5) return [];
      const member = literal.properties.find((one) => one.name?.getText(other.tree) === key);
      const says = member ? lineOf(other, member) : `it gives no \`${key}\``;
      return [
        placed(other, member ?? literal, { weight: weight * 0.7 * share, reason: `The object is made here: ${says}` }),
      ];
    });
  });
}

function mentionsTwo(text: string, keys: ReadonlySet<string>): boolean {
  let count = 0;
  for (const key of keys) if (text.includes(key) && ++count === 2) return true;
  return false;
}

function keysAt(values: Readonly<Record<string, unknown>>, path: string): string[] {
  const value = valueAt(values, path);
  return isRecord(value) ? Object.keys(value) : [];
}

const METHODS = /^(?:get|post|put|patch|delete|all|use|route)$/;

/** The server's routes that answered what the page had asked for last. */
export function routesOf(requests: Origins['requests'], project: Project): Origin[] {
  return requests.slice(0, 4).flatMap(({ method, path }, index) =>
    project.files().flatMap((file) => {
      const source = project.source(file);
      if (source === undefined) return [];
      return source.find(ts.isCallExpression).flatMap((call) => {
        const [route] = call.arguments;
        const name = isAccess(call.expression) ? nameOf(call.expression) : undefined;
        if (name === undefined || !METHODS.test(name) || route === undefined || !ts.isStringLiteralLike(route))
          return [];
        const isOther = METHODS.test(name) && !['all', 'use', 'route', method.toLowerCase()].includes(name);
        if (call.arguments.length < 2 || isOther || !answers(route.text, path)) return [];
        const reason = `The server answers ${method} ${path} here, which the page had asked for before it failed.`;
        return [placed(source, call, { weight: 0.3 * FAR ** index, reason })];
      });
    }),
  );
}

/** `/products/:slug` answers `/api/products/oak-board`: routers are mounted below other paths. */
function answers(route: string, path: string): boolean {
  const pattern = route.split('/').filter(Boolean);
  const parts = path.split('/').filter(Boolean);
  if (pattern.length === 0 || pattern.length > parts.length || pattern.every(isHole)) return false;
  const end = parts.slice(-pattern.length);
  return pattern.every((part, index) => isHole(part) || part === end[index]);
}

function isHole(part: string): boolean {
  return part.startsWith(':') || part.startsWith('{') || part === '*';
}

function placed(source: SourceText, node: ts.Node, rest: Pick<Origin, 'weight' | 'reason'>): Origin {
  const fn = ts.isArrowFunction(node) || ts.isFunctionDeclaration(node) ? node : enclosingFunction(node);
  const name = fn && functionName(fn);
  const { line } = source.tree.getLineAndCharacterOfPosition(source.start(node));
  return { file: source.file, line: line + 1, ...(name !== undefined && { function: name }), ...rest };
}

/** The whole line, as a person finds it. */
function lineOf(source: SourceText, node: ts.Node): string {
  const start = source.start(node);
  const from = source.text.lastIndexOf('\n', start - 1) + 1;
  return (source.text.slice(from).split('\n', 1)[0] ?? '').trim().slice(0, 120);
}
