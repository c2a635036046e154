/** Starts the shop on this machine: the stand-in for the parcel carrier, and the server that calls it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

// A port of its own: PORT is the shop's.
const carrier = fork(join(import.meta.dirname, 'parcel-service.ts'), { env: { ...process.env, PORT: undefined } });
carrier.once('exit', (code) => {
  console.error(`The carrier's stand-in ended with ${code}.`);
  process.exit(1);
});
process.once('exit', () => carrier.kill());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));

const [[{ port }]] = await Promise.all([once(carrier, 'message'), import('../server/instrument.ts')]);
process.env.CARRIER_URL = `http://127.0.0.1:${port}`;
await import('../server/main.ts');
