/** Opens the adapter of a code host, with the token of the environment. */
import { Failure } from '../../model/failure.ts';
import type { Forge } from '../../model/forge.ts';
import type { ForgeKind } from '../../model/forge-kind.ts';
import { azure } from './azure.ts';
import { bitbucket } from './bitbucket.ts';
import type { ForgeAddress } from './find-forge.ts';
import { forgeRequester, type Requester, type RequesterOptions } from './forge-request.ts';
import { gitea } from './gitea.ts';
import { gitHub } from './github.ts';
import { gitLab } from './gitlab.ts';

const NAMES: Readonly<Record<ForgeKind, string>> = {
  github: 'GitHub',
  gitlab: 'GitLab',
  bitbucket: 'Bitbucket',
  azure: 'Azure DevOps',
  gitea: 'Gitea',
};

/** Throws usage Failures: `forge-token-malformed`, and `forge-insecure` for plain http to another machine. */
export function openForge(
  { kind, api, repository, tokenName }: ForgeAddress,
  token: string,
  options: Omit<RequesterOptions, 'target'> = {},
): Forge {
  const clean = token.trim();
  if (!/^[\x21-\x7e]+$/.test(clean)) {
    throw new Failure('usage', 'forge-token-malformed', `What ${tokenName} holds cannot be a token.`, {
      hint: 'It must be the token alone, without spaces and line breaks.',
    });
  }
  const { protocol, hostname } = new URL(api);
  if (protocol !== 'https:' && !/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) {
    throw new Failure('usage', 'forge-insecure', `${api} is plain http: the token would be sent readably.`, {
      hint: 'Set publish.forge.url to its https address.',
    });
  }
  const authorization = authorizationOf(kind, clean);
  const target = { name: NAMES[kind], api, authorization, token: clean, tokenName };
  return adapterOf(kind, forgeRequester({ ...options, target }), { repository, api });
}

function adapterOf(kind: ForgeKind, requester: Requester, at: Pick<ForgeAddress, 'repository' | 'api'>): Forge {
  switch (kind) {
    case 'github':
      return gitHub(requester, at.repository, at.api);
    case 'gitlab':
      return gitLab(requester, at.repository);
    case 'bitbucket':
      return bitbucket(requester, at.repository);
    case 'azure':
      return azure(requester, at.repository, at.api);
    case 'gitea':
      return gitea(requester, at.repository);
  }
}

/** Azure takes personal tokens as a password without a name; Bitbucket's API tokens belong to an e-mail address: `jo@shop.example:token`. */
function authorizationOf(kind: ForgeKind, token: string): string {
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
  if (kind === 'gitea') return `token ${token}`;
  if (kind === 'azure' && !/^eyJ[\w-]*\.[\w-]+\.[\w-]+$/.test(token)) return basic(`:${token}`);
  if (kind === 'bitbucket' && token.includes(':')) return basic(token);
  return `Bearer ${token}`;
}
