/** Every patch of every fixer's table behind its switch is, where it is selected, the patch itself. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { syntaxErrors } from '../harness/kit/apply-edits.ts';
import { resultsOf } from '../harness/kit/fixer-table.ts';
import type { Patch } from '../harness/model/patch.ts';
import { SELECT, switchedTree } from '../harness/validation/together/switched-tree.ts';
import { readTables } from './read-tables.ts';

const rows = (await readTables()).filter(({ fixer }) => fixer.language !== 'python');

function patchesOf({ fixer, told, before }: (typeof rows)[number]): { patch: Patch; after: string; before: string }[] {
  return resultsOf(fixer, told, before).map(({ file, edits, text, before: old }, index) => ({
    patch: {
      id: String(index),
      issue: 'APP-1',
      suspect: 's1',
      fixer: fixer.id,
      title: '',
      rationale: '',
      edits: edits.map((edit) => ({ ...edit, file })),
      newFiles: [],
      score: 0.5,
      diff: '',
    },
    after: text,
    before: old,
  }));
}

/** The text that runs where patch `number` is selected; without a number where none is. */
function selected(text: string, number?: number): string {
  const tree = ts.createSourceFile('x.tsx', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const print = (from: number, to: number, nodes: readonly ts.Node[]): string => {
    let result = '';
    let at = from;
    for (const node of nodes) {
      result += text.slice(at, node.getFullStart()) + of(node);
      at = node.end;
    }
    return result + text.slice(at, to);
  };
  const childrenOf = (node: ts.Node): ts.Node[] => {
    const nodes: ts.Node[] = [];
    node.forEachChild((child) => void nodes.push(child));
    return nodes;
  };
  const inner = (node: ts.Node): string => {
    const [start, end] = [node.getStart(tree) + 1, node.end - 1];
    return print(start, end, childrenOf(node));
  };
  const lead = (node: ts.Node): string => text.slice(node.getFullStart(), node.getStart(tree));
  const isChosen = (condition: ts.Expression): boolean | undefined => {
    const [, asked] =
      new RegExp(`^Reflect\\.get\\(globalThis, '${SELECT}'\\)\\?\\.\\((\\d+)\\)$`).exec(condition.getText(tree)) ?? [];
    return asked === undefined ? undefined : Number(asked) === number;
  };
  const of = (node: ts.Node): string => {
    if (ts.isIfStatement(node) && node.elseStatement) {
      const chosen = isChosen(node.expression);
      if (chosen === true) return lead(node) + inner(node.thenStatement);
      if (chosen === false) {
        return lead(node) + (ts.isBlock(node.elseStatement) ? inner(node.elseStatement) : of(node.elseStatement));
      }
    }
    if (ts.isParenthesizedExpression(node) && ts.isConditionalExpression(node.expression)) {
      let choice: ts.Expression = node.expression;
      while (ts.isConditionalExpression(choice) && isChosen(choice.condition) !== undefined) {
        choice = isChosen(choice.condition) ? choice.whenTrue : choice.whenFalse;
      }
      if (choice !== node.expression)
        return lead(node) + (ts.isParenthesizedExpression(choice) ? inner(choice) : choice.getText(tree));
    }
    return print(node.getFullStart(), node.end, childrenOf(node));
  };
  return print(0, text.length, [...tree.statements]);
}

/** Without white space, and without what is said in more words only: a default of `undefined`, and a block around the value that an arrow returns. */
function normal(text: string): string {
  return text
    .replaceAll(/\s+/g, '')
    .replaceAll(/=undefined(?=[,)}:])/g, '')
    .replaceAll(/=>\{return\(([^;]*)\);\}/g, '=>$1');
}

test('runs as the patch where it is selected, and as the original where none is', () => {
  const wrong: string[] = [];
  let [together, all] = [0, 0];
  for (const row of rows) {
    const made = patchesOf(row);
    const texts = new Map(made.map(({ patch, before }) => [patch.edits[0]?.file ?? '', before]));
    const { files, shared } = switchedTree(
      made.map(({ patch }) => patch),
      (file) => texts.get(file),
    );
    together += shared.length;
    all += made.length;
    for (const [file, probed] of files) {
      const text = probed.replace(/\n;Reflect.get\(globalThis, '\w+'\)\?\.\(\d{7}\);\n$/, '');
      expect(text).not.toBe(probed);
      const before = texts.get(file) ?? '';
      if (syntaxErrors(file, text) > syntaxErrors(file, before)) wrong.push(`${row.name}\n${text}`);
      shared.forEach((patch, number) => {
        const one = made.find((other) => other.patch === patch);
        if (one?.patch.edits[0]?.file !== file || /^import /m.test(text)) return;
        const got = normal(selected(text, number));
        if (got !== normal(one.after)) wrong.push(`${row.name}\n${got}\n${normal(one.after)}\n`);
      });
      if (!/^import /m.test(text) && normal(selected(text)) !== normal(before))
        wrong.push(`${row.name}: base\n${text}\n${selected(text)}`);
    }
  }

  expect(wrong.slice(0, 3)).toEqual([]);
  expect(together / all).toBeGreaterThan(0.9);
}, 240_000);
