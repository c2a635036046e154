/** What a night has to tell people who did not ask: sent to chats and webhooks, only when something changed. */
import { z } from 'zod';

/** Also the body that a generic webhook receives. */
export const NightNews = z.strictObject({
  version: z.literal(1),
  run: z.string(),
  app: z.string(),
  /** The night in one sentence. */
  headline: z.string(),
  at: z.iso.datetime(),
  scenarios: z.strictObject({
    total: z.int().nonnegative(),
    red: z.int().nonnegative(),
    green: z.int().nonnegative(),
    flaky: z.int().nonnegative(),
  }),
  /** What is otherwise than in the night before, most important first; never empty. A stranger's text is in it. */
  changes: z
    .array(
      z.strictObject({
        kind: z.enum(['new-issue', 'new-branch', 'new-result', 'gone', 'scenarios']),
        text: z.string(),
        branch: z.string().nullable(),
        /** The branch's page on the code host, where it is known. */
        url: z.string().nullable(),
      }),
    )
    .min(1),
});
export type NightNews = z.infer<typeof NightNews>;
