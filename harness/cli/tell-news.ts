/** Tells chats, webhooks and people what changed since the night before: once a night, and never at the night's cost. */
import { z } from 'zod';
import { notify } from '../adapters/notify/notify.ts';
import type { RunFolder } from '../adapters/run-folder/run-folder.ts';
import type { Config } from '../model/config.ts';
import type { RunRecord } from '../model/run-record.ts';
import { readCodeHost } from '../report/code-host.ts';
import { formatLetter } from '../report/letter.ts';
import { newsOf } from '../report/night-news.ts';
import { readEarlierNights } from './earlier-nights.ts';

/** `notified.json`: the targets that have this run's news, so that a run that is gone on with tells them no second time. */
const Notified = z.array(z.string());

/** Sentences for people about what could not be told. Only whole nights that may write tell anything. */
export async function tellNews(
  record: RunRecord,
  folder: RunFolder,
  { notify: targets }: Pick<Config, 'notify'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string[]> {
  if (record.command !== 'nightly' || record.dryRun || Object.keys(targets).length === 0) return [];
  const before = readEarlierNights(folder).findLast(({ command, dryRun }) => command === 'nightly' && !dryRun);
  const news = newsOf(record, before, readCodeHost(env));
  if (news === undefined) return [];
  const told = folder.has('notified.json') ? folder.read('notified.json', Notified) : [];
  return notify(news, {
    notify: targets,
    letter: formatLetter(news),
    env,
    told,
    remember: (target) => {
      told.push(target);
      folder.write('notified.json', Notified, told);
    },
  });
}
