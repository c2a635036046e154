import { expect, test } from 'vitest';
import { networkArgs } from './network-rules.ts';

const RELAY = {
  hostRules: ['MAP sentry.corp:443 127.0.0.1:9'],
  browserArgs: ['--pinned'],
  close: async () => undefined,
};

test.each<[string, Parameters<typeof networkArgs>, string[]]>([
  ['nothing', [undefined], []],
  ['a relay', [RELAY], ['--host-resolver-rules=MAP sentry.corp:443 127.0.0.1:9', '--pinned']],
  [
    'hosts',
    [undefined, ['cdn.example']],
    ['--host-resolver-rules=MAP * ~NOTFOUND,EXCLUDE 127.0.0.1,EXCLUDE localhost,EXCLUDE [::1],EXCLUDE cdn.example'],
  ],
  [
    'a relay for one of the hosts',
    [RELAY, ['sentry.corp']],
    [
      '--host-resolver-rules=MAP sentry.corp:443 127.0.0.1:9,MAP * ~NOTFOUND,EXCLUDE 127.0.0.1,EXCLUDE localhost,EXCLUDE [::1]',
      '--pinned',
    ],
  ],
  [
    'a host that is none',
    [undefined, ['a,MAP * 10.0.0.1']],
    ['--host-resolver-rules=MAP * ~NOTFOUND,EXCLUDE 127.0.0.1,EXCLUDE localhost,EXCLUDE [::1]'],
  ],
])('writes the rules for %s', (_, given, args) => {
  expect(networkArgs(...given)).toEqual(args);
});
