/** News by e-mail to a local double: what it holds, and what becomes of servers that refuse, keep silent or know no TLS. */
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';
import { beforeAll, expect, test } from 'vitest';
import { notify } from '../../harness/adapters/notify/notify.ts';
import { Config } from '../../harness/model/config.ts';
import type { NightNews } from '../../harness/model/night-news.ts';
import { formatLetter } from '../../harness/report/letter.ts';
import { type DoubleOptions, smtpDouble } from './smtp-double.ts';

const NEWS: NightNews = {
  ...{ version: 1, run: '2026-11-23T02-00-00-3f2a', app: 'shop', headline: '1 proven branch mends 1 of 1 issue.' },
  at: '2026-11-23T02:00:00.000Z',
  scenarios: { total: 2, red: 1, green: 1, flaky: 0 },
  changes: [
    {
      ...{ kind: 'new-branch', text: 'SHOP-1 TypeError: branch created', branch: 'mend/shop-1-a' },
      url: 'https://git.example/mend/shop-1-a',
    },
  ],
};
const EMAIL = { server: 'MAIL', from: 'night@shop.example', to: ['ada@shop.example', 'jo@shop.example'] };
const LOGIN = 'night:p%40ss';

let trusted = { cert: '', key: '' };
let stranger = { cert: '', key: '' };
beforeAll(async () => {
  const made = async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    });
    return { cert, key };
  };
  [trusted, stranger] = [await made(), await made()];
  setDefaultCACertificates([...getCACertificates('default'), trusted.cert]);
});

async function send(address: string, news = NEWS): Promise<{ troubles: string[]; told: string[] }> {
  const told: string[] = [];
  const remember = (target: string) => told.push(target);
  const troubles = await notify(news, {
    ...{
      notify: { email: EMAIL },
      env: { MAIL: address },
      letter: formatLetter(news),
      told: [],
      remember,
      patience: 2_000,
    },
  });
  return { troubles, told };
}

/** Lines of the header, unfolded. */
function headerOf(data: string): string[] {
  return (data.split('\r\n\r\n')[0] ?? '').replace(/\r\n[ \t]+/g, ' ').split('\r\n');
}

test.each([
  ['encoded as in an address', LOGIN, 'night:p@ss'],
  ['as it is', 'night:100%', 'night:100%'],
])('sends one mail to all, encrypted before a name or password is told: %s', async (_, given, login) => {
  const double = await smtpDouble({ tls: trusted, login });

  const { troubles, told } = await send(`smtp://${given}@127.0.0.1:${double.port}`);

  expect({ troubles, told }).toEqual({ troubles: [], told: ['email'] });
  const sent = double.verbs.filter((verb) => verb !== 'QUIT');
  expect(sent).toEqual(['EHLO', 'STARTTLS', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'RCPT', 'DATA']);
  const [mail] = double.mails;
  expect(mail).toMatchObject({ from: EMAIL.from, to: EMAIL.to });
  expect(headerOf(mail?.data ?? '')).toEqual(
    expect.arrayContaining([
      'From: night@shop.example',
      'To: ada@shop.example, jo@shop.example',
      'Subject: shop: 1 proven branch mends 1 of 1 issue.',
      'Auto-Submitted: auto-generated',
      expect.stringMatching(/^Content-Type: text\/plain; charset=utf-8/),
    ]),
  );
  expect(mail?.data.split('\r\n\r\n').slice(1).join('\r\n\r\n')).toContain(
    '- SHOP-1 TypeError: branch created\r\n  mend/shop-1-a  https://git.example/mend/shop-1-a',
  );
});

