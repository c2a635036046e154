/** Imports that a patched file has and the original has not: they do no harm to the other patches of a tree. */
import ts from 'typescript';
import type { SourceText } from '../../kit/source-text.ts';

export interface AddedImport {
  /** One declaration that binds just this name. */
  readonly statement: string;
  readonly name: string;
}

/** Undefined where something is no longer imported, or imported from elsewhere. */
export function addedImports(before: SourceText, after: SourceText): AddedImport[] | undefined {
  const [old, now] = [bindingsOf(before), bindingsOf(after)];
  const statements = new Set(now.map(({ statement }) => statement));
  if (old.some(({ statement }) => !statements.has(statement))) return undefined;
  const known = new Set(old.map(({ statement }) => statement));
  return now.filter(({ statement }) => !known.has(statement));
}

function bindingsOf({ tree }: SourceText): AddedImport[] {
  return tree.statements.filter(ts.isImportDeclaration).flatMap(({ importClause, moduleSpecifier }) => {
    const from = moduleSpecifier.getText(tree);
    if (importClause === undefined) return [{ statement: `import ${from};`, name: '' }];
    const only = importClause.isTypeOnly ? 'type ' : '';
    const { name, namedBindings } = importClause;
    const bound = (text: string, local: ts.Identifier): AddedImport => ({
      statement: `import ${only}${text} from ${from};`,
      name: local.text,
    });
    const whole = name ? [bound(name.text, name)] : [];
    if (namedBindings === undefined) return whole;
    if (ts.isNamespaceImport(namedBindings)) {
      return [...whole, bound(`* as ${namedBindings.name.text}`, namedBindings.name)];
    }
    return [...whole, ...namedBindings.elements.map((one) => bound(`{ ${one.getText(tree)} }`, one.name))];
  });
}
