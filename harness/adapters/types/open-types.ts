/** TypeScript's language service over the app's sources: its own fixes for a line, and the errors that a patch would bring. */
import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { Edit } from '../../model/patch.ts';
import { surplusOf } from '../../model/surplus.ts';
import type { CodeFix, Habits, TypeService } from '../../model/type-service.ts';

export interface TypeSources {
  /** The app's root on disk: where tsconfig.json and node_modules lie. */
  readonly root: string;
  /** Texts at the base commit by path, relative to the root. */
  readonly texts: ReadonlyMap<string, string>;
}

const SCRIPT = /\.[cm]?[jt]sx?$/;

/** Opens nothing before the first question, which takes a second or more; later ones take milliseconds. */
export function openTypes({ root, texts }: TypeSources): TypeService {
  const project = readConfig(root);
  const edited = new Map<string, string>();
  const versions = new Map<string, number>();
  const pathOf = (file: string): string => join(root, file);
  const fileOf = (path: string): string => (path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path);
  const textOf = (path: string): string | undefined => edited.get(fileOf(path)) ?? texts.get(fileOf(path));
  const scripts = [...texts.keys()].filter((file) => SCRIPT.test(file));
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => project.options,
    getScriptFileNames: () => scripts.map(pathOf),
    getScriptVersion: (path) => String(versions.get(fileOf(path)) ?? 0),
    getScriptSnapshot: (path) => {
      const text = textOf(path) ?? ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (path) => textOf(path) !== undefined || ts.sys.fileExists(path),
    readFile: (path) => textOf(path) ?? ts.sys.readFile(path),
    readDirectory: ts.sys.readDirectory,
    directoryExists: (path) =>
      ts.sys.directoryExists(path) || scripts.some((file) => pathOf(file).startsWith(`${path}/`)),
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath && { realpath: ts.sys.realpath }),
  };
  let opened: ts.LanguageService | undefined;
  const service = (): ts.LanguageService => {
    opened ??= ts.createLanguageService(host, ts.createDocumentRegistry());
    return opened;
  };
  const write = (file: string, text: string | undefined): void => {
    if (text === undefined) edited.delete(file);
    else edited.set(file, text);
    versions.set(file, (versions.get(file) ?? 0) + 1);
  };
  const errorsIn = (file: string): readonly string[] =>
    service()
      .getSemanticDiagnostics(pathOf(file))
      .filter(({ category }) => category === ts.DiagnosticCategory.Error)
      .map(({ code, messageText }) => `${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  const known = new Map<string, readonly string[]>();
  const errorsBefore = (file: string): readonly string[] => {
    const found = known.get(file) ?? errorsIn(file);
    known.set(file, found);
    return found;
  };

  return {
    fixesAt: (file, line, habits) => {
      const source =
        texts.has(file) && SCRIPT.test(file) ? service().getProgram()?.getSourceFile(pathOf(file)) : undefined;
      return source === undefined ? [] : fixesAt({ service: service(), source, line, habits, fileOf });
    },
    errorsBrought: (after) => {
      // Without a tsconfig nobody asked for types.
      const checked = [...after].filter(([file]) => project.isTyped && texts.has(file) && SCRIPT.test(file));
      const before = new Map(checked.map(([file]) => [file, errorsBefore(file)]));
      for (const [file, text] of checked) write(file, text);
      const brought = checked.flatMap(([file]) => surplusOf(errorsIn(file), before.get(file) ?? []));
      for (const [file] of checked) write(file, undefined);
      return brought;
    },
  };
}

interface Asked {
  readonly service: ts.LanguageService;
  readonly source: ts.SourceFile;
  readonly line: number;
  readonly habits: Habits;
  readonly fileOf: (path: string) => string;
}

function fixesAt({ service, source, line, habits, fileOf }: Asked): CodeFix[] {
  const path = source.fileName;
  const isHere = ({ start = -1, length = 0 }: ts.Diagnostic): boolean => {
    const first = source.getLineAndCharacterOfPosition(start).line + 1;
    const last = source.getLineAndCharacterOfPosition(start + length).line + 1;
    return first <= line && last >= line;
  };
  const told = [...service.getSemanticDiagnostics(path), ...service.getSuggestionDiagnostics(path)].filter(isHere);
  return told.flatMap(({ start = 0, length = 0, code }) =>
    service.getCodeFixesAtPosition(path, start, start + length, [code], formatOf(habits), preferencesOf(habits)).map(
      (fix): CodeFix => ({
        name: fix.fixName,
        title: fix.description,
        edits: fix.changes.flatMap(({ fileName, textChanges }): Edit[] =>
          textChanges.map(({ span, newText }) => ({
            file: fileOf(fileName),
            start: span.start,
            end: span.start + span.length,
            text: newText,
          })),
        ),
      }),
    ),
  );
}

function formatOf({ indent, semicolon }: Habits): ts.FormatCodeSettings {
  const size = indent === '\t' ? 4 : indent.length;
  const semicolons = semicolon === '' ? ts.SemicolonPreference.Remove : ts.SemicolonPreference.Ignore;
  return { indentSize: size, tabSize: size, convertTabsToSpaces: indent !== '\t', semicolons };
}

function preferencesOf({ quote }: Habits): ts.UserPreferences {
  return { quotePreference: quote === '"' ? 'double' : 'single' };
}

function readConfig(root: string): { readonly options: ts.CompilerOptions; readonly isTyped: boolean } {
  const path = ts.findConfigFile(root, ts.sys.fileExists, 'tsconfig.json');
  const isOwn = path !== undefined && (dirname(path) === root || ts.sys.fileExists(join(root, 'package.json')));
  if (path === undefined || !isOwn) return { options: UNTYPED, isTyped: false };
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    config ?? {},
    { ...ts.sys, readDirectory: () => [] },
    dirname(path),
  );
  return { options: { ...options, noEmit: true, allowJs: true, skipLibCheck: true }, isTyped: true };
}

/** Plain JavaScript is read as well as it goes: names and members that nothing has are seen there, too. */
const UNTYPED: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.Preserve,
  allowImportingTsExtensions: true,
  strict: false,
};
