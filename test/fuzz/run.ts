/** `node test/fuzz/run.ts --minutes 10 [--seed 7]`: fuzzes the embedded Sentry and says what it found. Exits with 1 for a defect. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { fuzzServer } from './fuzz-server.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes);
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
if (!(minutes > 0) || !Number.isInteger(seed))
  throw new RangeError('--minutes wants a number above 0, --seed an integer');

const end = performance.now() + minutes * 60_000;
const report = await fuzzServer({ seed, goesOn: () => performance.now() < end });

const statuses = [...report.statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
process.stdout.write(
  `seed ${seed}: ${report.envelopes} envelopes and ${report.calls} calls; ${statuses.join(', ')}; memory ${Math.round(report.growth / 1024 / 1024)} MiB in the last third\n`,
);
for (const defect of report.defects) process.stdout.write(`✖ ${defect}\n`);
process.exit(report.defects.length === 0 ? 0 : 1);
