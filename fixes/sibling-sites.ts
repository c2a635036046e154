/** One value is missing at several places that fail alike: mend all of them in one patch. */

import ts from 'typescript';
import { chainOptionally, mayChain, withConjunct, withDefault } from '../harness/kit/edits.ts';
import { type Alternative, defineFixer, type FixerEdit, type Project } from '../harness/kit/fixer.ts';
import { missingValues, nullishReads } from '../harness/kit/missing-values.ts';
import { declarationOf } from '../harness/kit/scope.ts';
import { likeReads, nullishLinks, readsInOtherMethods, twinsOf, unguardedSites } from '../harness/kit/sites.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { substitutesFor } from '../harness/kit/substitutes.ts';
import { type Access, chainAround, enclosingFunction, isAccess, nameOf, pathOf } from '../harness/kit/syntax.ts';
import { conditionAround, defaultFor, needOf } from '../harness/kit/uses.ts';

export const fixer = defineFixer({
  id: 'sibling-sites',
  summary: 'Missing value that is read at several places: mend all of them alike.',
  example: {
    message: "Cannot read properties of undefined (reading 'name')",
    before: 'const a = order.customer.name;\nconst b = order.customer.email;',
    after: 'const a = order.customer?.name;\nconst b = order.customer?.email;',
  },
  *propose(suspect, source, project) {
    const habit = project.chains ? 1 : 0.4;
    for (const access of nullishReads(source, suspect).slice(0, 2)) {
      const path = pathOf(source, access.expression);
      if (path === undefined || path === 'this' || !mayChain(chainAround(access))) continue;
      yield* chained(source, unguardedSites(source, access), {
        project,
        title: `read ${path} only where it is there`,
        habit,
      });
      const inClass = readsInOtherMethods(source, access);
      if (inClass.length > unguardedSites(source, access).length)
        yield* chained(source, inClass, { project, title: `read ${path} only where it is there`, habit: habit * 0.75 });
      yield* twins(source, access, { path, habit });
      const alike = likeReads(source, access);
      yield* chained(source, alike, { project, title: `read ${nameOf(access) ?? 'it'} only of what is there`, habit });
      yield* guarded(source, alike);
    }
    for (const { node, shape } of missingValues(source, suspect, project).slice(0, 2)) {
      if (ts.isIdentifier(node) && shape !== undefined)
        yield* atTwinDeclarations(source, node, defaultFor(shape, source.style.quote));
    }
  },
});

function* chained(
  source: SourceText,
  sites: readonly Access[],
  { title, habit, project }: { title: string; habit: number; project: Project },
): Generator<Alternative> {
  if (sites.length < 2) return;
  const rationale = `${sites.length} places fail alike.`;
  const plain = sites.map((site) => chainOptionally(source, site));
  const defaults = distinct(sites.map(chainAround)).flatMap((chain) => {
    const need = needOf(source, chain);
    const value = need ? defaultFor(need, source.style.quote) : substitutesFor(source, chain, project)[0]?.value;
    return value === undefined ? [] : withDefault(source, chain, value);
  });
  if (defaults.length > 0) yield { edits: [...plain, ...defaults], title, rationale, confidence: 0.65 * habit };
  yield { edits: plain, title, rationale, confidence: (defaults.length > 0 ? 0.45 : 0.8) * habit };
  const near = sites.filter((site) => enclosingFunction(site) === enclosingFunction(sites[0] ?? site));
  const together = sites.filter((site) => expressionAround(site) === expressionAround(sites[0] ?? site));
  if (together.length > 1 && together.length < near.length) {
    yield { edits: together.map((site) => chainOptionally(source, site)), title, rationale, confidence: 0.55 * habit };
  }
  const links = near.flatMap((site) => nullishLinks(source, site));
  if (links.length > near.length && near.length > 1) {
    yield {
      edits: distinct(links).map((link) => chainOptionally(source, link)),
      title,
      rationale,
      confidence: 0.4 * habit,
    };
  }
  if (near.length > 1 && near.length < sites.length) {
    yield { edits: near.map((site) => chainOptionally(source, site)), title, rationale, confidence: 0.5 * habit };
  }
}

/** The same callback or statement stands elsewhere in the file. */
function* twins(
  source: SourceText,
  access: Access,
  { path, habit }: { path: string; habit: number },
): Generator<Alternative> {
  const sites = twinsOf(source, access);
  // Reads of one variable are one value's: those are mended above.
  const isFound = unguardedSites(source, access).length >= sites.length;
  if (sites.length < 2 || isFound) return;
  yield {
    edits: sites.map((site) => chainOptionally(source, site)),
    title: `read ${path} only where it is there`,
    rationale: `The same code stands at ${sites.length} places.`,
    confidence: 0.8 * habit,
  };
}

/** `a.length > 0 || b.length > 0` to `(a && a.length > 0) || (b && b.length > 0)`. */
function* guarded(source: SourceText, sites: readonly Access[]): Generator<Alternative> {
  const conditions = sites.map((site) => conditionAround(chainAround(site)));
  if (sites.length < 2 || conditions.some((one) => one === undefined)) return;
  const edits: FixerEdit[] = conditions.flatMap((condition, index) => {
    const site = sites[index];
    return condition && site ? withConjunct(source, condition, source.textOf(site.expression)) : [];
  });
  yield {
    edits,
    title: `use ${sites.map((site) => source.textOf(site.expression)).join(' and ')} only where they are there`,
    confidence: 0.45,
  };
}

/** `const errors = this.state.errors` stands in two methods: both get the default. */
function* atTwinDeclarations(source: SourceText, name: ts.Identifier, value: string): Generator<Alternative> {
  const declared = declarationOf(name, name.text);
  if (
    declared === undefined ||
    !ts.isVariableDeclaration(declared) ||
    !declared.initializer ||
    !isAccess(declared.initializer)
  )
    return;
  const text = source.textOf(declared.initializer);
  const twins = source
    .find(ts.isVariableDeclaration)
    .flatMap(({ initializer, name: other }) =>
      initializer && source.textOf(initializer) === text && ts.isIdentifier(other) ? [initializer] : [],
    );
  if (twins.length < 2) return;
  yield {
    edits: twins.flatMap((twin) => withDefault(source, twin, value)),
    title: `use ${value} where ${text} is missing`,
    confidence: 0.5,
  };
}

/** The whole expression that a node is a part of, within its function. */
function expressionAround(node: ts.Expression): ts.Expression {
  const { parent } = node;
  return ts.isExpression(parent) && !ts.isFunctionExpression(parent) && !ts.isArrowFunction(parent)
    ? expressionAround(parent)
    : node;
}

function distinct<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
