#!/usr/bin/env node
// Says in one sentence what an older Node lacks, else hands over to the compiled command line, or to its source.
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';

const root = new URL('..', import.meta.url);
const { engines } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const needed = engines.node.replace('>=', '').split('.').map(Number);
const running = process.versions.node.split('.').map(Number);
const isOld = running[0] < needed[0] || (running[0] === needed[0] && running[1] < needed[1]);

if (isOld) {
  process.stderr.write(
    `mendwright needs Node ${engines.node.replace('>=', '')} or newer; this is ${process.versions.node}.\n`,
  );
  process.exitCode = 2;
} else {
  // What was compiled once need not be compiled by the next command, nor by the suites and workers that it starts.
  module.enableCompileCache();
  const compiled = new URL('dist/harness/cli/main.js', root);
  const source = new URL('harness/cli/main.ts', root);
  await import(existsSync(source) ? source.href : compiled.href);
}
