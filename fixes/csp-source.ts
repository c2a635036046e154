/** The app's own Content-Security-Policy kept something from loading: name its source in the directive, and nothing wider. */
import ts from 'typescript';
import { type Alternative, defineFixer, type FixerEdit, type Project } from '../harness/kit/fixer.ts';
import type { SourceText } from '../harness/kit/source-text.ts';

/** What browsers say; of a directive that falls back to `default-src` they name both. */
const VIOLATION = /Content[- ]Security[- ]Policy/i;
const DIRECTIVE = /directive(?: of the policy)?:? ["“'‘]?(?<directive>[a-z-]+)/i;
const UNSET = /Note that ["“'‘](?<directive>[a-z-]+)["”'’] was not explicitly set/i;
const BLOCKED = /["“'‘](?<url>(?:https?|wss?|data|blob):[^"”'’\s]*)["”'’]/;
const HASH = /["“'‘](?<hash>sha(?:256|384|512)-[\w+/=]+)["”'’]/;

export const fixer = defineFixer({
  id: 'csp-source',
  summary: 'Content-Security-Policy that blocks what the app loads: name that source in the directive.',
  example: {
    message:
      "Refused to connect to 'https://rates.example/today' because it violates the following Content Security Policy directive: \"connect-src 'self'\".",
    before: "const POLICY = \"default-src 'self'; connect-src 'self'\";",
    after: "const POLICY = \"default-src 'self'; connect-src 'self' https://rates.example\";",
  },
  *propose({ message }, source, project) {
    if (!VIOLATION.test(message)) return;
    const directive = (UNSET.exec(message) ?? DIRECTIVE.exec(message))?.groups?.directive?.replace(
      /-(?:elem|attr)$/,
      '',
    );
    const allowed = sourceIn(message);
    if (directive === undefined || allowed === undefined) return;
    const title = `let ${directive} load from ${allowed}`;
    for (const from of filesOf(source, project)) {
      for (const { edit, confidence } of placesIn(from, directive, allowed)) {
        yield { edits: [{ ...edit, file: from.file }], title, confidence } satisfies Alternative;
      }
    }
  },
});

/** Origin, scheme or hash of what was blocked, as a policy writes it; undefined for what no source names, such as `eval`. */
function sourceIn(message: string): string | undefined {
  const hash = HASH.exec(message)?.groups?.hash;
  if (hash !== undefined) return `'${hash}'`;
  const url = BLOCKED.exec(message)?.groups?.url;
  if (url === undefined) return undefined;
  if (/^(?:data|blob):/.test(url)) return `${url.split(':', 1)[0]}:`;
  return URL.parse(url)?.origin;
}

/** The suspect's own file first. */
function filesOf(source: SourceText, project: Project): SourceText[] {
  const others = project.files().flatMap((file) => (file === source.file ? [] : (project.source(file) ?? [])));
  return [source, ...others.filter(({ text }) => /-src\b|contentSecurityPolicy/i.test(text))];
}

interface Place {
  readonly edit: FixerEdit;
  readonly confidence: number;
}

function placesIn(source: SourceText, directive: string, allowed: string): Place[] {
  const written = inPolicies(source.text, directive, allowed);
  const listed = inLists(source, directive, allowed);
  return [...written, ...listed];
}

/** `connect-src 'self'` in a header's text or a meta element: one more source at its end. */
function inPolicies(text: string, directive: string, allowed: string): Place[] {
  const own = new RegExp(
    String.raw`(?<![\w-])${directive}(?<list>(?:[ \t]+(?:'[\w-]+(?:[+/=\w-]*)'|[\w*.:/-]+|\$\{[^}]*\}))*)`,
    'g',
  );
  const places: Place[] = [];
  let isSet = false;
  for (const match of text.matchAll(own)) {
    const list = match.groups?.list ?? '';
    // A name in prose, or in a list of names.
    if (list.trim() === '') continue;
    isSet = true;
    if (list.split(/\s+/).includes(allowed)) continue;
    const end = match.index + match[0].length;
    const none = /'none'$/.test(list) ? list.length - list.lastIndexOf("'none'") : 0;
    const edit = none > 0 ? { start: end - none, end, text: allowed } : { start: end, end, text: ` ${allowed}` };
    places.push({ edit, confidence: 0.8 });
  }
  return isSet ? places : besideDefault(text, directive, allowed);
}

/** A directive that is not set falls back to `default-src`: it gets what that has, and the source. */
function besideDefault(text: string, directive: string, allowed: string): Place[] {
  const found = /(?<![\w-])default-src(?<list>(?:[ \t]+(?:'[\w-]+'|[\w*.:/-]+))+)/.exec(text);
  if (found === null || directive === 'default-src') return [];
  const end = found.index + found[0].length;
  const list = (found.groups?.list ?? '').replace(" 'none'", '');
  return [{ edit: { start: end, end, text: `; ${directive}${list} ${allowed}` }, confidence: 0.7 }];
}

/** Helmet's `connectSrc: ["'self'"]`, and `'connect-src': ["'self'"]`. */
function inLists(source: SourceText, directive: string, allowed: string): Place[] {
  const camel = directive.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const isList = (node: ts.Node): node is ts.PropertyAssignment =>
    ts.isPropertyAssignment(node) && ts.isArrayLiteralExpression(node.initializer);
  return source.find(isList).flatMap(({ name, initializer }): Place[] => {
    const key = source.textOf(name).replace(/^['"]|['"]$/g, '');
    if ((key !== camel && key !== directive) || !ts.isArrayLiteralExpression(initializer)) return [];
    if (source.textOf(initializer).includes(allowed)) return [];
    const last = initializer.elements.at(-1);
    const quote = allowed.startsWith("'") ? '"' : source.style.quote;
    const text = `${quote}${allowed}${quote}`;
    const at = last?.getEnd() ?? initializer.getEnd() - 1;
    return [{ edit: { start: at, end: at, text: last ? `, ${text}` : text }, confidence: 0.8 }];
  });
}
