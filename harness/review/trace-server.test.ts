import { expect, test } from 'vitest';
import { traceServer } from './trace-server.ts';

const RUN = '2026-11-23T02-00-00-3f2a';
const server = traceServer(
  { readFile: (run, file) => (run === RUN && !file.includes('..') ? new TextEncoder().encode(file) : undefined) },
  { host: '127.0.0.1' },
);
const ask = (path: string, origin = 'http://127.0.0.1:4101'): Promise<Response> =>
  server(new Request(`${origin}${path}`));

test.each([
  ['trace/index.html', 'text/html; charset=utf-8'],
  ['trace/assets/index.js', 'text/javascript'],
  ['trials/again/suite-1/traces/pays%20for.zip', 'application/zip'],
])('gives %s to who has the address', async (file, type) => {
  const answer = await ask(`${server.pathOf(RUN)}${file}`);

  expect(answer.headers.get('content-type')).toBe(type);
  expect(answer.headers.get('content-security-policy')).toBe("frame-ancestors 'self'");
  expect(await answer.text()).toBe(decodeURIComponent(file));
});

test.each([
  ['another secret', `/guess/${RUN}/trace/index.html`],
  ['no trace', `${server.pathOf(RUN)}record.json`],
  ['a page of the run', `${server.pathOf(RUN)}report.html`],
  ['another run', `${server.pathOf('2026-11-24T02-00-00-0000')}trace/index.html`],
  ['a way out', `${server.pathOf(RUN)}trace/..%2f..%2fnight.lock.zip`],
  ['a name that is none', `${server.pathOf(RUN)}trace/%E0%A4%A.zip`],
])('gives nothing for %s', async (_, path) => {
  expect((await ask(path)).status).toBe(404);
});

test('gives nothing to a page that calls this machine otherwise', async () => {
  expect((await ask(`${server.pathOf(RUN)}trace/index.html`, 'http://evil.example')).status).toBe(404);
});
