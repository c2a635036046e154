/** The demo: copies an example into a fresh repository whose history holds four faults, and runs a night on it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildRepository, commitFault } from '../test/faults/build-repository.ts';
import { readFaults } from '../test/faults/read-faults.ts';

const ROOT = join(import.meta.dirname, '..');
const EXAMPLE = join(ROOT, 'examples', 'shop');
const TARGET = join(ROOT, '.demo', 'shop');

const HELP = `npm run demo [-- options]

Copies examples/shop to .demo/shop, writes it a history of innocent commits, four of them faulty,
and runs \`mendwright nightly\` there: what broke, where, the patch, the proof and the branch.

  --fault ID    this fault instead of the four; may be repeated
  --list        the seeded faults to choose from
  --no-night    only write the repository
`;

/** One in the page, one on the server, one whose cause lies in another file, and a carrier that does not answer. */
const DEFAULT_FAULTS = ['product-weight', 'search-by-maker', 'delivered-on', 'carrier-maintenance'];

const { values } = parseArgs({
  options: {
    fault: { type: 'string', multiple: true },
    list: { type: 'boolean' },
    'no-night': { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

async function demo(): Promise<number> {
  const faults = await readFaults(EXAMPLE);
  if (values.help) return say(HELP);
  if (values.list) return say(`${faults.map(({ id, title }) => `${id.padEnd(30)} ${title}`).join('\n')}\n`);
  const chosen = (values.fault ?? DEFAULT_FAULTS).map((id) => {
    const fault = faults.find((one) => one.id === id);
    if (fault === undefined) throw new Error(`There is no fault ${id}; npm run demo -- --list names them.`);
    return fault;
  });
  say(`Writing ${TARGET}: a small shop, and a history with ${chosen.length} faults that nobody noticed.\n`);
  buildRepository(EXAMPLE, TARGET);
  for (const fault of chosen) commitFault(TARGET, fault);
  if (values['no-night']) return 0;
  const night = spawn(process.execPath, [join(ROOT, 'bin/mendwright.js'), 'nightly', '--cwd', TARGET], {
    stdio: 'inherit',
  });
  const [code] = await once(night, 'exit');
  // 1 says that the shop had errors, which is what this night is about.
  return code === 0 || code === 1 ? 0 : Number(code ?? 1);
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

process.exitCode = await demo();
