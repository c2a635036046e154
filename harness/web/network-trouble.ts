/** Why no answer came: a name that is unknown, nobody who listens, a certificate that nothing vouches for. */
import { Failure } from '../model/failure.ts';

/** Whoever did not answer. */
export interface Peer {
  /** `Sentry at https://sentry.io`. */
  readonly name: string;
  /** Where its address is configured: `sentry.url`. */
  readonly setting: string;
  /** What the codes of its Failures begin with: `sentry`. */
  readonly code: string;
}

interface Trouble {
  readonly code: string;
  readonly said: string;
  readonly hint: (setting: string) => string;
  /** Whether another try may end otherwise. */
  readonly passes: boolean;
}

const PROXY = 'behind a proxy: NODE_USE_ENV_PROXY=1 with HTTPS_PROXY set';

const UNTRUSTED: Trouble = {
  code: 'untrusted-certificate',
  said: 'shows a certificate that this machine does not trust',
  hint: () => 'Name the file of your certificate authority: NODE_EXTRA_CA_CERTS=/path/to/ca.pem mendwright …',
  passes: false,
};
const NO_TLS: Trouble = {
  code: 'unreachable',
  said: 'does not speak TLS',
  hint: (setting) => `Check scheme and port of ${setting}: is it http:// there?`,
  passes: false,
};
const LATE: Trouble = {
  code: 'unreachable',
  said: 'does not answer in time',
  hint: (setting) => `Check ${setting} and the network; ${PROXY}.`,
  passes: true,
};
const CUT: Trouble = {
  code: 'unreachable',
  said: 'cuts the connection',
  hint: () => 'Look at the logs of that server, or of the proxy before it, and try again.',
  passes: true,
};
const OTHER: Trouble = {
  code: 'unreachable',
  said: 'cannot be reached',
  hint: (setting) => `Check ${setting} and the network; ${PROXY}.`,
  passes: true,
};

/** Codes of Node's and undici's errors. */
const TROUBLES: Readonly<Record<string, Trouble>> = {
  ENOTFOUND: {
    ...OTHER,
    said: 'cannot be reached: its name is not known',
    hint: (setting) => `Check the spelling of ${setting}; ${PROXY}.`,
    passes: false,
  },
  ECONNREFUSED: {
    ...OTHER,
    said: 'cannot be reached: nothing listens there',
    hint: (setting) => `Check host and port of ${setting}, and that the server runs.`,
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_HAS_EXPIRED: {
    ...UNTRUSTED,
    said: 'shows a certificate that has expired',
    hint: () => 'Renew it, or set the clock.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    ...UNTRUSTED,
    said: 'shows a certificate of another name',
    hint: (setting) => `Write the name that the certificate is for into ${setting}.`,
  },
  EPROTO: NO_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  ETIMEDOUT: LATE,
  UND_ERR_CONNECT_TIMEOUT: LATE,
  UND_ERR_HEADERS_TIMEOUT: LATE,
  UND_ERR_BODY_TIMEOUT: LATE,
  TimeoutError: LATE,
  ECONNRESET: CUT,
  EPIPE: CUT,
  UND_ERR_SOCKET: CUT,
};

/** Whether it is of use to try again. */
export function mayPass(error: unknown): boolean {
  return troubleOf(error).passes;
}

export function unreachable({ name, setting, code }: Peer, error: unknown): Failure {
  const trouble = troubleOf(error);
  return new Failure('upstream', `${code}-${trouble.code}`, `${name} ${trouble.said}.`, {
    hint: trouble.hint(setting),
    cause: error,
  });
}

/** `fetch` hides the cause one or two levels down. */
function troubleOf(error: unknown): Trouble {
  let at: unknown = error;
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    const known = TROUBLES['code' in at ? String(at.code) : ''] ?? TROUBLES[at.name];
    if (known !== undefined) return known;
    at = at.cause;
  }
  return OTHER;
}
