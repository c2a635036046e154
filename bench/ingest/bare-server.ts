/** The yardstick: node:http that reads an envelope, parses header and payload, answers its id, and keeps nothing. */
import { createServer } from 'node:http';

const NEWLINE = 0x0a;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const header = body.indexOf(NEWLINE);
    const item = body.indexOf(NEWLINE, header + 1);
    JSON.parse(body.toString('utf8', 0, header));
    const { length } = JSON.parse(body.toString('utf8', header + 1, item));
    const event = JSON.parse(body.toString('utf8', item + 1, item + 1 + length));
    const answer = JSON.stringify({ id: event.event_id });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  });
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ port, path: '/api/1/envelope/' })}\n`);
});
