import { expect, test } from 'vitest';
import { fixerTable, resultsOf } from '../harness/kit/fixer-table.ts';
import { fixer } from './csp-source.ts';

const refused = (url: string, directive: string): string =>
  `Refused to load '${url}' because it violates the following Content Security Policy directive: "${directive} 'self'".`;
const CONNECT = refused('https://rates.example/today?x=1', 'connect-src');

fixerTable(fixer, {
  cures: [
    [
      'a header',
      CONNECT,
      "send(\"default-src 'self'; connect-src 'self' https://a.example; img-src *\");",
      "send(\"default-src 'self'; connect-src 'self' https://a.example https://rates.example; img-src *\");",
    ],
    [
      'a directive that falls back',
      `Connecting to 'https://rates.example/x' violates the following Content Security Policy directive: "default-src 'self'". Note that 'connect-src' was not explicitly set, so 'default-src' is used as a fallback.`,
      'send("default-src \'self\'; img-src *");',
      "send(\"default-src 'self'; connect-src 'self' https://rates.example; img-src *\");",
    ],
    [
      'a directive that lets nothing through',
      refused('blob:http://app/1', 'worker-src'),
      'send("worker-src \'none\'");',
      'send("worker-src blob:");',
    ],
    [
      'the lists of Helmet',
      CONNECT,
      'helmet({ contentSecurityPolicy: { directives: { connectSrc: ["\'self\'"] } } });',
      "helmet({ contentSecurityPolicy: { directives: { connectSrc: [\"'self'\", 'https://rates.example'] } } });",
    ],
    [
      'a script that is told by its hash',
      `Executing inline script violates the following Content Security Policy directive 'script-src 'self''. Either the 'unsafe-inline' keyword, a hash ('sha256-AbC+/d=='), or a nonce is required.`,
      'send("script-src \'self\'");',
      "send(\"script-src 'self' 'sha256-AbC+/d=='\");",
    ],
    [
      'a meta element of a page',
      { message: CONNECT, file: 'index.html' },
      '<meta http-equiv="Content-Security-Policy" content="connect-src \'self\'">\n<script>go();</script>\n',
      '<meta http-equiv="Content-Security-Policy" content="connect-src \'self\' https://rates.example">\n<script>go();</script>\n',
    ],
  ],
  leaves: [
    ['another error', 'rates is not defined', 'send("connect-src \'self\'");'],
    ['a source that is named', CONNECT, 'send("connect-src \'self\' https://rates.example");'],
    ['another directive', refused('https://rates.example/a.png', 'img-src'), 'send("connect-src \'self\'");'],
    [
      'eval, which no source names',
      'Refused to evaluate a string as JavaScript because it violates the following Content Security Policy directive: "script-src \'self\'".',
      'send("script-src \'self\'");',
    ],
    ['a file without a policy', CONNECT, 'const list = [1];'],
    ['a list of another name', CONNECT, "const a = { imgSrc: ['a'] };"],
  ],
});

test('finds the policy in another file', () => {
  const others = { 'server.ts': 'export const POLICY = "connect-src \'self\'";' };

  const results = resultsOf(fixer, { message: CONNECT, file: 'view.ts', others }, 'load();');

  expect(results.map(({ text }) => text)).toEqual([
    'export const POLICY = "connect-src \'self\' https://rates.example";',
  ]);
});
