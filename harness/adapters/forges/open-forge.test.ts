import { expect, test } from 'vitest';
import type { ForgeKind } from '../../model/forge-kind.ts';
import type { ForgeAddress } from './find-forge.ts';
import { openForge } from './open-forge.ts';

function addressOf(kind: ForgeKind, api = 'https://git.example/api'): ForgeAddress {
  return { kind, api, repository: 'acme/shop', tokenName: 'SHOP_TOKEN' };
}

test.each<[ForgeKind, string, string]>([
  ['github', ' t0ken\n', 'Bearer t0ken'],
  ['gitlab', 't0ken', 'Bearer t0ken'],
  ['gitea', 't0ken', 'token t0ken'],
  ['bitbucket', 't0ken', 'Bearer t0ken'],
  ['bitbucket', 'jo@shop.example:t0ken', `Basic ${btoa('jo@shop.example:t0ken')}`],
  ['azure', 't0ken', `Basic ${btoa(':t0ken')}`],
  ['azure', 'eyJhbGciOi.eyJzdWIi.sig-nature', 'Bearer eyJhbGciOi.eyJzdWIi.sig-nature'],
])('sends a token to %s as the host takes it', async (kind, token, expected) => {
  const sent: (string | null)[] = [];
  const forge = openForge(addressOf(kind), token, {
    fetch: async ({ headers }) => {
      sent.push(headers.get('authorization'));
      return Response.json([]);
    },
  });

  await forge.findProposal('mend/x').catch(() => undefined);

  expect(new Set(sent)).toEqual(new Set([expected]));
});

test.each<[string, string, string, string]>([
  ['plain http to another machine', 'http://git.example/api', 't0ken', 'forge-insecure'],
  ['a token with a line break inside', 'https://git.example/api', 't0\nken', 'forge-token-malformed'],
  ['a token of other letters', 'https://git.example/api', 'tökén', 'forge-token-malformed'],
])('refuses %s before anything is sent', (_, api, token, code) => {
  let failure: unknown;
  try {
    openForge(addressOf('github', api), token, { fetch: () => expect.unreachable('sent') });
  } catch (error) {
    failure = error;
  }

  expect(failure).toMatchObject({ kind: 'usage', code });
  expect(String(failure)).not.toContain(token);
});

test('stops where the night is stopped', async () => {
  const stop = new AbortController();
  const forge = openForge(addressOf('github'), 't0ken', {
    signal: stop.signal,
    fetch: async () => {
      stop.abort(new Error('interrupted'));
      return Response.json({}, { status: 503 });
    },
    wait: async () => undefined,
  });

  await expect(forge.findProposal('mend/x')).rejects.toThrow('interrupted');
});
