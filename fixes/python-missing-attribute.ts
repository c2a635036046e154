/** A Python object lacks an attribute at times: ask for it with None in its place. */
import { definePythonFixer } from '../harness/kit/fixer.ts';
import type { PythonSource, SyntaxNode } from '../harness/kit/python/python-source.ts';
import {
  attributeOf,
  defaultFor,
  enclosingFunction,
  isPath,
  isTarget,
  receiverOf,
  useOf,
} from '../harness/kit/python/python-syntax.ts';

const LACKS = /'(?<type>\w+)' object has no attribute '(?<name>\w+)'/;
/** What objects with attributes of their own making say: the name alone. */
const BARE = /^(?:AttributeError: )?(?<name>[A-Za-z_]\w*)$/;

export const fixer = definePythonFixer({
  id: 'python-missing-attribute',
  summary: 'Attribute that an object lacks at times: ask for it with a default.',
  example: {
    message: "'Session' object has no attribute 'dob'",
    before: 'def read(session):\n    dob = session.dob\n    return dob\n',
    after: "def read(session):\n    dob = getattr(session, 'dob', None)\n    return dob\n",
  },
  *propose({ message, errorType, line }, source) {
    const { type, name } = LACKS.exec(message)?.groups ?? {};
    const bare = errorType === 'AttributeError' ? BARE.exec(message.trim())?.groups?.name : undefined;
    const wanted = name ?? bare;
    // None lacks everything: that is another fault.
    if (wanted === undefined || type === 'NoneType') return;
    const reads = source.onLine(line, ['MemberExpression']).filter((node) => isRead(source, node, wanted));
    for (const read of reads.slice(0, 2)) {
      const receiver = receiverOf(read);
      if (receiver === undefined || !isPath(source, receiver) || source.textOf(receiver) === 'self') continue;
      const path = source.textOf(read);
      const scope = enclosingFunction(read);
      const same = source
        .find(['MemberExpression'], scope)
        .filter((node) => isRead(source, node, wanted) && source.textOf(node) === path);
      const title = `take ${path} for None where it is not there`;
      const asked = (node: SyntaxNode) => ({ start: node.from, end: node.to, text: askedFor(source, node, wanted) });
      if (same.length > 1) yield { edits: same.map(asked), title, confidence: 0.6 };
      yield { edits: [asked(read)], title, confidence: same.length > 1 ? 0.45 : 0.6 };
    }
  },
});

function isRead(source: PythonSource, node: SyntaxNode, name: string): boolean {
  return attributeOf(source, node) === name && !isTarget(node) && node.parent?.name !== 'CallExpression';
}

function askedFor(source: PythonSource, node: SyntaxNode, name: string): string {
  const { quote } = source.style;
  const receiver = receiverOf(node);
  const value = defaultFor(useOf(source, node), quote);
  return `getattr(${receiver ? source.textOf(receiver) : ''}, ${quote}${name}${quote}, ${value})`;
}
