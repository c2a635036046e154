/** A browser lacks a newer function: write it as browsers have always understood. */
import ts from 'typescript';
import { type Alternative, defineFixer, type FixerEdit } from '../harness/kit/fixer.ts';
import { callsNamed } from '../harness/kit/missing-values.ts';
import { lastName, readMessage } from '../harness/kit/read-message.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { isAccess, pathOf } from '../harness/kit/syntax.ts';

export const fixer = defineFixer({
  id: 'browser-compat',
  summary: 'Function that some browsers lack: write it as all of them understand.',
  example: {
    message: 'text.replaceAll is not a function',
    before: "const slug = text.replaceAll(' ', '-');",
    after: "const slug = text.replace(/ /g, '-');",
  },
  *propose(suspect, source) {
    const complaint = readMessage(suspect.message);
    if (complaint.kind === 'not-a-function') {
      const name = lastName(complaint.path);
      for (const call of callsNamed(source, suspect, name).slice(0, 2)) {
        const edits = rewritten(source, call, name);
        if (edits) yield { edits, title: `write ${name} as all browsers understand it`, confidence: 0.75 };
      }
    }
    if (complaint.kind === 'not-defined') yield* whereDefined(source, suspect.line, complaint.name);
  },
});

type Rewriting = (source: SourceText, call: ts.CallExpression, receiver: string) => FixerEdit[] | undefined;

const NEWER: Readonly<Record<string, Rewriting>> = {
  replaceAll: (source, call) => {
    const [pattern] = call.arguments;
    if (pattern === undefined || !isAccess(call.expression) || !ts.isPropertyAccessExpression(call.expression))
      return undefined;
    const name = { start: source.start(call.expression.name), end: call.expression.name.getEnd(), text: 'replace' };
    // A pattern is global by itself, else the newer function would refuse it.
    if (ts.isRegularExpressionLiteral(pattern)) return [name];
    if (!ts.isStringLiteralLike(pattern) || pattern.text === '' || /[\n\r]/.test(pattern.text)) return undefined;
    return [name, { start: source.start(pattern), end: pattern.getEnd(), text: `/${escaped(pattern.text)}/g` }];
  },
  at: (source, call, receiver) => {
    const [index] = call.arguments;
    if (index === undefined) return undefined;
    const text = source.textOf(index);
    return whole(source, call, `${receiver}[${/^-\d+$/.test(text) ? `${receiver}.length - ${text.slice(1)}` : text}]`);
  },
  hasOwn: (source, call) => {
    const [object, key] = call.arguments;
    if (object === undefined || key === undefined) return undefined;
    return whole(source, call, `Object.prototype.hasOwnProperty.call(${source.textOf(object)}, ${source.textOf(key)})`);
  },
  toSorted: (source, call, receiver) => copied(source, call, { receiver, name: 'sort' }),
  toReversed: (source, call, receiver) => copied(source, call, { receiver, name: 'reverse' }),
  findLast: (source, call, receiver) => copied(source, call, { receiver, name: 'reverse', next: 'find' }),
};

function rewritten(source: SourceText, call: ts.CallExpression, name: string): FixerEdit[] | undefined {
  if (!isAccess(call.expression)) return undefined;
  const receiver = pathOf(source, call.expression.expression);
  const rewrite = Object.hasOwn(NEWER, name) ? NEWER[name] : undefined;
  // What is calculated must not be calculated twice.
  if (rewrite === undefined || (receiver === undefined && name !== 'replaceAll')) return undefined;
  return rewrite(source, call, source.textOf(call.expression.expression));
}

function whole(source: SourceText, call: ts.CallExpression, text: string): FixerEdit[] {
  return [{ start: source.start(call), end: call.getEnd(), text }];
}

/** `[...list].sort(…)` for a list that must stay as it is. */
function copied(
  source: SourceText,
  call: ts.CallExpression,
  { receiver, name, next }: { receiver: string; name: string; next?: string },
): FixerEdit[] {
  const given = call.arguments.map((one) => source.textOf(one)).join(', ');
  return whole(source, call, `[...${receiver}].${name}(${next ? `).${next}(` : ''}${given})`);
}

/** `structuredClone(data)`, `new ResizeObserver(…)`: another way, or only where it is there. */
function* whereDefined(source: SourceText, line: number, name: string): Generator<Alternative> {
  const isCall = (node: ts.Node): node is ts.CallExpression | ts.NewExpression =>
    (ts.isCallExpression(node) || ts.isNewExpression(node)) && source.textOf(node.expression) === name;
  for (const call of source.findOnLine({ line }, isCall, (node) => source.start(node)).slice(0, 1)) {
    const [first] = call.arguments ?? [];
    if (name === 'structuredClone' && first) {
      const text = `JSON.parse(JSON.stringify(${source.textOf(first)}))`;
      yield {
        edits: [{ start: source.start(call), end: call.getEnd(), text }],
        title: 'copy by way of JSON',
        confidence: 0.6,
      };
      continue;
    }
    // Only the browser's own: other names are slips, or imports that are missing.
    const statement = ts.isExpressionStatement(call.parent) ? call.parent : undefined;
    if (!/^(?:[A-Z]\w+Observer|requestIdleCallback|queueMicrotask|scheduler)$/.test(name) || statement === undefined)
      continue;
    if (source.line(line).includes(`typeof ${name}`)) continue;
    const { quote } = source.style;
    const at = source.start(statement);
    const text = `if (typeof ${name} !== ${quote}undefined${quote}) `;
    yield {
      edits: [{ start: at, end: at, text }],
      title: `use ${name} only where the browser has it`,
      confidence: 0.6,
    };
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
