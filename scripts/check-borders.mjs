// Runs dependency-cruiser, and fails where it saw fewer modules than there are files: a check that sees nothing is red.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['harness', 'fixes', 'scenarios'];

const args = ['depcruise', '--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...FOLDERS];
const { stdout, stderr, status } = spawnSync('npx', ['--no-install', ...args], {
  cwd: ROOT,
  encoding: 'utf8',
  maxBuffer: 1 << 28,
});
if (!stdout.startsWith('{')) {
  process.stderr.write(`dependency-cruiser did not run (${status}): ${stderr}\n`);
  process.exit(1);
}
const { modules, summary } = JSON.parse(stdout);
const seen = modules.filter(({ source }) => FOLDERS.some((folder) => source.startsWith(`${folder}/`))).length;
const expected = FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true })).filter((file) =>
  /\.ts$/.test(file),
).length;

for (const { rule, from, to } of summary.violations) process.stdout.write(`✖ ${rule.name}: ${from} → ${to}\n`);
process.stdout.write(
  `${seen} modules, ${summary.totalDependenciesCruised} arrows, ${summary.violations.length} against the borders\n`,
);
if (seen < expected)
  process.stdout.write(`✖ only ${seen} of ${expected} files were seen: the check itself is broken\n`);
process.exit(summary.violations.length === 0 && seen >= expected && seen > 0 ? 0 : 1);
