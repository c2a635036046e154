/** A local double of a mail server (RFC 5321): takes mails into a list, and can refuse, be silent, ask for a password or offer TLS. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';

export interface DoubleOptions {
  /** PEM. Offers STARTTLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** `name:password`; another one is refused. */
  readonly login?: string;
  /** Recipients that are refused. */
  readonly refused?: readonly string[];
  /** Greets nobody. */
  readonly isSilent?: boolean;
}

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** Header and body as they came, without the final dot. */
  readonly data: string;
}

export interface SmtpDouble {
  readonly port: number;
  readonly mails: readonly Mail[];
  /** The verbs that came, in order: `EHLO`, `STARTTLS`, `AUTH`. */
  readonly verbs: readonly string[];
}

export async function smtpDouble(options: DoubleOptions = {}): Promise<SmtpDouble> {
  const mails: Mail[] = [];
  const verbs: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    if (!options.isSilent) socket.write('220 double\r\n');
    talk(socket, { ...options, isEncrypted: false, mails, verbs });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, mails, verbs };
}

interface Talk extends DoubleOptions {
  readonly isEncrypted: boolean;
  readonly mails: Mail[];
  readonly verbs: string[];
}

function talk(socket: Socket, options: Talk): void {
  const { tls, login, refused = [], isEncrypted, mails, verbs } = options;
  let unread = '';
  let mail: { from: string; to: string[] } | undefined;
  let isData = false;
  const say = (text: string): boolean => socket.write(`${text}\r\n`);

  function command(line: string): void {
    const verb = line.split(' ')[0]?.toUpperCase() ?? '';
    verbs.push(verb);
    const path = /<(.*)>/.exec(line)?.[1] ?? '';
    if (verb === 'EHLO') {
      const offers = [...(tls && !isEncrypted ? ['STARTTLS'] : []), ...(login === undefined ? [] : ['AUTH PLAIN'])];
      return void say(['250-double', ...offers.map((offer) => `250-${offer}`), '250 HELP'].join('\r\n'));
    }
    if (verb === 'STARTTLS' && tls) {
      say('220 Go on');
      socket.removeAllListeners('data');
      const secure = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(tls) });
      secure.on('error', () => secure.destroy());
      talk(secure, { ...options, isEncrypted: true });
      return;
    }
    if (verb === 'AUTH') {
      const given = Buffer.from(line.split(' ')[2] ?? '', 'base64')
        .toString()
        .split('\0')
        .slice(1)
        .join(':');
      return void say(given === login ? '235 Come in' : `535 ${given} is not known`);
    }
    if (verb === 'MAIL') {
      mail = { from: path, to: [] };
      return void say('250 Ok');
    }
    if (verb === 'RCPT') {
      if (refused.includes(path)) return void say('550 Nobody of that name');
      mail?.to.push(path);
      return void say('250 Ok');
    }
    if (verb === 'DATA') {
      isData = true;
      return void say('354 Go on');
    }
    say(verb === 'QUIT' ? '221 Bye' : '502 Not known');
  }

  socket.on('data', (chunk: Buffer) => {
    unread += chunk.toString('latin1');
    for (;;) {
      const end = isData ? unread.indexOf('\r\n.\r\n') : unread.indexOf('\r\n');
      if (end === -1) return;
      const text = unread.slice(0, end);
      unread = unread.slice(end + (isData ? 5 : 2));
      if (!isData) command(text);
      else {
        isData = false;
        mails.push({ from: mail?.from ?? '', to: mail?.to ?? [], data: text });
        say('250 Taken');
      }
    }
  });
}
