/** The review's tools from flags, configuration and environment; a repository without a configuration is reviewed all the same. */
import { join, resolve } from 'node:path';
import { HOME, openRepository } from '../../adapters/git/open-repository.ts';
import { readLastGreen } from '../../assembly/read-last-green.ts';
import type { ReviewTools } from '../../review/tools.ts';
import { hasConfig, readSettings } from '../../settings.ts';
import { LOOPBACK } from '../../web/own-page.ts';
import { reviewTools } from './review-tools.ts';

export interface ReviewRequest {
  readonly cwd: string;
  readonly config?: string;
  readonly host: string;
  readonly approve?: 'merge' | 'push';
  readonly into?: string;
  readonly push?: string;
  readonly dryRun?: boolean;
}

export async function openReview(request: ReviewRequest): Promise<{ tools: ReviewTools; home: string }> {
  const { cwd, config, host, approve, into, push, dryRun = false } = request;
  const flags = { 'review.approve': approve, 'review.into': into, 'publish.push': push };
  const settings =
    config === undefined && !hasConfig(cwd)
      ? undefined
      : await readSettings({ cwd, ...(config !== undefined && { config }), flags, env: process.env });
  const repository = await openRepository(resolve(cwd), settings?.app.root);
  const { MENDWRIGHT_EDITOR, VISUAL, EDITOR } = process.env;
  const tools = reviewTools({
    repository,
    dryRun,
    approve: settings?.review.approve ?? approve ?? 'merge',
    into: settings?.review.into ?? into,
    push: settings?.publish.push ?? push ?? false,
    // Whoever reads the page from another machine does not sit in front of this one's editor.
    editor: LOOPBACK.test(host)
      ? settings?.review.editor || MENDWRIGHT_EDITOR || VISUAL || EDITOR || undefined
      : undefined,
    lastGreen: await readLastGreen(repository),
    now: () => new Date(),
  });
  return { tools, home: join(repository.top, HOME) };
}
