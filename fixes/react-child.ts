/** React was given an object to show: show the member of it that is meant for people, or its text. */
import ts from 'typescript';
import { type Alternative, defineFixer, type Project } from '../harness/kit/fixer.ts';
import { kindSeen } from '../harness/kit/seen-values.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { enclosing, enclosingFunction, isAccess, pathOf } from '../harness/kit/syntax.ts';

const OBJECT =
  /Objects are not valid as a React child \(found: (?:object with keys \{(?<keys>[^}]*)\}|(?<what>[^)]*))\)/;
/** What an object calls itself where people see it. */
const SHOWN = ['label', 'name', 'title', 'text', 'displayName', 'message', 'value', 'description', 'key', 'id'];

export const fixer = defineFixer({
  id: 'react-child',
  summary: 'Object where React shows text: show the member that is meant for people.',
  example: {
    message: 'Objects are not valid as a React child (found: object with keys {id, name}).',
    before: 'const Row = ({ team }) => <td>{team}</td>;',
    after: 'const Row = ({ team }) => <td>{team.name}</td>;',
  },
  *propose(suspect, source, project) {
    const { keys, what } = OBJECT.exec(suspect.message)?.groups ?? {};
    if (keys === undefined && what === undefined) return;
    const known = (keys ?? '').split(',').flatMap((key) => (key.trim() === '' ? [] : [key.trim()]));
    // `team.name` is a member of the object, not the object.
    const children = childrenNear(source, suspect.line).filter(
      ({ path }) => !known.includes(path.split('.').slice(1).at(-1) ?? ''),
    );
    const seen = children.filter(({ path }) => /^(?:object|collection)$/.test(kindSeen(suspect.values, path)));
    const likely = seen.length > 0 ? seen : children.filter(({ path }) => kindSeen(suspect.values, path) !== 'text');
    for (const { node, path, isOnLine } of likely.slice(0, 4)) {
      const sure = seen.length > 0 ? 1 : isOnLine && likely.filter((one) => one.isOnLine).length === 1 ? 0.9 : 0.6;
      yield* texts(source, node, { path, known, what, sure, project });
    }
  },
});

interface Child {
  readonly node: ts.Expression;
  readonly path: string;
  readonly isOnLine: boolean;
}

/** `{team}` between tags, on the line first, then elsewhere in the component. */
function childrenNear(source: SourceText, line: number): Child[] {
  const isChild = (node: ts.Node): node is ts.JsxExpression =>
    ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) && node.expression !== undefined;
  const [here] = source.findOnLine({ line }, ts.isIdentifier, (node) => source.start(node));
  const component = here && (enclosingFunction(here) ?? enclosing(here, ts.isClassLike));
  const all = source.find(isChild, component ?? source.tree).flatMap(({ expression }): Child[] => {
    const shown = expression && shownBy(expression);
    const path = shown && pathOf(source, shown);
    return shown === undefined || path === undefined || /\bchildren$/.test(path)
      ? []
      : [{ node: shown, path, isOnLine: source.lineOf(source.start(shown)) === line }];
  });
  return all.sort((a, b) => Number(b.isOnLine) - Number(a.isOnLine));
}

/** What a condition in front of it lets through: `team` of `team && team`, and of `open ? team : null`. */
function shownBy(node: ts.Expression): ts.Expression | undefined {
  if (ts.isParenthesizedExpression(node)) return shownBy(node.expression);
  if (ts.isIdentifier(node) || isAccess(node)) return node;
  if (ts.isConditionalExpression(node)) return shownBy(node.whenTrue) ?? shownBy(node.whenFalse);
  return ts.isBinaryExpression(node) ? shownBy(node.right) : undefined;
}

interface Found {
  readonly path: string;
  readonly known: readonly string[];
  readonly what: string | undefined;
  readonly sure: number;
  readonly project: Project;
}

function* texts(
  source: SourceText,
  node: ts.Expression,
  { path, known, what, sure, project }: Found,
): Generator<Alternative> {
  const end = node.getEnd();
  const wrap = (name: string): Alternative['edits'] => [
    { start: source.start(node), end: source.start(node), text: `${name}(` },
    { start: end, end, text: ')' },
  ];
  if (what !== undefined && /Date/.test(what)) {
    const edits = [{ start: end, end, text: '.toLocaleString()' }];
    yield { edits, title: `show ${path} as text`, confidence: 0.7 * sure };
    return;
  }
  // A member that the app shows of something of the same name says what is meant.
  const name = path.split('.').at(-1) ?? path;
  const used = known.filter((key) =>
    project
      .reads(key)
      .some(({ source: other, access }) => (pathOf(other, access.expression) ?? '').split('.').at(-1) === name),
  );
  const usual = SHOWN.filter((key) => known.includes(key));
  const candidates = [...new Set([...used.filter((key) => SHOWN.includes(key)), ...usual, ...used])].slice(0, 3);
  for (const [index, key] of candidates.entries()) {
    yield {
      edits: [{ start: end, end, text: /^[\w$]+$/.test(key) ? `.${key}` : `['${key}']` }],
      title: `show the ${key} of ${path}`,
      confidence: (0.8 - 0.15 * index) * sure,
    };
  }
  yield { edits: wrap('JSON.stringify'), title: `show ${path} as text`, confidence: 0.35 * sure };
}
