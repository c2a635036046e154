// Runs npm scripts one after the other, says how long each took, and stops at the first that fails.
import { spawnSync } from 'node:child_process';

const steps = process.argv.slice(2);
for (const step of steps) {
  const start = performance.now();
  process.stdout.write(`\n▶ ${step}\n`);
  const { status } = spawnSync('npm', ['run', '--silent', step], { stdio: 'inherit' });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (status !== 0) {
    process.stdout.write(`✖ ${step} failed after ${seconds} s. Alone: npm run ${step}\n`);
    process.exit(status ?? 1);
  }
  process.stdout.write(`✔ ${step} ${seconds} s\n`);
}
