/** A Python dictionary lacks a key: ask for it with a value that fits its use. */
import { type Alternative, definePythonFixer } from '../harness/kit/fixer.ts';
import type { PythonSource, SyntaxNode } from '../harness/kit/python/python-source.ts';
import {
  around,
  defaultFor,
  enclosingFunction,
  exitBefore,
  isAskedFor,
  isTarget,
  receiverOf,
  subscriptOf,
  useOf,
} from '../harness/kit/python/python-syntax.ts';

/** What a KeyError says: the key, as `repr` writes it. */
const KEY = /^(?:KeyError: )?(?<key>'[^']*'|"[^"]*"|-?\d+)$/;

export const fixer = definePythonFixer({
  id: 'python-missing-key',
  summary: 'Key that a dictionary lacks: ask for it with a fitting default.',
  example: {
    message: "'nick'",
    before: "label = user['nick'].strip()\n",
    after: "label = user.get('nick', '').strip()\n",
  },
  *propose(suspect, source) {
    const key = KEY.exec(suspect.message.trim())?.groups?.key;
    if (key === undefined) return;
    const plain = key.replace(/^['"]|['"]$/g, '');
    const asked = source.onLine(suspect.line, ['MemberExpression']).flatMap((read) => {
      const index = subscriptOf(read);
      const receiver = receiverOf(read);
      return index && receiver && !isTarget(read) ? [{ read, index, receiver }] : [];
    });
    // A key that is written there, else whatever the line asks for.
    const written = asked.filter(({ index }) => source.textOf(index).replace(/^['"]|['"]$/g, '') === plain);
    const likely = written.length > 0 ? written : asked.filter(({ index }) => index.name === 'VariableName');
    for (const { read, index, receiver } of likely.slice(0, 2)) {
      const value = defaultFor(useOf(source, read), source.style.quote);
      const given = value === 'None' ? '' : `, ${value}`;
      yield {
        edits: [{ start: receiver.to, end: read.to, text: `.get(${source.textOf(index)}${given})` }],
        title: `use ${value} where ${source.textOf(receiver)} lacks ${source.textOf(index)}`,
        confidence: written.length > 0 ? 0.7 : 0.5,
      };
      yield* skipped(source, { read, index, receiver });
    }
  },
});

interface Asked {
  readonly read: SyntaxNode;
  readonly index: SyntaxNode;
  readonly receiver: SyntaxNode;
}

/** In a loop over entries one that lacks the key is passed over, as early as the loop has it. */
function* skipped(source: PythonSource, { read, index, receiver }: Asked): Generator<Alternative> {
  const loop = around(read, new Set(['ForStatement']));
  const body = loop?.getChild('Body');
  const entry = source.textOf(receiver);
  const isOfLoop = loop && body && /^\w+$/.test(entry) && source.textOf(loop).startsWith(`for ${entry} `);
  if (!isOfLoop || enclosingFunction(read)?.from !== enclosingFunction(loop)?.from) return;
  const first = body.firstChild?.nextSibling;
  if (!first || isAskedFor(source, read, `${source.textOf(index)} not in ${entry}`)) return;
  yield {
    edits: [exitBefore(source, first, { test: `${source.textOf(index)} not in ${entry}`, exit: 'continue' })],
    title: `pass over what has no ${source.textOf(index)}`,
    confidence: 0.55,
  };
}
