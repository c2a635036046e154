/** Sends a night's news to Slack, Teams and webhooks: each once per night, and none of them can fail the night. */
import type { Config } from '../../model/config.ts';
import type { NightNews } from '../../model/night-news.ts';
import { slackMessage } from './slack.ts';
import { teamsMessage } from './teams.ts';

export type NotifyTarget = keyof Config['notify'];

export interface NotifyTools {
  readonly notify: Config['notify'];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Targets that have this night's news already. */
  readonly told: readonly string[];
  /** Called after each target that took the news. */
  readonly remember: (target: NotifyTarget) => void;
  /** Milliseconds that a target may take; 10,000 when left out. */
  readonly patience?: number;
}

const MESSAGES: Readonly<Record<NotifyTarget, (news: NightNews) => unknown>> = {
  slack: slackMessage,
  teams: teamsMessage,
  webhook: (news) => news,
};

const TARGETS = ['slack', 'teams', 'webhook'] as const satisfies readonly NotifyTarget[];

/** What went wrong, one sentence per target, without the address: it is a secret. Never throws. */
export async function notify(news: NightNews, tools: NotifyTools): Promise<string[]> {
  const troubles = await Promise.all(
    TARGETS.map(async (target) => {
      const variable = tools.notify[target];
      if (variable === undefined || tools.told.includes(target)) return undefined;
      const url = addressIn(tools.env[variable]);
      if (url === undefined) return `${target} was not told: ${variable} holds no https address.`;
      const trouble = await post(url, MESSAGES[target](news), tools.patience ?? 10_000);
      if (trouble === undefined) tools.remember(target);
      return trouble && `${target} was not told: the address in ${variable} ${trouble}.`;
    }),
  );
  return troubles.filter((trouble) => trouble !== undefined);
}

/** Plain http only to this machine, where a proxy may stand. */
function addressIn(text: string | undefined): URL | undefined {
  const url = text === undefined ? null : URL.parse(text.trim());
  if (url === null) return undefined;
  const isOwn = url.protocol === 'http:' && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || isOwn ? url : undefined;
}

/** Undefined when it was taken. */
async function post(url: URL, body: unknown, patience: number): Promise<string | undefined> {
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
    return answer.ok ? undefined : `answered ${answer.status}`;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'does not answer in time' : 'cannot be reached';
  }
}
