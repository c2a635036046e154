/** A property of null or undefined was read: chain it optionally, with a default where the use needs a value. */
import { chainOptionally, mayChain, withDefault } from '../harness/kit/edits.ts';
import { type Alternative, defineFixer } from '../harness/kit/fixer.ts';
import { nullishReads } from '../harness/kit/missing-values.ts';
import { nullishLinks, unguardedSites } from '../harness/kit/sites.ts';
import { substitutesFor } from '../harness/kit/substitutes.ts';
import { chainAround, mappedBy, pathOf } from '../harness/kit/syntax.ts';
import { defaultFor, needOf } from '../harness/kit/uses.ts';

export const fixer = defineFixer({
  id: 'optional-chain',
  summary: 'Property read of undefined or null: chain it optionally.',
  example: {
    message: "Cannot read properties of undefined (reading 'total')",
    before: 'const sum = cart.total;',
    after: 'const sum = cart?.total;',
  },
  *propose(suspect, source, project) {
    for (const access of nullishReads(source, suspect).slice(0, 3)) {
      const chain = chainAround(access);
      const receiver = pathOf(source, access.expression);
      if (!mayChain(chain) || receiver === 'this') continue;
      const edit = chainOptionally(source, access);
      const need = needOf(source, chain);
      // A file in which more reads would fail alike is mended by sibling-sites; a project without `?.` by guard.
      const alone = unguardedSites(source, access).length > 1 ? 0.7 : 1;
      const habit = project.chains ? 1 : 0.4;
      // A list with holes is seldom what its reader wants; see filter-null.
      const hole = mappedBy(chain) === undefined ? 1 : 0.7;
      const plain: Alternative = {
        edits: [edit],
        title: `read ${receiver ?? 'the value'} only where it is there`,
        confidence: 0.75 * alone * habit * hole,
      };
      if (need === undefined) {
        yield plain;
        for (const { value, confidence } of substitutesFor(source, chain, project)) {
          yield {
            edits: [edit, ...withDefault(source, chain, value)],
            title: `use ${value} where ${receiver ?? 'the value'} is missing`,
            confidence: confidence * alone * habit * hole,
          };
        }
      } else {
        const value = defaultFor(need, source.style.quote);
        yield {
          edits: [edit, ...withDefault(source, chain, value)],
          title: `use ${value} where ${receiver ?? 'the value'} is missing`,
          confidence: 0.7 * alone * habit,
        };
        // `[...a?.b]` throws as before.
        if (need !== 'array') yield { ...plain, confidence: 0.45 * alone * habit };
      }
      const links = nullishLinks(source, access);
      if (links.length > 1) {
        yield {
          edits: links.map((link) => chainOptionally(source, link)),
          title: `read ${receiver ?? 'the value'} only where all of it is there`,
          confidence: 0.35 * habit,
        };
      }
    }
  },
});
