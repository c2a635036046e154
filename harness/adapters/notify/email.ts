/** A letter by SMTP: plain text, over a connection that is encrypted wherever it leaves this machine or holds a password. */
import type { Config } from '../../model/config.ts';

type Mail = NonNullable<Config['notify']['email']>;

export interface Sent {
  /** Whether anybody has the news now. */
  readonly isTold: boolean;
  /** The end of a sentence that begins with the address: `refused the name or the password`. */
  readonly trouble?: string;
}

/** A letter without its addresses; plain text. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
}

/** `smtps://name:password@host:465`, or `smtp://…:587`, which turns to TLS before anything is told; undefined for all else. */
export function mailServerIn(text: string | undefined): URL | undefined {
  const url = text === undefined ? null : URL.parse(text.trim());
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '' ? url : undefined;
}

/** `patience`: milliseconds that the server may be silent. */
export async function sendMail(letter: Letter, server: URL, { from, to }: Mail, patience: number): Promise<Sent> {
  // It takes a while to load, and few nights have news.
  const { createTransport } = await import('nodemailer');
  const secure = server.protocol === 'smtps:';
  const host = server.hostname.replace(/^\[|\]$/g, '');
  const hasPassword = server.username !== '';
  const isOwn = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);
  const transport = createTransport({
    host,
    secure,
    port: server.port === '' ? (secure ? 465 : 587) : Number(server.port),
    requireTLS: !secure && (hasPassword || !isOwn),
    // Whatever certificate a server of this machine made for itself.
    ignoreTLS: isOwn && !hasPassword,
    ...(hasPassword && {
      auth: { user: decoded(server.username), pass: decoded(server.password) },
    }),
    ...{ connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience, dnsTimeout: patience },
  });
  try {
    const { rejected } = await transport.sendMail({
      from,
      to: [...to],
      subject: letter.subject,
      text: letter.text,
      headers: { 'Auto-Submitted': 'auto-generated' },
      ...{ disableFileAccess: true, disableUrlAccess: true },
    });
    if (rejected.length === 0) return { isTold: true };
    return { isTold: true, trouble: `refused ${rejected.length} of ${to.length} recipients` };
  } catch (error) {
    return { isTold: false, trouble: troubleOf(error) };
  } finally {
    transport.close();
  }
}

/** A password that was not encoded for an address is taken as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const UNTRUSTED = 'offers no encryption that can be trusted';
const TROUBLES: Readonly<Record<string, string>> = {
  EAUTH: 'refused the name or the password',
  EENVELOPE: 'refused the sender or the recipients',
  EMESSAGE: 'refused the message',
  ETIMEDOUT: 'does not answer in time',
  ETLS: UNTRUSTED,
};

/** By the library's codes: what a server says is a stranger's text, and may hold the password. */
function troubleOf(error: unknown): string {
  if (!(error instanceof Error)) return 'cannot be reached';
  const [code, original] = [codeOf(error, 'code'), codeOf(error, 'originalCode')];
  // Node's and OpenSSL's words for a certificate that does not hold, or for no TLS at all.
  if (/CERT|SSL|TLS|ISSUER|SIGNATURE/.test(original)) return UNTRUSTED;
  return TROUBLES[code] ?? 'cannot be reached';
}

function codeOf(error: Error, name: 'code' | 'originalCode'): string {
  const value: unknown = Object.entries(error).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : '';
}
