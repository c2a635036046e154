/** A name is used that another module exports: import it, as the file's other imports are written. */
import { dirname, relative } from 'node:path/posix';
import ts from 'typescript';
import {
  type Alternative,
  defineFixer,
  type FixerEdit,
  type FixerSuspect,
  type Project,
} from '../harness/kit/fixer.ts';
import { lastName, readMessage } from '../harness/kit/read-message.ts';
import { resolveModule } from '../harness/kit/resolve-module.ts';
import { exportOf, exportsIn, importedNames, importsOf, moduleOf } from '../harness/kit/scope.ts';
import type { SourceText } from '../harness/kit/source-text.ts';

export const fixer = defineFixer({
  id: 'missing-import',
  summary: 'Name that another module exports: import it.',
  example: {
    message: 'formatPrice is not defined',
    before: "import { pad } from './pad.ts';\nexport const label = formatPrice(3);",
    after: "import { formatPrice, pad } from './pad.ts';\nexport const label = formatPrice(3);",
  },
  *propose(suspect, source, project) {
    yield* otherKind(suspect, source, project);
    const complaint = readMessage(suspect.message);
    const name = complaint.kind === 'not-defined' ? complaint.name : undefined;
    if (name === undefined || importsOf(source).some((declaration) => importedNames(declaration).includes(name)))
      return;
    for (const { module, kind, confidence } of whereFrom(name, source, project)) {
      yield { edits: [importEdit(source, { name, module, kind })], title: `import ${name} from ${module}`, confidence };
    }
  },
});

const NOT_EXPORTED = /does not provide an export named '(?<name>[^']+)'/;

/** `import { price }` of a module whose default it is, and the other way round. */
function* otherKind(suspect: FixerSuspect, source: SourceText, project: Project): Generator<Alternative> {
  const complaint = readMessage(suspect.message);
  const called = complaint.kind === 'not-a-function' ? lastName(complaint.path) : undefined;
  const wanted = NOT_EXPORTED.exec(suspect.message)?.groups?.name ?? called;
  if (wanted === undefined) return;
  for (const declaration of importsOf(source)) {
    const { importClause: clause } = declaration;
    const module = resolveModule(project, source.file, moduleOf(declaration));
    if (clause === undefined || module === undefined) continue;
    const all = exportsIn(module);
    const hasDefault = all.some(({ kind }) => kind === 'default') || exportsDefault(module);
    const bindings = clause.namedBindings;
    const replaced = (text: string): FixerEdit[] => [{ start: source.start(clause), end: clause.getEnd(), text }];
    const bound = wanted === 'default' ? clause.name?.text : wanted;
    const title = `import ${bound ?? wanted} as its module exports it`;
    if (clause.name && !bindings && !hasDefault && all.some(({ name }) => name === clause.name?.text)) {
      if (wanted === 'default' || wanted === clause.name.text)
        yield { edits: replaced(`{ ${clause.name.text} }`), title, confidence: 0.9 };
    }
    const [only, ...more] = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
    const isAlone = only !== undefined && more.length === 0 && clause.name === undefined && !only.propertyName;
    if (
      isAlone &&
      only.name.text === wanted &&
      hasDefault &&
      !all.some((one) => one.name === wanted && one.kind === 'named')
    )
      yield { edits: replaced(wanted), title, confidence: 0.9 };
  }
}

/** `export default` of whatever has no name. */
function exportsDefault(source: SourceText): boolean {
  return source.tree.statements.some((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    return ts.isExportAssignment(statement) || modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
  });
}

interface Origin {
  readonly module: string;
  readonly kind: 'named' | 'default';
  readonly confidence: number;
}

/** Modules of the app that export the name, then those from which other files import it, then those of the file's own imports. */
function* whereFrom(name: string, source: SourceText, project: Project): Generator<Origin> {
  const offered = new Set<string>();
  for (const file of project.files()) {
    const other = file === source.file ? undefined : project.source(file);
    const kind = other && exportOf(other, name);
    if (kind === undefined) continue;
    const module = specifier(source, file);
    offered.add(module);
    yield { module, kind, confidence: 0.9 };
  }
  for (const file of project.files()) {
    const other = file === source.file ? undefined : project.source(file);
    for (const declaration of other ? importsOf(other) : []) {
      if (!importedNames(declaration).includes(name)) continue;
      const module = moduleOf(declaration);
      if (module.startsWith('.') || offered.has(module)) continue;
      offered.add(module);
      yield { module, kind: declaration.importClause?.name?.text === name ? 'default' : 'named', confidence: 0.85 };
    }
  }
  if (offered.size > 0) return;
  for (const declaration of importsOf(source)) {
    const bindings = declaration.importClause?.namedBindings;
    if (bindings && ts.isNamedImports(bindings))
      yield { module: moduleOf(declaration), kind: 'named', confidence: 0.4 };
  }
}

/** With the endings and the alias-free relative form that the file itself uses. */
function specifier(source: SourceText, target: string): string {
  const path = relative(dirname(source.file), target);
  const module = path.startsWith('.') ? path : `./${path}`;
  const known = importsOf(source)
    .map(moduleOf)
    .filter((one) => one.startsWith('.'));
  const keepsEnding = known.length === 0 || known.some((one) => /\.[cm]?[jt]sx?$/.test(one));
  if (!keepsEnding) return module.replace(/(?:\/index)?\.[cm]?[jt]sx?$/, '');
  return known.some((one) => /\.js$/.test(one)) ? module.replace(/\.tsx?$/, '.js') : module;
}

function importEdit(
  source: SourceText,
  { name, module, kind }: { name: string; module: string; kind: Origin['kind'] },
): FixerEdit {
  const same = importsOf(source).find(
    (declaration) => moduleOf(declaration) === module && !declaration.importClause?.isTypeOnly,
  );
  const bindings = same?.importClause?.namedBindings;
  if (kind === 'named' && bindings && ts.isNamedImports(bindings)) return addToList(source, bindings, name);
  const { quote, semicolon, newline } = source.style;
  const line = `import ${kind === 'named' ? `{ ${name} }` : name} from ${quote}${module}${quote}${semicolon}`;
  const last = importsOf(source).at(-1);
  if (last) return { start: last.getEnd(), end: last.getEnd(), text: `${newline}${line}` };
  return { start: 0, end: 0, text: `${line}${newline}` };
}

/** In its alphabetical place where the list is sorted, else at the end. */
function addToList(source: SourceText, bindings: ts.NamedImports, name: string): FixerEdit {
  const names = bindings.elements.map((element) => element.name.text);
  const isSorted = names.every((one, index) => index === 0 || (names[index - 1] ?? '').localeCompare(one) <= 0);
  const next = isSorted ? bindings.elements.find((element) => element.name.text.localeCompare(name) > 0) : undefined;
  if (next) return { start: source.start(next), end: source.start(next), text: `${name}, ` };
  const last = bindings.elements.at(-1);
  if (last) return { start: last.getEnd(), end: last.getEnd(), text: `, ${name}` };
  return { start: bindings.getStart(source.tree), end: bindings.getEnd(), text: `{ ${name} }` };
}
