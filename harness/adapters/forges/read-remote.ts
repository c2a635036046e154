/** A remote's address taken apart: host and path, however it is written. */

export interface RemoteAddress {
  /** Lower case, without a user; with the port where the address is http(s) and has one. */
  readonly host: string;
  /** Whether its port tells where the host's web pages are. */
  readonly isWeb: boolean;
  readonly protocol: 'http:' | 'https:';
  /** Without slashes at its ends and without `.git`. */
  readonly path: string;
}

/** `https://jo:token@host/a/b.git`, `ssh://git@host:22/a/b.git` and `git@host:a/b.git`; undefined for folders and files. */
export function readRemote(address: string): RemoteAddress | undefined {
  const scp = /^(?:[^@\s/:]+@)([\w.-]+):(?!\/\/)(.+)$/.exec(address);
  if (scp !== null) return remote({ host: scp[1] ?? '', path: scp[2] ?? '' });
  const url = URL.parse(address);
  if (url === null || !/^(?:https?|ssh|git\+ssh):$/.test(url.protocol)) return undefined;
  const isWeb = url.protocol.startsWith('http');
  return remote({
    host: isWeb ? url.host : url.hostname,
    path: decodeURIComponent(url.pathname),
    isWeb,
    protocol: url.protocol === 'http:' ? 'http:' : 'https:',
  });
}

function remote({
  host,
  path,
  isWeb = false,
  protocol = 'https:',
}: Pick<RemoteAddress, 'host' | 'path'> & Partial<RemoteAddress>): RemoteAddress {
  return { host: host.toLowerCase(), isWeb, protocol, path: path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '') };
}
