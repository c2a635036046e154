/** A component renders itself for ever: call when something happens, not while it is drawn, and run an effect once. */
import ts from 'typescript';
import { type Alternative, defineFixer } from '../harness/kit/fixer.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { enclosing, outermostFunction } from '../harness/kit/syntax.ts';

const ENDLESS = /Maximum update depth exceeded|Too many re-renders|Minified React error #(?:185|301)\b/;
/** What changes a component's state. */
const SETTER = /^(?:this\.)?(?:set[A-Z]\w*|setState|dispatch|forceUpdate)$/;

export const fixer = defineFixer({
  id: 'update-loop',
  summary: 'Component that renders itself for ever: call when something happens, and run an effect once.',
  example: {
    message: 'Too many re-renders. React limits the number of renders to prevent an infinite loop.',
    before: 'const Menu = () => <button onClick={setOpen(true)} />;',
    after: 'const Menu = () => <button onClick={() => setOpen(true)} />;',
  },
  *propose(suspect, source) {
    if (!ENDLESS.test(suspect.message)) return;
    const [here] = source.findOnLine(suspect, ts.isIdentifier, (node) => source.start(node));
    const component = (here && (enclosing(here, ts.isClassLike) ?? outermostFunction(here))) ?? source.tree;
    yield* calledWhileDrawn(source, component);
    yield* withoutDependencies(source, component);
  },
});

/** `onClick={setOpen(true)}` to `onClick={() => setOpen(true)}`. */
function* calledWhileDrawn(source: SourceText, component: ts.Node): Generator<Alternative> {
  for (const { name, initializer } of source.find(ts.isJsxAttribute, component)) {
    const call = initializer && ts.isJsxExpression(initializer) ? initializer.expression : undefined;
    if (!/^on[A-Z]/.test(source.textOf(name)) || call === undefined || !ts.isCallExpression(call)) continue;
    const callee = source.textOf(call.expression);
    if (/\.bind$|^use[A-Z]/.test(callee)) continue;
    const start = source.start(call);
    yield {
      edits: [{ start, end: start, text: '() => ' }],
      title: `call ${callee} when it happens, not while it is drawn`,
      confidence: SETTER.test(callee) ? 0.9 : 0.55,
    };
  }
}

/** `useEffect(() => setRows(…))` runs after every render: `[]` has it run once. */
function* withoutDependencies(source: SourceText, component: ts.Node): Generator<Alternative> {
  const isEffect = (node: ts.Node): node is ts.CallExpression =>
    ts.isCallExpression(node) && /^(?:React\.)?use(?:Layout)?Effect$/.test(source.textOf(node.expression));
  for (const effect of source.find(isEffect, component)) {
    const [callback, dependencies] = effect.arguments;
    if (callback === undefined || dependencies !== undefined) continue;
    const sets = source
      .find(ts.isCallExpression, callback)
      .some(({ expression }) => SETTER.test(source.textOf(expression)));
    if (!sets) continue;
    const end = callback.getEnd();
    yield { edits: [{ start: end, end, text: ', []' }], title: 'run the effect once', confidence: 0.7 };
  }
}
