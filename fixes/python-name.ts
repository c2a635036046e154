/** A name that Python does not know: import it, or write the one that is meant. */
import { type Alternative, definePythonFixer, type Project } from '../harness/kit/fixer.ts';
import type { PythonSource, SyntaxNode } from '../harness/kit/python/python-source.ts';
import { around, attributeOf } from '../harness/kit/python/python-syntax.ts';
import { nearestNames } from '../harness/kit/similar-names.ts';

const UNKNOWN = /name '(?<name>\w+)' is not defined/;
const UNBOUND =
  /local variable '(?<name>\w+)' (?:referenced before assignment|where it is not associated)|cannot access (?:local|free) variable '(?<local>\w+)'/;
const NO_ATTRIBUTE = /'(?<type>\w+)' object has no attribute '(?<name>\w+)'/;
const NO_MODULE_ATTRIBUTE = /module '[\w.]+' has no attribute '(?<name>\w+)'/;
/** What newer Pythons say themselves. */
const MEANT = /Did you mean:? '(?<meant>\w+)'/;

const MODULES = new Set(
  'abc argparse asyncio base64 bisect calendar collections copy csv datetime decimal enum functools glob hashlib heapq html io itertools json logging math operator os pathlib random re secrets shutil sqlite3 statistics string subprocess sys tempfile textwrap threading time traceback typing unicodedata urllib uuid zlib'.split(
    ' ',
  ),
);

export const fixer = definePythonFixer({
  id: 'python-name',
  summary: 'Name that Python does not know: import it, or write the one that is meant.',
  example: {
    message: "name 'json' is not defined",
    before: 'import os\n\nrows = json.loads(text)\n',
    after: 'import os\nimport json\n\nrows = json.loads(text)\n',
  },
  *propose(suspect, source, project) {
    const { message, line } = suspect;
    const meant = MEANT.exec(message)?.groups?.meant;
    const name = UNKNOWN.exec(message)?.groups?.name;
    if (name !== undefined) {
      const isImported = new RegExp(`^(?:from .+ )?import (?:.*\\W)?${name}\\b`, 'm').test(source.text);
      if (MODULES.has(name) && !isImported) yield imported(source, `import ${name}`, 0.9);
      for (const file of isImported ? [] : definers(project, source.file, name)) {
        yield imported(source, `from ${moduleOf(source, file)} import ${name}`, 0.8);
      }
      yield* renamed(
        source,
        namesOn(source, line, name),
        meant ? [meant] : nearestNames(name, variablesNear(source, line), 0.6),
      );
    }
    const { name: early, local } = UNBOUND.exec(message)?.groups ?? {};
    const unset = early ?? local;
    if (unset !== undefined) yield* setFirst(source, line, unset);
    const attribute = (NO_ATTRIBUTE.exec(message) ?? NO_MODULE_ATTRIBUTE.exec(message))?.groups;
    if (attribute?.name !== undefined && attribute.type !== 'NoneType') {
      const read = source.onLine(line, ['MemberExpression']).flatMap((node) => {
        const property = node.getChild('PropertyName');
        return property && attributeOf(source, node) === attribute.name ? [property] : [];
      });
      yield* renamed(source, read, meant ? [meant] : nearestNames(attribute.name, attributesOf(project), 0.6));
    }
  },
});

/** Files whose top level defines the name. */
function definers(project: Project, own: string, name: string): string[] {
  const defines = new RegExp(`^(?:async def|def|class) ${name}\\b|^${name}\\s*(?::[^=]*)?=`, 'm');
  return project
    .pythonFiles()
    .filter((file) => file !== own && defines.test(project.python(file)?.text ?? ''))
    .slice(0, 2);
}

/** As the file imports its neighbours: with dots where it does so elsewhere. */
function moduleOf(source: PythonSource, file: string): string {
  const path = file.replace(/(?:\/__init__)?\.pyi?$/, '');
  const folder = source.file.includes('/') ? source.file.slice(0, source.file.lastIndexOf('/')) : '';
  const isRelative = /^from \./m.test(source.text);
  if (isRelative && folder !== '' && path.startsWith(`${folder}/`))
    return `.${path.slice(folder.length + 1).replaceAll('/', '.')}`;
  return path.replaceAll('/', '.');
}

/** Below the last import of the file's head, else on its first line behind the docstring. */
function imported(source: PythonSource, text: string, confidence: number): Alternative {
  const imports = source.find(['ImportStatement']).filter((node) => node.parent?.name === 'Script');
  const last = imports.at(-1);
  const first = source.tree.topNode.firstChild;
  const doc = first?.name === 'ExpressionStatement' && first.firstChild?.name === 'String' ? first : undefined;
  const after = last ?? doc;
  const at = after?.to ?? 0;
  const isFuture = after === undefined;
  return {
    edits: [{ start: at, end: at, text: isFuture ? `${text}\n` : `\n${text}` }],
    title: text,
    confidence,
  };
}

function namesOn(source: PythonSource, line: number, name: string): SyntaxNode[] {
  return source.onLine(line, ['VariableName']).filter((node) => source.textOf(node) === name);
}

function* renamed(
  source: PythonSource,
  nodes: readonly SyntaxNode[],
  names: readonly string[],
): Generator<Alternative> {
  if (nodes.length === 0) return;
  for (const [index, name] of names.slice(0, 3).entries()) {
    yield {
      edits: nodes.map(({ from, to }) => ({ start: from, end: to, text: name })),
      title: `write ${name} instead of ${nodes[0] ? source.textOf(nodes[0]) : ''}`,
      confidence: 0.7 - 0.15 * index,
    };
  }
}

/** Names that are set or handed over anywhere in the file, which is as much as a slip needs. */
function variablesNear(source: PythonSource, line: number): string[] {
  const own = new Set(source.onLine(line, ['VariableName']).map(({ from }) => from));
  return source
    .find(['VariableName'])
    .filter(({ from }) => !own.has(from))
    .map((node) => source.textOf(node));
}

function attributesOf(project: Project): string[] {
  const names = project.pythonFiles().flatMap((file) => {
    const source = project.python(file);
    if (source === undefined) return [];
    const methods = source.find(['FunctionDefinition']).flatMap((node) => {
      const name = node.getChild('VariableName');
      return name && around(node, new Set(['ClassDefinition'])) ? [source.textOf(name)] : [];
    });
    const set = source.find(['AssignStatement']).flatMap((node) => {
      const target = node.firstChild;
      const name = target ? attributeOf(source, target) : undefined;
      const isField = target?.name === 'VariableName' && node.parent?.parent?.name === 'ClassDefinition';
      return name !== undefined ? [name] : isField ? [source.textOf(target)] : [];
    });
    return [...methods, ...set];
  });
  return [...new Set(names)];
}

/** `total = None` in front of the branches that set it. */
function* setFirst(source: PythonSource, line: number, name: string): Generator<Alternative> {
  const [used] = namesOn(source, line, name);
  const fn = used && around(used, new Set(['FunctionDefinition']));
  const body = fn?.getChild('Body');
  const set =
    body &&
    source.find(['AssignStatement'], body).find(({ firstChild }) => firstChild && source.textOf(firstChild) === name);
  if (!body || !set || set.parent?.from === body.from) return;
  let outer: SyntaxNode = set;
  while (outer.parent && outer.parent.from !== body.from) outer = outer.parent;
  yield {
    edits: [{ start: outer.from, end: outer.from, text: `${name} = None\n${source.indentOf(outer)}` }],
    title: `set ${name} before the branches that may leave it out`,
    confidence: 0.6,
  };
}
