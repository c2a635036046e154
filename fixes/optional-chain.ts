/** A property of null or undefined was read: chain it optionally, with a default where the use needs a value. */
import { chainOptionally, mayChain, wrap } from '../harness/kit/edits.ts';
import { type Alternative, defineFixer } from '../harness/kit/fixer.ts';
import { chainAround, nullishReads, pathOf } from '../harness/kit/syntax.ts';
import { defaultFor, useOf } from '../harness/kit/uses.ts';

export const fixer = defineFixer({
  id: 'optional-chain',
  summary: 'Property read of undefined or null: chain it optionally.',
  example: {
    message: "Cannot read properties of undefined (reading 'total')",
    before: 'const sum = cart.total;',
    after: 'const sum = cart?.total;',
  },
  *propose(suspect, source) {
    for (const access of nullishReads(source, suspect).slice(0, 3)) {
      const chain = chainAround(access);
      const receiver = pathOf(source, access.expression);
      if (!mayChain(chain) || receiver === 'this' || receiver === 'super') continue;
      const edit = chainOptionally(source, access);
      const use = useOf(chain);
      const plain: Alternative = {
        edits: [edit],
        title: `read ${receiver ?? 'the value'} only where it is there`,
        confidence: use === 'array' || use === 'number' || use === 'string' ? 0.4 : 0.75,
      };
      const type = use === 'array' || use === 'number' || use === 'string' ? use : undefined;
      if (type === undefined) {
        yield plain;
        continue;
      }
      const value = defaultFor(type, source.style.quote);
      yield {
        edits: [edit, ...wrap(source, chain, { before: '', after: ` ?? ${value}` })],
        title: `use ${value} where ${receiver ?? 'the value'} is missing`,
        confidence: 0.65,
      };
      yield plain;
    }
  },
});
