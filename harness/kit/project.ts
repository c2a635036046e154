/** The app's sources as fixers see them: texts, who calls a name, who exports it, which keys are spelt alike. */
import ts from 'typescript';
import type { TypeService } from '../model/type-service.ts';
import type { Caller, Project } from './fixer.ts';
import { isPython, PythonSource } from './python/python-source.ts';
import { exportOf, functionsNamed, keysOf } from './scope.ts';
import { nearestNames } from './similar-names.ts';
import { isScript, SourceText } from './source-text.ts';

/** So many files are parsed for one question at most; a word that stands in more of them says nothing. */
const MOST_PARSED = 60;

export interface ProjectParts {
  /** The app's package.json. */
  readonly manifest?: string | undefined;
  readonly types?: TypeService | undefined;
}

/** Texts by path, relative to the app's root. Files are parsed when a question needs them, once. */
export function openProject(texts: ReadonlyMap<string, string>, { manifest = '', types }: ProjectParts = {}): Project {
  const sources = new Map<string, SourceText>();
  for (const file of [...texts.keys()].sort()) {
    const text = texts.get(file);
    if (text !== undefined && isScript(file)) sources.set(file, new SourceText(file, text, () => mayChain()));
  }
  const pythons = new Map<string, PythonSource>();
  for (const file of [...texts.keys()].filter(isPython).sort()) {
    pythons.set(file, new PythonSource(file, texts.get(file) ?? ''));
  }
  const files = [...sources.keys()];
  const words = new Map<string, ReadonlySet<string>>();

  function wordsOf(source: SourceText): ReadonlySet<string> {
    const known = words.get(source.file) ?? new Set(source.text.match(/[A-Za-z_$][\w$]*/g));
    words.set(source.file, known);
    return known;
  }

  function mentioning(name: string): SourceText[] {
    return [...sources.values()].filter((source) => wordsOf(source).has(name)).slice(0, MOST_PARSED);
  }

  const era = eraOf(manifest);
  let isChained: boolean | undefined;
  function usesChains(): boolean {
    isChained ??= [...sources.values()].some(({ text }) => /\?\.[\w$[(]/.test(text));
    return isChained;
  }
  function mayChain(): boolean {
    return era !== 'old' || usesChains();
  }

  return {
    get chains() {
      return era === 'modern' || usesChains();
    },
    types,
    files: () => files,
    source: (file) => sources.get(file),
    python: (file) => pythons.get(file),
    pythonFiles: () => [...pythons.keys()],
    callers: (name) =>
      mentioning(name).flatMap((source) => source.find(isCaller).flatMap((site) => callerOf(source, site, name))),
    functions: (name) =>
      mentioning(name).flatMap((source) => functionsNamed(source, name).map((fn) => ({ source, fn }))),
    reads: (name) =>
      mentioning(name)
        .filter(({ text }) => text.includes(`.${name}`))
        .flatMap((source) =>
          source
            .find(ts.isPropertyAccessExpression)
            .flatMap((access) => (access.name.text === name ? [{ source, access }] : [])),
        ),
    typesOf: (name) =>
      mentioning(name).flatMap((source) =>
        source.find(isDeclaredMember).flatMap((member) => {
          return member.type && member.name.getText(source.tree) === name ? [member.type] : [];
        }),
      ),
    exportsOf: (name) =>
      mentioning(name).flatMap((source) => {
        const kind = exportOf(source, name);
        return kind === undefined ? [] : [{ file: source.file, kind }];
      }),
    keysLike: (name, least) => {
      const all = new Set<string>();
      for (const source of sources.values()) for (const word of wordsOf(source)) all.add(word);
      return nearestNames(name, all, least)
        .slice(0, 12)
        .filter((word) => mentioning(word).some((source) => keysOf(source).has(word)));
    },
  };
}

function isDeclaredMember(node: ts.Node): node is ts.PropertySignature | ts.PropertyDeclaration {
  return ts.isPropertySignature(node) || ts.isPropertyDeclaration(node);
}

function isCaller(node: ts.Node): node is ts.CallExpression | ts.NewExpression | ts.JsxOpeningLikeElement {
  return ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isJsxOpeningLikeElement(node);
}

function callerOf(source: SourceText, site: Caller['site'], name: string): Caller[] {
  const callee = ts.isJsxOpeningLikeElement(site) ? site.tagName : site.expression;
  const called = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  return called === name ? [{ source, site }] : [];
}

/** From these versions on, the tools that build an app know `?.` and `??`: major and minor. */
const SINCE: Readonly<Record<string, readonly [major: number, minor: number]>> = {
  typescript: [3, 7],
  '@babel/core': [7, 8],
  '@babel/preset-env': [7, 8],
  'babel-core': [7, 8],
  'react-scripts': [3, 3],
  next: [9, 2],
  vite: [1, 0],
  node: [14, 0],
};

/** What a package.json tells of the syntax that an app may use; undefined where it names none of its tools. */
function eraOf(manifest: string): 'modern' | 'old' | undefined {
  const known = Object.entries(SINCE).flatMap(([name, [major, minor]]) => {
    const found = new RegExp(`"${name}"\\s*:\\s*"[^"\\d]*(\\d+)(?:\\.(\\d+))?`).exec(manifest);
    if (found === null) return [];
    const [own, part] = [Number(found[1]), Number(found[2] ?? 0)];
    return [own > major || (own === major && part >= minor)];
  });
  if (known.length === 0) return undefined;
  return known.includes(true) ? 'modern' : 'old';
}
