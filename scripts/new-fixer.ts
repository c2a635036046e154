/** `npm run new:fixer -- <id>`: writes a fixer and its table, both failing until they say something. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FIXES = join(import.meta.dirname, '..', 'fixes');

function fixerText(id: string): string {
  return `/** What went wrong, and the cure, in one sentence. */
import { defineFixer } from '../harness/kit/fixer.ts';
import { nullishReads } from '../harness/kit/missing-values.ts';

export const fixer = defineFixer({
  id: '${id}',
  summary: 'The fault: the cure.',
  example: {
    message: "Cannot read properties of undefined (reading 'total')",
    before: 'show(cart.total);',
    after: 'show(cart?.total);',
  },
  *propose(suspect, source) {
    for (const access of nullishReads(source, suspect)) {
      yield [{ start: source.start(access), end: access.getEnd(), text: source.textOf(access) }];
    }
  },
});
`;
}

function tableText(id: string): string {
  return `import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './${id}.ts';

fixerTable(fixer, {
  cures: [['what it is for', "Cannot read properties of undefined (reading 'total')", 'show(cart.total);', 'show(cart?.total);']],
  leaves: [['what it must not touch', 'another error', 'show(cart.total);']],
});
`;
}

const [id] = process.argv.slice(2);
if (id === undefined || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) {
  process.stderr.write('npm run new:fixer -- <id>, an id such as optional-chain, named after the cure.\n');
  process.exitCode = 2;
} else if (existsSync(join(FIXES, `${id}.ts`))) {
  process.stderr.write(`There is a fixer ${id} already: fixes/${id}.ts\n`);
  process.exitCode = 2;
} else {
  writeFileSync(join(FIXES, `${id}.ts`), fixerText(id));
  writeFileSync(join(FIXES, `${id}.test.ts`), tableText(id));
  process.stdout.write(
    `wrote fixes/${id}.ts and fixes/${id}.test.ts\nTry it: npx vitest run fixes/${id}.test.ts; then npm run docs\n`,
  );
}
