/** Sends a night's news to Slack, Teams, webhooks and by e-mail: each once per night, and none of them can fail the night. */
import type { Config } from '../../model/config.ts';
import type { NightNews } from '../../model/night-news.ts';
import { type Letter, mailServerIn, type Sent, sendMail } from './email.ts';
import { slackMessage } from './slack.ts';
import { teamsMessage } from './teams.ts';

export type NotifyTarget = keyof Config['notify'];

export interface NotifyTools {
  readonly notify: Config['notify'];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The same news as an e-mail. */
  readonly letter: Letter;
  /** Targets that have this night's news already. */
  readonly told: readonly string[];
  /** Called after each target that took the news. */
  readonly remember: (target: NotifyTarget) => void;
  /** Milliseconds that a target may take; 10,000 when left out. */
  readonly patience?: number;
}

interface Target {
  readonly target: NotifyTarget;
  /** Names the variable that holds the address. */
  readonly variable: string;
  /** What the address has to be. */
  readonly wanted: string;
  /** Undefined where the text is no such address. */
  send(text: string | undefined): Promise<Sent> | undefined;
}

/** What went wrong, one sentence per target, without the address: it is a secret. Never throws. */
export async function notify(news: NightNews, tools: NotifyTools): Promise<string[]> {
  const targets = targetsOf(news, tools);
  const troubles = await Promise.all(
    targets.map(async ({ target, variable, wanted, send }) => {
      if (tools.told.includes(target)) return undefined;
      const sending = send(tools.env[variable]);
      if (sending === undefined) return `${target} was not told: ${variable} holds no ${wanted} address.`;
      const { isTold, trouble } = await sending;
      if (isTold) tools.remember(target);
      const words = isTold ? 'was told, but' : 'was not told:';
      return trouble && `${target} ${words} the address in ${variable} ${trouble}.`;
    }),
  );
  return troubles.filter((trouble) => trouble !== undefined);
}

function targetsOf(news: NightNews, { notify: configured, letter, patience = 10_000 }: NotifyTools): Target[] {
  const { slack, teams, webhook, email } = configured;
  const hook = (target: NotifyTarget, variable: string | undefined, message: unknown): Target[] =>
    variable === undefined
      ? []
      : [
          {
            ...{ target, variable, wanted: 'https' },
            send: (text) => {
              const url = addressIn(text);
              return url && post(url, message, patience);
            },
          },
        ];
  const mail: Target[] =
    email === undefined
      ? []
      : [
          {
            ...{ target: 'email', variable: email.server, wanted: 'smtp' },
            send: (text) => {
              const server = mailServerIn(text);
              return server && sendMail(letter, server, email, patience);
            },
          },
        ];
  return [
    ...hook('slack', slack, slack && slackMessage(news)),
    ...hook('teams', teams, teams && teamsMessage(news)),
    ...hook('webhook', webhook, news),
    ...mail,
  ];
}

/** Plain http only to this machine, where a proxy may stand. */
function addressIn(text: string | undefined): URL | undefined {
  const url = text === undefined ? null : URL.parse(text.trim());
  if (url === null) return undefined;
  const isOwn = url.protocol === 'http:' && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || isOwn ? url : undefined;
}

async function post(url: URL, body: unknown, patience: number): Promise<Sent> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      // A redirect would carry the news to a place that nobody configured.
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    await answer.body?.cancel();
    return answer.ok ? { isTold: true } : { isTold: false, trouble: `answered ${answer.status}` };
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return { isTold: false, trouble: isLate ? 'does not answer in time' : 'cannot be reached' };
  }
}
