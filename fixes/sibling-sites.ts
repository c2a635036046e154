/** One value is read at several places as if it were always there: chain all of them optionally in one patch. */
import { chainOptionally, mayChain } from '../harness/kit/edits.ts';
import { defineFixer } from '../harness/kit/fixer.ts';
import { chainAround, enclosingFunction, isAccess, isOptional, nullishReads, pathOf } from '../harness/kit/syntax.ts';

export const fixer = defineFixer({
  id: 'sibling-sites',
  summary: 'Missing value that is read at several places: chain all of them.',
  example: {
    message: "Cannot read properties of undefined (reading 'name')",
    before: 'const a = order.customer.name;\nconst b = order.customer.email;',
    after: 'const a = order.customer?.name;\nconst b = order.customer?.email;',
  },
  *propose(suspect, source) {
    for (const access of nullishReads(source, suspect).slice(0, 2)) {
      const path = pathOf(source, access.expression);
      if (path === undefined || path === 'this') continue;
      const scope = enclosingFunction(access) ?? source.tree;
      const offered = new Set<number>();
      for (const within of [scope, source.tree]) {
        const sites = source
          .find(isAccess, within)
          .filter(
            (node) => !isOptional(node) && pathOf(source, node.expression) === path && mayChain(chainAround(node)),
          );
        if (sites.length < 2 || offered.has(sites.length)) continue;
        offered.add(sites.length);
        yield {
          edits: sites.map((site) => chainOptionally(source, site)),
          title: `read ${path} only where it is there`,
          rationale: `${path} is read at ${sites.length} places that all fail alike.`,
          confidence: within === scope ? 0.6 : 0.45,
        };
      }
    }
  },
});
