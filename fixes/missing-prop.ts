/** A component reads a prop that one of its users does not hand over: hand it over. */
import ts from 'typescript';
import { type Alternative, defineFixer, type Project } from '../harness/kit/fixer.ts';
import { missingValues } from '../harness/kit/missing-values.ts';
import { declarationOf, functionName } from '../harness/kit/scope.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { enclosing, isAccess, isAnyFunction, nameOf, rootOf } from '../harness/kit/syntax.ts';

export const fixer = defineFixer({
  id: 'missing-prop',
  summary: 'Prop that a component is not given: hand it over.',
  example: {
    message: "Cannot read properties of undefined (reading 'name')",
    before: 'function Badge({ user }) {\n  return <b>{user.name}</b>;\n}\nconst Page = ({ user }) => <Badge />;',
    after:
      'function Badge({ user }) {\n  return <b>{user.name}</b>;\n}\nconst Page = ({ user }) => <Badge user={user} />;',
  },
  *propose(suspect, source, project) {
    for (const { node } of missingValues(source, suspect, project).slice(0, 2)) {
      const prop = propOf(node);
      if (prop === undefined) continue;
      for (const { source: from, site } of project.callers(prop.component)) {
        if (!ts.isJsxOpeningLikeElement(site) || has(site, prop.name)) continue;
        yield* handedOver({ source: from, site, name: prop.name }, others(project, prop));
      }
    }
  },
});

interface Prop {
  readonly component: string;
  readonly name: string;
}

/** `user` of `function Badge({ user })`, or of `props.user` in one; undefined for what is no prop. */
function propOf(node: ts.Expression): Prop | undefined {
  const root = rootOf(node);
  if (root === undefined || !ts.isIdentifier(root)) return undefined;
  const declared = declarationOf(root, root.text);
  if (declared === undefined) return undefined;
  const parameter = ts.isBindingElement(declared) ? enclosing(declared, ts.isParameter) : declared;
  if (parameter === undefined || !ts.isParameter(parameter) || declared.initializer) return undefined;
  const fn = parameter.parent;
  const component = isAnyFunction(fn) ? functionName(fn) : undefined;
  if (component === undefined || !/^[A-Z]/.test(component) || fn.parameters[0] !== parameter) return undefined;
  if (ts.isBindingElement(declared)) {
    const key = declared.propertyName ?? declared.name;
    return ts.isIdentifier(key) ? { component, name: key.text } : undefined;
  }
  const read = firstMember(node, root);
  return read === undefined ? undefined : { component, name: read };
}

/** `user` of `props.user.name`. */
function firstMember(node: ts.Expression, root: ts.Node): string | undefined {
  for (let at: ts.Node = node; isAccess(at); at = at.expression) if (at.expression === root) return nameOf(at);
  return undefined;
}

function has(site: ts.JsxOpeningLikeElement, name: string): boolean {
  return site.attributes.properties.some((one) => ts.isJsxSpreadAttribute(one) || one.name.getText() === name);
}

/** What other users hand over for it. */
function others(project: Project, { component, name }: Prop): { text: string; root: string | undefined }[] {
  return project.callers(component).flatMap(({ source, site }) => {
    if (!ts.isJsxOpeningLikeElement(site)) return [];
    return site.attributes.properties.flatMap((one) => {
      if (!ts.isJsxAttribute(one) || one.name.getText(source.tree) !== name || !one.initializer) return [];
      const value = ts.isJsxExpression(one.initializer) ? one.initializer.expression : undefined;
      const root = value && rootOf(value);
      return value && root ? [{ text: source.textOf(value), root: ts.isIdentifier(root) ? root.text : undefined }] : [];
    });
  });
}

function* handedOver(
  { source, site, name }: { source: SourceText; site: ts.JsxOpeningLikeElement; name: string },
  known: readonly { text: string; root: string | undefined }[],
): Generator<Alternative> {
  const own = declarationOf(site, name) === undefined ? [] : [name];
  const alike = known
    .filter(({ root }) => root !== undefined && declarationOf(site, root) !== undefined)
    .map(({ text }) => text);
  // What a component gets itself as `props`, it may hand on.
  const held = declarationOf(site, 'props') === undefined ? [] : [`props.${name}`];
  const at = site.attributes.properties.at(-1)?.getEnd() ?? site.typeArguments?.end ?? site.tagName.getEnd();
  for (const [index, value] of [...new Set([...own, ...alike, ...held])].slice(0, 2).entries()) {
    yield {
      edits: [{ file: source.file, start: at, end: at, text: ` ${name}={${value}}` }],
      title: `hand ${name} over to ${site.tagName.getText()}`,
      confidence: 0.65 - 0.15 * index,
    };
  }
}
