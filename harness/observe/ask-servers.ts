/** Asks the app's server processes, through the harness, which of their functions were called since they were asked last. */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { CoveredScript } from '../model/witness.ts';

const ANSWER_MS = 5_000;

/** `port` is that of the harness's control channel. Nothing where nobody answers. */
export async function takeServerCoverage(port: number): Promise<CoveredScript[]> {
  const socket = connect({ host: '127.0.0.1', port });
  const signal = AbortSignal.timeout(ANSWER_MS);
  try {
    await once(socket, 'connect', { signal });
    socket.setEncoding('utf8');
    socket.write(`${JSON.stringify({ type: 'take-coverage' })}\n`);
    let text = '';
    while (!text.includes('\n')) {
      const [chunk]: unknown[] = await once(socket, 'data', { signal });
      text += String(chunk);
    }
    // The harness's own words, which it checks again when it reads the record.
    const answer: { covered: CoveredScript[] } = JSON.parse(text.slice(0, text.indexOf('\n')));
    return answer.covered;
  } catch {
    return []; // The app has gone, or nobody watches it: its pages alone are compared.
  } finally {
    socket.destroy();
  }
}