test.each<[string, Partial<NightNews>]>([
  ['a line break', { app: 'shop\r\nBcc: eve@evil.example\r\n\r\nbody' }],
  ['a lone carriage return', { app: 'shop\rBcc: eve@evil.example' }],
  ['other breaks of lines', { headline: 'a\u0085Bcc: eve@evil.example\u2028Bcc: eve@evil.example\u000bBcc: x' }],
  ['an encoded word', { headline: '=?utf-8?Q?a=0D=0ABcc:_eve@evil.example?=' }],
])('strangers’ text in the subject makes no header: %s', async (_, parts) => {
  const double = await smtpDouble();

  await send(`smtp://127.0.0.1:${double.port}`, { ...NEWS, ...parts });

  const [mail] = double.mails;
  expect(mail?.to).toEqual(EMAIL.to);
  const names = headerOf(mail?.data ?? '').map((line) => line.split(':')[0]);
  expect(names.sort()).toEqual([
    'Auto-Submitted',
    'Content-Transfer-Encoding',
    'Content-Type',
    'Date',
    'From',
    'MIME-Version',
    'Message-ID',
    'Subject',
    'To',
  ]);
});

test('a text that looks like the end of a mail stays in it', async () => {
  const double = await smtpDouble();
  const text = 'x\r\n.\r\nMAIL FROM:<eve@evil.example>';

  await send(`smtp://127.0.0.1:${double.port}`, {
    ...NEWS,
    changes: [{ kind: 'new-issue', text, branch: null, url: null }],
  });

  expect(double.mails).toHaveLength(1);
  expect(double.mails[0]?.data).toContain('- x . MAIL FROM:<eve@evil.example>');
  expect(double.verbs.filter((verb) => verb === 'MAIL')).toHaveLength(1);
});

test('takes a server of this machine without a password as it is', async () => {
  const double = await smtpDouble({ tls: stranger });

  expect((await send(`smtp://127.0.0.1:${double.port}`)).told).toEqual(['email']);
  expect(double.verbs).not.toContain('STARTTLS');
});

const ALL = EMAIL.to;
test.each<[string, () => DoubleOptions, string, string, readonly string[]]>([
  ['a wrong password', () => ({ tls: trusted, login: 'night:other' }), LOGIN, 'refused the name or the password', []],
  ['a password without TLS', () => ({ login: 'night:p@ss' }), LOGIN, 'offers no encryption that can be trusted', []],
  [
    'a certificate that nobody vouches for',
    () => ({ tls: stranger, login: 'night:p@ss' }),
    LOGIN,
    'offers no encryption that can be trusted',
    [],
  ],
  ['every recipient refused', () => ({ refused: ALL }), '', 'refused the sender or the recipients', []],
  ['silence', () => ({ isSilent: true }), '', 'does not answer in time', []],
  ['one recipient refused', () => ({ refused: ALL.slice(1) }), '', 'refused 1 of 2 recipients', ['email']],
])('tells of %s, and of no secret', async (_, options, login, words, told) => {
  const double = await smtpDouble(options());

  const ended = await send(`smtp://${login === '' ? '' : `${login}@`}127.0.0.1:${double.port}`);

  const verb = told.length === 0 ? 'was not told:' : 'was told, but';
  expect(ended).toEqual({ troubles: [`email ${verb} the address in MAIL ${words}.`], told });
  expect(double.mails).toHaveLength(told.length);
  if (options().tls === undefined) expect(double.verbs).not.toContain('AUTH');
});

test('tells of a server that is not there', async () => {
  expect(await send('smtp://127.0.0.1:9')).toEqual({
    troubles: ['email was not told: the address in MAIL cannot be reached.'],
    told: [],
  });
});

test.each(['', 'mail.shop.example', 'https://mail.shop.example', 'smtp://'])(
  'takes no “%s” for a mail server',
  async (address) => {
    expect((await send(address)).troubles).toEqual(['email was not told: MAIL holds no smtp address.']);
  },
);

test.each<[string, object, string]>([
  ['an address for the name of a variable', { server: 'smtp://x' }, 'must be the name of an environment variable'],
  ['no recipient', { to: [] }, 'must name at least one recipient'],
  ['two addresses in one', { from: 'a@b.example\r\nBcc: c@d.example' }, 'must be an e-mail address'],
])('the configuration refuses %s', (_, parts, message) => {
  const config = { app: { start: 'x', sources: ['src/**'] }, notify: { email: { ...EMAIL, ...parts } } };

  expect(Config.safeParse(config).error?.issues[0]?.message).toContain(message);
});
