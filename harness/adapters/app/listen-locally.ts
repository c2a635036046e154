/** Opens a server for this machine alone, on a port that the machine chooses. */
import { once } from 'node:events';
import type { Server } from 'node:net';

/** The port that it listens on. */
export async function listenLocally(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
